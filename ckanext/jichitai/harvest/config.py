"""Options of jichitai_harvest, one function each."""

from ckan.plugins import toolkit as tk


def sources() -> str:
    """Name of a packaged list of sources, or the path of a file."""
    return tk.config["ckanext.jichitai.harvest.sources"]


def hosts() -> int:
    """How many servers are asked at once."""
    return tk.config["ckanext.jichitai.harvest.hosts"]


def listing_seconds() -> int:
    """Longest time for one source's listing."""
    return 60 * tk.config["ckanext.jichitai.harvest.listing_minutes"]


def part() -> int:
    """Datasets in one transaction of a very large source."""
    return tk.config["ckanext.jichitai.harvest.part"]


def files_per_item() -> int:
    """Most files of one municipality fetched for one item."""
    return tk.config["ckanext.jichitai.harvest.files_per_item"]


def admins_approve() -> bool:
    """Whether an organization's admins decide about held plans of their own sources."""
    return tk.config["ckanext.jichitai.harvest.admins_approve"]


def dataset_type() -> str:
    """The dataset type that carries our fields; declared by jichitai_definitions."""
    return tk.config["ckanext.jichitai.dataset_type"]
