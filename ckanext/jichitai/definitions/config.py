"""Options of jichitai_definitions, one function each."""

from ckan.plugins import toolkit as tk


def dataset_type() -> str:
    """The dataset type that carries our fields."""
    return tk.config["ckanext.jichitai.dataset_type"]


def organizations() -> dict[str, str]:
    """Municipality code → name or id of the organization that stands for it.

    Raises ValueError, naming the entry, when one is not CODE=ORGANIZATION.
    """
    mapping: dict[str, str] = {}
    for entry in tk.config["ckanext.jichitai.organizations"]:
        code, found, organization = entry.partition("=")
        if not (code and found and organization):
            raise ValueError(f"ckanext.jichitai.organizations: {entry} is not CODE=ORGANIZATION")
        mapping[code] = organization
    return mapping


def merged_organization() -> str:
    """Name of the organization that owns the merged datasets."""
    return tk.config["ckanext.jichitai.merged_organization"]


def wareki() -> bool:
    """Whether pages in Japanese write the era beside a date."""
    return tk.config["ckanext.jichitai.ui.wareki"]


def metrics() -> bool:
    """Whether /metrics answers."""
    return tk.config["ckanext.jichitai.metrics"]
