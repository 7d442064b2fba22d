"""What a reader asks of a live use, out of the address of the page."""

import math
from collections.abc import Mapping
from urllib.parse import urlencode

import msgspec

from .showcase_uses import LABELS, Section, Use

SHOWN, STEP = 20, 20  # places at first, and more with each step
MOST = 1000


class Asked(msgspec.Struct, frozen=True):
    """point: latitude, longitude in degrees. town: 6-digit code or slug. flags: names of what must be there.

    section: index of the section that is picked. unknown: show those too of which it is not told.
    whole: the whole list. wrong: whether a position was given that is none.
    """

    point: tuple[float, float] | None = None
    town: str = ""
    text: str = ""
    flags: tuple[str, ...] = ()
    choice: str = ""
    open: bool = False
    unknown: bool = False
    whole: bool = False
    shown: int = SHOWN
    section: int = 0
    label: str = ""
    wrong: bool = False

    def of(self, section: Section) -> tuple[str, ...]:
        """The flags that this section can answer."""
        own = {flag.name for flag in section.flags}
        chosen = section.choice and self.choice in {flag.name for flag in section.choice.of}
        return (*(name for name in self.flags if name in own), *((self.choice,) if chosen else ()))


def asked(use: Use, said: Mapping[str, str], page: str) -> Asked:
    """What is asked. page: language of the page, the label where none of the use's is asked for."""
    point, wrong = _point(said.get("lat", ""), said.get("lon", ""))
    names = [flag.name for section in use.sections for flag in section.flags]
    items = [section.item for section in use.sections]
    choices = [section.choice.name for section in use.sections if section.choice]
    label = said.get("label", "")
    return Asked(
        point=point,
        town=said.get("m", "").strip(),
        text=said.get("q", "").strip()[:100],
        flags=tuple(dict.fromkeys(name for name in names if said.get(name))),
        choice=next((said[name] for name in choices if said.get(name)), ""),
        open=bool(said.get("open")),
        unknown=bool(said.get("unknown")),
        whole=bool(said.get("whole")) and use.whole,
        shown=_shown(said.get("shown", "")),
        section=items.index(said["kind"]) if said.get("kind") in items else 0,
        label=label if label in LABELS else page,
        wrong=wrong,
    )


def address(path: str, said: Mapping[str, str], **changed: str) -> str:
    """This page with other parameters; an empty one is left out."""
    parts = {name: value for name, value in {**said, **changed}.items() if value}
    return f"{path}?{urlencode(parts)}" if parts else path


def _point(latitude: str, longitude: str) -> tuple[tuple[float, float] | None, bool]:
    if not (latitude.strip() or longitude.strip()):
        return None, False
    try:
        point = float(latitude), float(longitude)
    except ValueError:
        return None, True
    # Where somebody puts them the other way round, only one order lies on the globe.
    good = all(map(math.isfinite, point)) and abs(point[0]) <= 90 and abs(point[1]) <= 180
    return (point, False) if good else (None, True)


def _shown(said: str) -> int:
    return min(max(int(said), SHOWN), MOST) if said.isdecimal() and len(said) < 6 else SHOWN
