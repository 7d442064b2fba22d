"""Options of jichitai_validation, one function each."""

from ckan.plugins import toolkit as tk


def inline_bytes() -> int:
    """Largest file that is checked while it is saved, in bytes."""
    return tk.config["ckanext.jichitai.check.inline_bytes"]


def inline_rows() -> int:
    """Most lines that are checked while a file is saved."""
    return tk.config["ckanext.jichitai.check.inline_rows"]


def inline_seconds() -> int:
    """How long a request waits for a check."""
    return tk.config["ckanext.jichitai.check.inline_seconds"]


def seconds() -> int:
    """How long a job's check may take."""
    return tk.config["ckanext.jichitai.check.seconds"]


def max_bytes() -> int:
    """Largest file that /check and jichitai_check take."""
    return tk.config["ckanext.jichitai.check.max_bytes"]


def per_minute() -> int:
    """Checks that one address may ask for within a minute; 0: no limit."""
    return tk.config["ckanext.jichitai.check.per_minute"]


def per_day() -> int:
    """Checks that one address may ask for within a day; 0: no limit."""
    return tk.config["ckanext.jichitai.check.per_day"]


def proxies() -> int:
    """How many reverse proxies write X-Forwarded-For before us."""
    return tk.config["ckanext.jichitai.check.proxies"]


def bytes_hours() -> int:
    """How long a file given to /check is kept, in hours."""
    return tk.config["ckanext.jichitai.check.bytes_hours"]


def report_days() -> int:
    """How long a report of /check is kept, in days."""
    return tk.config["ckanext.jichitai.check.report_days"]


def stale_per_minute() -> int:
    """Files a minute that `check --stale` goes through."""
    return tk.config["ckanext.jichitai.check.stale_per_minute"]
