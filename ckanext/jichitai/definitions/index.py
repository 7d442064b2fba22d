"""Facet fields of the search index; `vocab_*` is a multi-valued string on CKAN's stock schema too."""

from typing import Any

import msgspec
from ckan.plugins import toolkit as tk

from ckanext.jichitai.bridge import rulebook

ITEM = "vocab_jichitai_item"
AREA = "vocab_jichitai_area"


def add_facets(pkg_dict: dict[str, Any]) -> dict[str, Any]:
    """The document with the dataset's items (its own and those of its files) and its publisher's area."""
    shown = msgspec.json.decode(pkg_dict["validated_data_dict"])
    items = {shown.get("item"), *(file.get("item") for file in shown.get("resources", []))} - {None, ""}
    if items:
        # Another plugin may have added what it recognised in the files.
        pkg_dict[ITEM] = sorted(items | set(pkg_dict.get(ITEM, [])))
    if town := rulebook.municipality_of(shown.get("owner_org")):
        pkg_dict[AREA] = [town.area]
    return pkg_dict


def facet_words(search_results: dict[str, Any]) -> dict[str, Any]:
    """Search results whose facets by item and area read in words."""
    facets = search_results.get("search_facets", {})
    for entry in facets.get(ITEM, {}).get("items", []):
        entry["display_name"] = tk.h.jichitai_item_title(entry["name"])
    for entry in facets.get(AREA, {}).get("items", []):
        entry["display_name"] = tk.h.jichitai_area_title(entry["name"])
    return search_results
