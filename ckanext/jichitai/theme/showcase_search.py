"""Places of a merged table that fit what is asked, all through the actions of the other plugins."""

import datetime as dt
from typing import Any

import msgspec
from ckan.plugins import toolkit

from ckanext.jichitai.bridge.rulebook import TOKYO

from . import showcase_places as places
from .showcase_asked import MOST, Asked
from .showcase_places import Place
from .showcase_uses import Section

RADII = (1_000, 3_000, 10_000, 50_000)  # metres, tried one after another until ENOUGH are found
ENOUGH = 10
PAGES = 5  # of MOST rows: no municipality has more places of an item


class Found(msgspec.Struct, frozen=True):
    """yes: places that have all that is asked for. unknown: those of which it is not told, as many as are shown.

    count, unsure: how many of each there are. radius: metres within which they lie, None without a point.
    chosen: whether a place, town or word was given; otherwise nothing is looked for.
    """

    section: Section
    chosen: bool = False
    yes: list[Place] = []
    unknown: list[Place] = []
    count: int = 0
    unsure: int = 0
    radius: int | None = None
    more: int = 0


def here_and_now() -> dt.datetime:
    """This moment where the places are."""
    return dt.datetime.now(TOKYO)


def find(section: Section, asked: Asked, moment: dt.datetime) -> Found:
    """The places of a section. Raises ValidationError for a town that this site does not know."""
    if not (asked.point or asked.town or asked.text):
        return Found(section)
    known = places.columns(toolkit.get_action("jichitai_item_show")({}, {"id": section.item}))
    names, open_now = asked.of(section), asked.open and section.open
    query = {"municipality": asked.town, "text": asked.text, "columns": places.wanted(section, known)}
    yes: list[Place] = []
    unknown: list[Place] = []
    radius = None
    for radius in RADII if asked.point else (None,):
        near = {"near": [*asked.point, radius]} if asked.point else {}
        rows = _rows(section.item, {**query, **near})
        some = [places.place(row, section, known, moment) for row in rows]
        answers = [(one, places.fits(one, names, open_now)) for one in some]
        yes = [one for one, answer in answers if answer == "yes"]
        unknown = [one for one, answer in answers if answer == "unknown"]
        if len(yes) >= ENOUGH:
            break
    if not asked.point:
        yes.sort(key=_order)
        unknown.sort(key=_order)
    shown = MOST if asked.whole else asked.shown
    return Found(
        section,
        chosen=True,
        yes=yes[:shown],
        unknown=unknown[:shown] if asked.unknown else [],
        count=len(yes),
        unsure=len(unknown),
        radius=radius,
        more=max(0, max(len(yes), len(unknown) if asked.unknown else 0) - shown),
    )


def _rows(item: str, query: dict[str, Any]) -> list[dict[str, Any]]:
    """All rows that fit, a page after another."""
    search = toolkit.get_action("jichitai_merged_search")
    rows: list[dict[str, Any]] = []
    after = None
    for _ in range(PAGES):
        page = search({}, {"item": item, "distinct": True, "limit": MOST, "after": after, **query})
        rows += page["rows"]
        if not (after := page["next"]):
            break
    return rows


def _order(one: Place) -> tuple[str, str]:
    """By town, then as a Japanese list is sorted: by reading."""
    return one.town_code, one.kana or one.name
