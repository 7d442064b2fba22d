"""The fetcher of this deployment: the one way out, with the site's contact and its own networks."""

from functools import cache
from importlib.metadata import version

from ckan.common import config

from ..net import Fetcher, Rules


@cache
def robots() -> dict[str, Rules]:
    """What is known of robots.txt, by origin; whoever has a table for it fills and reads this."""
    return {}


def fetcher() -> Fetcher:
    """A fetcher by the options `ckanext.jichitai.fetch.*` and CKAN's `ckan.download_proxy`.

    Raises ValueError where an entry of `fetch.allow` is not network:ports.
    """
    return Fetcher(
        allow=config["ckanext.jichitai.fetch.allow"],
        contact=config["ckanext.jichitai.fetch.contact"] or "",
        version=version("ckanext-jichitai"),
        site=config["ckan.site_url"],
        proxy=config.get("ckan.download_proxy") or None,
        rules=robots(),
    )
