"""Facet fields of the search index; `vocab_*` is a multi-valued string on CKAN's stock schema too."""

from typing import Any

import msgspec

from ckanext.jichitai.bridge import rulebook

ITEM = "vocab_jichitai_item"
AREA = "vocab_jichitai_area"


def add_facets(pkg_dict: dict[str, Any]) -> dict[str, Any]:
    """The document with the dataset's items (its own and those of its files) and its publisher's area."""
    shown = msgspec.json.decode(pkg_dict["validated_data_dict"])
    items = {shown.get("item"), *(file.get("item") for file in shown.get("resources", []))} - {None, ""}
    if items:
        pkg_dict[ITEM] = sorted(items)
    if town := rulebook.municipality_of(shown.get("owner_org")):
        pkg_dict[AREA] = [town.area]
    return pkg_dict
