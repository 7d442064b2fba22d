"""Which municipality a point lies in, what it publishes, and how many names are there in English."""

from functools import cache
from typing import Any

import msgspec
import numpy as np
from ckan.plugins import toolkit

from ckanext.jichitai.bridge.rulebook import book
from ckanext.jichitai.core.definitions.model import Municipality
from ckanext.jichitai.core.rules import Outlines, load_outlines

from . import showcase_places as places
from .showcase_asked import MOST, Asked
from .showcase_uses import Section, Use

_shares: dict[tuple[str, int | None], tuple[int, int]] = {}


class Absent(msgspec.Struct, frozen=True):
    """A town without usable rows of an item. registered: whether it publishes something all the same."""

    town: Municipality
    section: Section
    registered: bool


class Share(msgspec.Struct, frozen=True):
    """How many rows of an item's table have an English name."""

    section: Section
    english: int
    rows: int


def towns() -> list[Municipality]:
    """Municipalities that a reader can choose: those of the matrix."""
    return [town for town in book().municipalities.values() if town.matrix]


def asked_towns(asked: Asked) -> list[Municipality]:
    """The town that is asked for, else those in which the point lies: two at most, near a boundary."""
    if asked.town:
        return [town for town in towns() if asked.town in (town.code, town.slug)]
    if not asked.point:
        return []
    latitude, longitude = (np.array([number]) for number in asked.point)
    shapes = _outlines()
    return [
        town
        for town in towns()
        if town.code in shapes and bool(shapes.holds(town.code, longitude, latitude)[0])
    ][:2]


def absent(use: Use, some: list[Municipality]) -> list[Absent]:
    """Which of the towns publish nothing usable of which items. "Not here" is not "does not exist"."""
    found = []
    for town in some:
        asked = {"municipality": town.code}
        cells = toolkit.get_action("jichitai_coverage_show")({}, asked)["cells"]
        by_item = {cell["item"]: cell for cell in cells}
        for section in use.sections:
            cell = by_item.get(section.item) or {}
            if not cell.get("rows"):
                found.append(Absent(town, section, bool(cell.get("datasets"))))
    return found


def publishers(item: str) -> list[tuple[Municipality, int]]:
    """Towns that have rows of an item, and how many."""
    cells = toolkit.get_action("jichitai_coverage_show")({}, {"item": item})["cells"]
    rows = {cell["municipality"]: cell["rows"] or 0 for cell in cells}
    return [(town, rows[town.code]) for town in towns() if rows.get(town.code)]


def shares(use: Use) -> list[Share]:
    """English names of each section, counted once a release."""
    tables = {table["item"]: table for table in toolkit.get_action("jichitai_merged_list")({}, {})}
    return [Share(section, *_share(section.item, tables.get(section.item) or {})) for section in use.sections]


def _share(item: str, table: dict[str, Any]) -> tuple[int, int]:
    key = item, table.get("cursor")
    if key not in _shares:
        known = places.columns(toolkit.get_action("jichitai_item_show")({}, {"id": item}))
        column = known.get(places.ENGLISH)
        english, rows, after = 0, 0, None
        while column and table.get("rows"):
            query = {"item": item, "columns": [column.name], "limit": MOST, "after": after}
            page = toolkit.get_action("jichitai_merged_search")({}, query)
            english += sum(bool(row[column.name]) for row in page["rows"])
            rows += len(page["rows"])
            if not (after := page["next"]):
                break
        for old in [old for old in _shares if old[0] == item]:
            del _shares[old]
        _shares[key] = english, rows
    return _shares[key]


@cache
def _outlines() -> Outlines:
    return load_outlines()
