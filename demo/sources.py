"""The list of sources of the demonstration, as the harvester reads it."""

import yaml

from ckanext.jichitai.core.definitions.model import RuleBook

from . import ckan_api, dcat, listing
from .world import Publisher


def rows(publishers: list[Publisher], book: RuleBook, port: int) -> list[dict[str, object]]:
    """A row a source, in the grammar of sources/tokyo.yaml."""
    return [_row(publisher, book, port) for publisher in publishers]


def text(publishers: list[Publisher], book: RuleBook, port: int) -> str:
    """The rows as YAML."""
    return yaml.safe_dump(rows(publishers, book, port), allow_unicode=True, sort_keys=False, width=110)


def _row(publisher: Publisher, book: RuleBook, port: int) -> dict[str, object]:
    town = publisher.municipality
    site = f"http://127.0.0.1:{port + publisher.port}"
    row: dict[str, object] = {"id": f"{town.slug}-{publisher.manner}", "municipality": town.code}
    if publisher.manner == "portal":
        allowed = {"by": "the demonstration", "when": "2026-11-24", "note": "its own machine"}
        row |= {
            "type": "ckan",
            "url": site,
            "organization": ckan_api.organization(publisher),
            "permission": allowed,
        }
    elif publisher.manner == "ckan":
        row |= {"type": "ckan", "url": site, "rank": 2}
    elif publisher.manner == "dcat":
        row |= {"type": "dcat", "url": site + dcat.path(publisher), "rank": 2}
    else:
        row |= {"type": "open_data_list", "url": site + listing.path(publisher, book), "rank": 2}
    return row
