"""What a file would do to the merged table, were it published: counts, and a sentence in both languages."""

import msgspec
import polars as pl

from ..definitions.model import Words
from .changes import changes
from .fate import words
from .values import Merged


class Effect(msgspec.Struct, frozen=True):
    """Rows of the municipality's part that come, change and go; held: the guard would ask a person first."""

    item: str
    municipality: str
    rows: int
    added: int
    changed: int
    removed: int
    held: bool
    reasons: tuple[str, ...]
    words: Words


def effect(before: pl.DataFrame | None, merged: Merged, municipality: str) -> Effect:
    """The difference between the municipality's part of the last release and of `merged`.

    Where the guard holds the rows, the counts are of what waits: nothing changes until a person decides.
    """
    mine = pl.col("src_municipality_code") == municipality
    new = merged.rows.filter(mine)
    old = new.head(0) if before is None else before.filter(mine)
    found = changes(old, new)["kind"].value_counts()
    counts = dict(found.iter_rows())
    reasons = tuple(
        trip.reason for trip in merged.trips if trip.holds and trip.municipality in (None, municipality)
    )
    numbers = {kind: counts.get(kind, 0) for kind in ("added", "changed", "removed")}
    key = "effect_held" if reasons else "effect" if any(numbers.values()) else "effect_none"
    said = words()[key]
    return Effect(
        item=merged.item,
        municipality=municipality,
        rows=new.height,
        held=bool(reasons),
        reasons=reasons,
        words=Words(ja=said.ja.format(**numbers), en=said.en.format(**numbers)),
        **numbers,
    )
