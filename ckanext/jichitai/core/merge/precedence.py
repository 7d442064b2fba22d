"""The ladder: which of two rows for the same thing stays, and why. Order matters; each rung settles what is open.

Within a publisher a rung drops the loser, except the last, which only warns. Between publishers no
rung drops anything: no municipality's row goes because another published the place too.
"""

from collections.abc import Callable

import msgspec
import polars as pl

Test = Callable[[], pl.Expr]


class Rung(msgspec.Struct, frozen=True):
    """A step of the ladder: its name (a word of schemas/issues/merge.yaml) and when it settles a pair.

    Within a publisher the expression is Boolean: the loser gives way. Between publishers it is
    1 (the first row wins), -1 (the second), 0 (open).
    """

    name: str
    test: Test


def same_file_copy() -> pl.Expr:
    """All cells equal in one file: the first line stays."""
    return pl.col("same_file") & pl.col("equal")


def staff_file() -> pl.Expr:
    """The winner's file was put here by the municipality's staff, the loser's was harvested."""
    return ~pl.col("same_file") & pl.col("staff")


def twin_file() -> pl.Expr:
    """The same row from another format or link."""
    return ~pl.col("same_file") & pl.col("equal")


def older_edition() -> pl.Expr:
    """The same row from an older file."""
    return ~pl.col("same_file")


# Pairs carry: loser, winner (positions of rows), same_file, equal, staff.
WITHIN = (
    Rung("same_file_copy", same_file_copy),
    Rung("staff_file", staff_file),
    Rung("twin_file", twin_file),
    Rung("older_edition", older_edition),
)
# Two rows of one publisher under one number, with other content: both stay, both are warned.
KEY_REPEATED = "key_repeated"


def owner() -> pl.Expr:
    """The municipality that the place lies in."""
    return _favour(pl.col("located") == pl.col("publisher"), pl.col("located_2") == pl.col("publisher_2"))


def newer_row() -> pl.Expr:
    """The later day of the row itself."""
    return _later("dated", "dated_2")


def newer_file() -> pl.Expr:
    """The later day of the file."""
    return _later("filed", "filed_2")


def fuller() -> pl.Expr:
    """More of the required and recommended columns filled."""
    return _favour(pl.col("filled") > pl.col("filled_2"), pl.col("filled_2") > pl.col("filled"))


def undecided() -> pl.Expr:
    """Nothing tells them apart: linked both ways (2)."""
    return pl.lit(2)


# Pairs carry for both rows: publisher, located, dated, filed, filled.
BETWEEN = (
    Rung("owner", owner),
    Rung("newer_row", newer_row),
    Rung("newer_file", newer_file),
    Rung("fuller", fuller),
    Rung("undecided", undecided),
)


def first_settling(ladder: tuple[Rung, ...], settled: Callable[[pl.Expr], pl.Expr]) -> pl.Expr:
    """Name of the first rung that settles the pair."""
    return pl.coalesce(pl.when(settled(rung.test())).then(pl.lit(rung.name)) for rung in ladder)


def outcome(ladder: tuple[Rung, ...]) -> pl.Expr:
    """What the first rung that settles the pair says: 1, -1 or 2."""
    answers = [rung.test() for rung in ladder]
    return pl.coalesce(pl.when(answer != 0).then(answer) for answer in answers)


def _favour(first: pl.Expr, second: pl.Expr) -> pl.Expr:
    """1 or -1 where only one of the two holds, else 0."""
    return first.fill_null(value=False).cast(pl.Int32) - second.fill_null(value=False).cast(pl.Int32)


def _later(first: str, second: str) -> pl.Expr:
    """1 or -1 for the later of two ISO days, 0 where one is not stated: not known is not older."""
    return _favour(pl.col(first) > pl.col(second), pl.col(second) > pl.col(first))
