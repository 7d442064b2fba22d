"""Whose form a file has: flat, data-model or wide; current, former or the publisher's own."""

from collections.abc import Sequence
from typing import Literal

from .columns import Mapped
from .index import ItemIndex
from .labels import Heading
from .values import LayoutName

ENOUGH = 0.60


def layout_of(labels: Sequence[Heading], one: ItemIndex) -> LayoutName:
    """data-model if prefixed headings prevail, wide with a tail of other parts, else flat."""
    named = [heading for heading in labels if heading.folded]
    if not named:
        return "flat"
    if sum(heading.folded in one.wide for heading in named) >= 3:
        return "wide"
    prefixed = sum(heading.rest is not None for heading in named)
    return "data-model" if prefixed * 2 > len(named) else "flat"


def edition_of(
    labels: Sequence[Heading], mapped: Sequence[Mapped], one: ItemIndex
) -> Literal["current", "former", "own"]:
    """The edition whose labels explain most of the headings, at least 60 %, else own."""
    named = [heading for heading in labels if heading.folded]
    if not named:
        return "own"
    current = former = 0
    for heading in named:
        how = mapped[heading.at].how
        plain = how in ("exact", "folded", "prefix")
        current += plain
        former += plain or how == "former" or heading.folded in one.former
    if max(current, former) < ENOUGH * len(named):
        return "own"
    return "former" if former > current else "current"
