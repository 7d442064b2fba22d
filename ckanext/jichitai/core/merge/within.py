"""One publisher's rows for the same thing: pairs for the ladder, and what they come to."""

from collections.abc import Sequence

import polars as pl

from .editions import SHARED, Standing, related, shared
from .identity import CONTENT, ID, OWNER, PERIOD
from .precedence import KEY_REPEATED, WITHIN, first_settling
from .stack import FILE, ROW_NUMBER
from .values import InputFile, Note

PAIRS = {
    "loser": pl.UInt32,
    "winner": pl.UInt32,
    "same_file": pl.Boolean,
    "equal": pl.Boolean,
    "staff": pl.Boolean,
}


def settle(
    rows: pl.DataFrame, files: Sequence[InputFile], cells: Sequence[str]
) -> tuple[pl.DataFrame, dict[int, Standing], list[Note]]:
    """Which rows give way within their publisher.

    rows: described, with `_owner`; cells: what makes two rows of a file equal.
    Returns one line a row that gives way: `_row`, `reason` (a rung's name), `winner` (`_row`; null
    where the newer file no longer has the row); then the standing of files, and notes.
    """
    copies = _copies(rows, cells)
    left = rows.join(copies, left_on=ROW_NUMBER, right_on="loser", how="anti")
    many = left.filter(pl.col(FILE).n_unique().over(OWNER) > 1)
    standings: dict[int, Standing] = {}
    notes: list[Note] = []
    pairs = copies
    if many.height:
        same = shared(many)
        standings, notes = related(many, same, files)
        pairs = pl.concat([copies, _across(many, same, standings, files)])
    return _judged(pairs), standings, notes


def repeated_ids(rows: pl.DataFrame) -> pl.DataFrame:
    """`_row` and `reason` of rows that share their number with another row of the same file."""
    twice = pl.col(ID).is_not_null() & (pl.len().over(OWNER, FILE, ID, PERIOD) > 1)
    return rows.filter(twice).select(ROW_NUMBER, pl.lit(KEY_REPEATED).alias("reason"))


def _copies(rows: pl.DataFrame, cells: Sequence[str]) -> pl.DataFrame:
    """Rows whose cells all stand in an earlier line of their file."""
    suspects = rows.filter(pl.struct(FILE, CONTENT).is_duplicated())
    first = pl.col(ROW_NUMBER).sort_by("src_line").first().over([FILE, *cells])
    pairs = suspects.select(
        pl.col(ROW_NUMBER).alias("loser"), first.alias("winner"), same_file=True, equal=True, staff=False
    )
    return pairs.filter(pl.col("loser") != pl.col("winner")).cast(pl.Schema(PAIRS))


def _across(
    rows: pl.DataFrame, same: pl.DataFrame, standings: dict[int, Standing], files: Sequence[InputFile]
) -> pl.DataFrame:
    """Each row of a file that gave way, or that a better file has too, with its best counterpart."""
    table = _standings(standings, files)
    known = same.join(table, on=FILE)
    winners = known.filter(~pl.col("_gone")).select(
        OWNER,
        SHARED,
        pl.col(ROW_NUMBER).alias("winner"),
        pl.col("_order").alias("_better"),
        pl.col(FILE).alias("_in"),
        pl.col("_staff").alias("_theirs"),
    )
    met = known.join(winners, on=[OWNER, SHARED]).filter(
        pl.when("_gone").then(pl.col("_in") == pl.col("_to")).otherwise(pl.col("_better") < pl.col("_order"))
    )
    content = rows.select(ROW_NUMBER, CONTENT)
    met = met.join(content, on=ROW_NUMBER).join(
        content, left_on="winner", right_on=ROW_NUMBER, suffix="_winner"
    )
    best = (
        met.with_columns((pl.col(CONTENT) == pl.col(f"{CONTENT}_winner")).alias("equal"))
        .sort("_better", "equal", "winner", descending=[False, True, False])
        .unique(ROW_NUMBER, keep="first", maintain_order=True)
        .select(
            pl.col(ROW_NUMBER).alias("loser"),
            "winner",
            pl.lit(value=False).alias("same_file"),
            "equal",
            (pl.col("_theirs") & ~pl.col("_staff")).alias("staff"),
        )
    )
    gone = rows.join(table.filter("_gone"), on=FILE).select(
        pl.col(ROW_NUMBER).alias("loser"),
        pl.lit(None, pl.UInt32).alias("winner"),
        pl.lit(value=False).alias("same_file"),
        pl.lit(value=False).alias("equal"),
        pl.col("_overruled").alias("staff"),
    )
    orphans = gone.join(best, on="loser", how="anti")
    return pl.concat([best.cast(pl.Schema(PAIRS)), orphans.cast(pl.Schema(PAIRS))])


def _standings(standings: dict[int, Standing], files: Sequence[InputFile]) -> pl.DataFrame:
    """One line a file: to which file it gave way (itself: to none), its order, whether staff are behind it."""
    roots = {number: _root(number, standings) for number in standings}
    columns = {
        FILE: list(roots),
        "_to": list(roots.values()),
        "_order": [standings[root].order for root in roots.values()],
        "_gone": [number != root for number, root in roots.items()],
        "_staff": [files[number].staff for number in roots],
        "_overruled": [files[root].staff and not files[number].staff for number, root in roots.items()],
    }
    kinds = {FILE: pl.Int32, "_to": pl.Int32, "_order": pl.Int64}
    return pl.DataFrame(columns, schema_overrides=kinds)


def _judged(pairs: pl.DataFrame) -> pl.DataFrame:
    """The pairs on the ladder: `_row`, `reason`, `winner`; a winner that gave way itself is followed up."""
    judged = pairs.select(
        pl.col("loser").alias(ROW_NUMBER), first_settling(WITHIN, lambda test: test).alias("reason"), "winner"
    )
    ends = dict(judged.select(ROW_NUMBER, "winner").iter_rows())
    followed = [_end(winner, ends) for winner in judged["winner"]]
    return judged.with_columns(pl.Series("winner", followed, dtype=pl.UInt32)).sort(ROW_NUMBER)


def _end(row: int | None, ends: dict[int, int | None]) -> int | None:
    while row is not None and row in ends:
        row = ends[row]
    return row


def _root(number: int, standings: dict[int, Standing]) -> int:
    while (to := standings[number].to) is not None:
        number = to
    return number
