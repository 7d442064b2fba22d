"""A search as it comes in, from an action or an address → Query."""

import math
from collections.abc import Mapping
from typing import Any

from ckan.plugins import toolkit as tk

from .search import MOST, RADIUS, Query, town_codes


def query(said: Mapping[str, Any]) -> Query:
    """The query. Parameters: municipality (or m), text (or q), bbox, near, columns (or cols), row, distinct,
    values, sort, limit, after. Raises ValidationError, naming the parameter that cannot be read."""
    return Query(
        municipalities=town_codes(said.get("municipality") or said.get("m")),
        text=str(said.get("text") or said.get("q") or "").strip(),
        bbox=_bbox(said.get("bbox")),
        near=_near(said.get("near")),
        columns=_list(said.get("columns") or said.get("cols")),
        row=str(said.get("row") or ""),
        distinct=tk.asbool(said.get("distinct") or False),
        published=said.get("values") == "published",
        sort=str(said.get("sort") or ""),
        limit=_limit(said.get("limit")),
        after=str(said.get("after") or ""),
    )


def _list(said: Any) -> tuple[str, ...]:
    parts = [said] if isinstance(said, str) else said or []
    return tuple(name.strip() for part in parts for name in str(part).split(",") if name.strip())


def _limit(said: Any) -> int:
    if said in (None, ""):
        return 50
    try:
        number = int(said)
    except (TypeError, ValueError):
        raise _wrong("limit", tk._("A number of rows, 0 to {}.").format(MOST)) from None
    if not 0 <= number <= MOST:
        raise _wrong("limit", tk._("A number of rows, 0 to {}.").format(MOST))
    return number


def _bbox(said: Any) -> tuple[float, float, float, float] | None:
    if not said:
        return None
    numbers = _numbers(said, "bbox", (4,))
    west, south, east, north = numbers
    if west > east or south > north:
        raise _wrong("bbox", tk._("In the order west, south, east, north, in degrees."))
    return west, south, east, north


def _near(said: Any) -> tuple[float, float, float] | None:
    if not said:
        return None
    latitude, longitude, *radius = _numbers(said, "near", (2, 3))
    metres = radius[0] if radius else RADIUS
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180 and metres > 0):
        raise _wrong("near", tk._("Latitude, longitude in degrees, and metres."))
    return latitude, longitude, metres


def _numbers(said: Any, name: str, counts: tuple[int, ...]) -> list[float]:
    parts = said.split(",") if isinstance(said, str) else said
    try:
        numbers = [float(part) for part in parts]
    except (TypeError, ValueError):
        numbers = []
    if len(numbers) not in counts or not all(map(math.isfinite, numbers)):
        raise _wrong(name, tk._("Numbers with commas between them."))
    return numbers


def _wrong(name: str, words: str) -> tk.ValidationError:
    return tk.ValidationError({name: [words]})
