"""Rows of today meet rows of the last release, one to one, and keep their ids.

Same key · same content key (name and address, name and position) · same name within 50 m · same
address. From the second step on both sides must be the only ones of their kind in the
municipality: ambiguity makes a new id, never a wrong marriage.
"""

from collections.abc import Callable

import polars as pl

from .distance import metres
from .identity import ADDRESS, ID, KEY, LATITUDE, LONGITUDE, NAME, OWNER, PERIOD, SEPARATOR, place, row_ids
from .values import Note

NEAR = 50  # metres: the same place measured again
FAR = 500  # metres: another place
REISSUED = 0.2  # share of ids that stand for other places
OLD = "_old"


def married(rows: pl.DataFrame, last: pl.DataFrame, item: str) -> tuple[pl.Series, list[Note]]:
    """The row ids of `rows`: those of their partners in `last`, new ones where there is none.

    rows, last: described and keyed; last with `row_id`. The ids are unique and in the order of `rows`.
    Notes name municipalities whose numbers were reissued.
    """
    rows = rows.with_row_index("_new")
    last = last.with_columns(place().alias("_place")).with_row_index(OLD)
    rows = rows.with_columns(place().alias("_place"))
    pairs = _by_key(rows, last)
    reissued = _reissued(pairs)
    pairs = pairs.filter(~(pl.col(OWNER).is_in(reissued.implode()) & pl.col(KEY).str.starts_with("id")))
    found = pairs.select("_new", OLD)
    steps: tuple[Callable[[pl.DataFrame, pl.DataFrame], pl.DataFrame], ...] = (
        lambda new, old: _alone(new, old, [OWNER, NAME, ADDRESS, PERIOD]),
        lambda new, old: _alone(new, old, [OWNER, NAME, "_place", PERIOD]),
        _near,
        lambda new, old: _same_number(_alone(new, old, [OWNER, ADDRESS, PERIOD]), reissued),
    )
    for step in steps:
        if found.height in (rows.height, last.height):
            break
        open_pairs = step(rows, last).join(found, on="_new", how="anti").join(found, on=OLD, how="anti")
        found = pl.concat([found, open_pairs.select("_new", OLD)])
    ids = rows.join(found, on="_new", how="left", maintain_order="left").join(
        last.select(OLD, "row_id"), on=OLD, how="left", maintain_order="left"
    )
    notes = [Note(owner, "ids_reissued") for owner in sorted(reissued)]
    return _fresh(ids, item, last["row_id"]), notes


def _by_key(rows: pl.DataFrame, last: pl.DataFrame) -> pl.DataFrame:
    return rows.join(last, on=[OWNER, KEY], suffix="_then")


def _reissued(pairs: pl.DataFrame) -> pl.Series:
    """Owners of whose numbers a fifth or more stand for other places than before."""
    apart = metres(LATITUDE, LONGITUDE, f"{LATITUDE}_then", f"{LONGITUDE}_then") > FAR
    elsewhere = pl.coalesce(apart, pl.col(ADDRESS) != pl.col(f"{ADDRESS}_then"))
    other = (pl.col(NAME) != pl.col(f"{NAME}_then")) & elsewhere
    by_id = pairs.filter(pl.col(KEY).str.starts_with("id"))
    shares = by_id.group_by(OWNER).agg(other.fill_null(value=False).mean().alias("share"))
    return shares.filter(pl.col("share") >= REISSUED)[OWNER].sort()


def _alone(rows: pl.DataFrame, last: pl.DataFrame, on: list[str]) -> pl.DataFrame:
    """Pairs that agree on the columns, where no other row of either side does."""
    filled = pl.all_horizontal(pl.col(on).is_not_null())
    new = rows.filter(filled).unique(on, keep="none")
    old = last.filter(filled).unique(on, keep="none")
    return new.join(old, on=on, suffix="_then")


def _near(rows: pl.DataFrame, last: pl.DataFrame) -> pl.DataFrame:
    """Pairs of one name within 50 m, where neither has a second such partner."""
    pairs = rows.join(last, on=[OWNER, NAME, PERIOD], suffix="_then")
    pairs = pairs.filter(metres(LATITUDE, LONGITUDE, f"{LATITUDE}_then", f"{LONGITUDE}_then") <= NEAR)
    return pairs.filter((pl.len().over("_new") == 1) & (pl.len().over(OLD) == 1))


def _same_number(pairs: pl.DataFrame, reissued: pl.Series) -> pl.DataFrame:
    """Without pairs whose numbers differ: another shop in the same building."""
    differ = pl.col(ID) != pl.col(f"{ID}_then")
    return pairs.filter(~differ.fill_null(value=False) | pl.col(OWNER).is_in(reissued.implode()))


def _fresh(rows: pl.DataFrame, item: str, taken: pl.Series) -> pl.Series:
    """Ids for rows without a partner; one that an old row had is never given to another row."""
    single = rows.filter(pl.col("row_id").is_null()).select("_new", OWNER, KEY).sort(OWNER, KEY)
    made = single.with_columns(row_ids(item, single[OWNER], single[KEY]).alias("row_id"))
    clashing = made.filter(pl.col("row_id").is_in(taken.implode()))
    if clashing.height:
        fresh = _told_apart(clashing, item, {*taken, *rows["row_id"].drop_nulls(), *made["row_id"]})
        made = pl.concat([made.join(fresh, on="_new", how="anti"), fresh])
    given = rows.select("_new", "row_id").drop_nulls()
    return pl.concat([given, made.select("_new", "row_id")]).sort("_new")["row_id"]


def _told_apart(rows: pl.DataFrame, item: str, taken: set[str]) -> pl.DataFrame:
    """The rows with ids that nobody has: their key with a number."""
    ids: list[str] = []
    for owner, key in rows.select(OWNER, KEY).iter_rows():
        number, name = 0, ""
        while not name or name in taken:
            number += 1
            name = str(row_ids(item, pl.Series([owner]), pl.Series([f"{key}{SEPARATOR}{number}"]))[0])
        taken.add(name)
        ids.append(name)
    return rows.with_columns(pl.Series("row_id", ids, dtype=pl.String))
