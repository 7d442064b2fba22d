"""Helpers of the merge's templates."""

from typing import Any

import msgspec
from ckan.plugins import toolkit as tk

from ckanext.jichitai.bridge.rulebook import book
from ckanext.jichitai.core.merge.fate import words

from . import packages

__all__ = [
    "jichitai_address",
    "jichitai_json",
    "jichitai_kind",
    "jichitai_matrix",
    "jichitai_merge_words",
    "jichitai_merged_item",
    "jichitai_need",
    "jichitai_percent",
    "jichitai_type",
]


def jichitai_matrix() -> dict[str, Any]:
    """The whole matrix, for a page of another plugin."""
    from .views.matrix import snippet

    return snippet()


def jichitai_merged_item(dataset: dict[str, Any]) -> Any:
    """The item whose merged table this dataset is; None for every other dataset."""
    item = book().items.get(dataset.get("item") or "")
    return item if item and dataset["name"] == packages.name_of(item.id) else None


def jichitai_percent(share: float | None) -> str:
    """A share (0–1) in percent; a dash where it is not known."""
    return "–" if share is None else f"{share * 100:.0f}%"


def jichitai_merge_words(name: str | None) -> str:
    """A fate or reason in words of the page's language."""
    known = words().get(name or "")
    return tk.h.jichitai_text(known) if known else (name or "")


def jichitai_address(item: str, kind: str) -> str:
    """Where a file of a merged table always is."""
    return packages.address(item, kind)


def jichitai_json(text: str | None) -> dict[str, Any]:
    """A cell that holds JSON; empty where it is blank."""
    return msgspec.json.decode(text) if text else {}


def jichitai_kind(kind: str) -> str:
    """A kind of change in words."""
    names = {
        "added": tk._("added"),
        "changed": tk._("changed"),
        "removed": tk._("removed"),
        "restored": tk._("restored"),
        "file": tk._("file renewed"),
        "created": tk._("dataset created"),
        "updated": tk._("dataset updated"),
        "withdrawn": tk._("dataset withdrawn"),
    }
    return names.get(kind, kind)


def jichitai_need(level: str) -> str:
    """How much a column is wanted, in words."""
    names = {"required": tk._("required"), "recommended": tk._("recommended"), "optional": tk._("optional")}
    return names.get(level, level)


def jichitai_type(name: str) -> str:
    """A column's type in words."""
    names = {
        "text": tk._("text"),
        "id": tk._("identifier"),
        "kana": tk._("kana"),
        "integer": tk._("whole number"),
        "decimal": tk._("number"),
        "date": tk._("date"),
        "time": tk._("time of day"),
        "weekdays": tk._("weekdays"),
        "recurring": tk._("recurring days"),
        "latitude": tk._("latitude"),
        "longitude": tk._("longitude"),
        "postcode": tk._("postcode"),
        "phone": tk._("telephone number"),
        "email": tk._("mail address"),
        "url": tk._("web address"),
        "choice": tk._("one of a list"),
        "yes_no": tk._("yes or no"),
        "licence": tk._("licence"),
        "area_code": tk._("area code"),
        "town_id": tk._("town ID"),
        "corporate_number": tk._("corporate number"),
        "school_code": tk._("school code"),
        "money": tk._("amount of money"),
        "age": tk._("age"),
        "language": tk._("language"),
    }
    return names.get(name, name)
