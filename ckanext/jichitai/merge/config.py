"""Options of jichitai_merge, one function each."""

from ckan.plugins import toolkit as tk


def check_seconds() -> int:
    """Longest time for reading one file that has no report yet."""
    return tk.config["ckanext.jichitai.merge.check_seconds"]


def exclude() -> frozenset[str]:
    """Resources and datasets (ids) that an operator leaves out."""
    return frozenset(tk.config["ckanext.jichitai.merge.exclude"])


def keep_days() -> int:
    """Days for which releases are kept in the history."""
    return tk.config["ckanext.jichitai.merge.keep_days"]


def automatic() -> bool:
    """Whether items are merged in the background."""
    return tk.config["ckanext.jichitai.merge.automatic"]


def merged_organization() -> str:
    """Name of the organization that owns the merged datasets; declared by jichitai_definitions."""
    return tk.config["ckanext.jichitai.merged_organization"]


def dataset_type() -> str:
    """The dataset type that carries our fields; declared by jichitai_definitions."""
    return tk.config["ckanext.jichitai.dataset_type"]
