"""Options of the theme, one function each."""

from ckan.plugins import toolkit

PREFIX = "ckanext.jichitai.theme."


def frame() -> bool:
    """Whether header and footer are ours."""
    return toolkit.config[f"{PREFIX}frame"]


def home() -> bool:
    """Whether the home page is ours."""
    return toolkit.config[f"{PREFIX}home"]


def about() -> bool:
    """Whether the about page is ours."""
    return toolkit.config[f"{PREFIX}about"]


def showcase() -> bool:
    """Whether /showcase is ours: not where ckanext-showcase answers there."""
    return toolkit.config[f"{PREFIX}showcase"] and "showcase" not in toolkit.config["ckan.plugins"]


def robots() -> bool:
    """Whether robots.txt is ours."""
    return toolkit.config[f"{PREFIX}robots"]


def sitemap() -> bool:
    """Whether /sitemap.xml is served."""
    return toolkit.config[f"{PREFIX}sitemap"]


def script_diet() -> bool:
    """Whether anonymous reading pages go without CKAN's scripts and token."""
    return toolkit.config[f"{PREFIX}script_diet"]
