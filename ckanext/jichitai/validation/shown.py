"""What the newest report says, on datasets as they are shown, found and indexed; stored in none of them."""

from typing import Any

import msgspec
from ckan.plugins import toolkit as tk

from . import reports

VERDICT = "vocab_jichitai_verdict"
ITEM = "vocab_jichitai_item"
FIELDS = ("verdict", "sha256", "checked")


def fill(datasets: list[dict[str, Any]]) -> None:
    """Give each resource verdict, sha256 and checked; one question to the database for all datasets.

    A resource whose bytes we never saw has none of the three.
    """
    resources = [resource for dataset in datasets for resource in dataset.get("resources") or []]
    known = reports.latest(resource["id"] for resource in resources if resource.get("id"))
    for resource in resources:
        for field in FIELDS:
            resource.pop(field, None)
        if found := known.get(resource.get("id", "")):
            resource["verdict"] = found["verdict"]
            resource["sha256"] = found["sha256"]
            if found.get("at"):
                resource["checked"] = found["at"].isoformat()


def add_facets(pkg_dict: dict[str, Any]) -> dict[str, Any]:
    """The index document with verdicts, and the items that checks recognised; none for `other`."""
    shown = msgspec.json.decode(pkg_dict["validated_data_dict"])
    known = reports.latest(resource["id"] for resource in shown.get("resources", []))
    verdicts = {found["verdict"] for found in known.values()} - {"other"}
    items = {found.get("item") for found in known.values()} - {None}
    if verdicts:
        pkg_dict[VERDICT] = sorted(verdicts)
    if items:
        pkg_dict[ITEM] = sorted(items | set(pkg_dict.get(ITEM, [])))
    return pkg_dict


def facet_words(search_results: dict[str, Any]) -> dict[str, Any]:
    """Search results whose verdict facet reads in words."""
    facet = search_results.get("search_facets", {}).get(VERDICT, {})
    for entry in facet.get("items", []):
        entry["display_name"] = tk.h.jichitai_state(entry["name"])["word"]
    return search_results
