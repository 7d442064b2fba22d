"""Rows that stay and rows that do not, in the form in which they are published."""

from collections.abc import Sequence

import polars as pl

from .identity import OWNER
from .stack import FILE, ROW_NUMBER, with_facts
from .suggest import suggestions
from .values import DROPPED, MOVES, ROW, SRC, TEXT, InputFile

FILED = "_filed"  # day of the row's file, for the rung newer_file
STAMPS = ("row_first_seen", "row_changed")


def columns(cells: Sequence[str]) -> dict[str, type[pl.DataType]]:
    """All columns of a merged table in their order; `cells` are the item's."""
    return {**dict.fromkeys(cells, pl.String), **ROW, **SRC, **TEXT}


def conformed(rows: pl.DataFrame, cells: Sequence[str]) -> pl.DataFrame:
    """Rows of an earlier release in today's columns: new ones are blank, former ones go."""
    wanted = columns(cells)
    have = set(rows.columns)
    return rows.select(
        pl.col(name).cast(kind) if name in have else pl.lit(None, kind).alias(name)
        for name, kind in wanted.items()
    )


def assembled(kept: pl.DataFrame, carried: pl.DataFrame, files: Sequence[InputFile]) -> pl.DataFrame:
    """Kept rows with their source, and rows carried over from the last release, under each other.

    kept: with `row_id` and `reason`. carried: rows of a release, described.
    """
    stale = pl.Series("row_stale", [file.stale for file in files], dtype=pl.Boolean)
    filed = pl.Series(FILED, [file.date or file.fetched[:10] or None for file in files], dtype=pl.String)
    fresh = with_facts(kept, files).with_columns(
        stale[kept[FILE]],
        filed[kept[FILE]],
        row_reason=pl.col("reason"),
        row_duplicate_of=pl.lit(None, pl.String),
    )
    ladder = pl.col("row_duplicate_of").is_null()
    waiting = carried.with_columns(
        pl.lit(value=True).alias("row_stale"),
        pl.col("src_fetched").str.slice(0, 10).alias(FILED),
        # What linked it then is asked anew; a warning about its own file stays.
        pl.when(ladder).then("row_reason").alias("row_reason"),
        pl.lit(None, pl.String).alias("row_duplicate_of"),
    )
    return pl.concat([fresh, waiting], how="diagonal") if waiting.height else fresh


def linked(table: pl.DataFrame, links: pl.DataFrame) -> pl.DataFrame:
    """The table with the links between publishers; a link says more than a warning, so it goes first."""
    if links.is_empty():
        return table
    joined = table.join(links, on="row_id", how="left", suffix="_link", maintain_order="left")
    return joined.with_columns(
        pl.coalesce("row_reason_link", "row_reason").alias("row_reason"),
        pl.coalesce("row_duplicate_of_link", "row_duplicate_of").alias("row_duplicate_of"),
    )


def stamped(table: pl.DataFrame, last: pl.DataFrame, cells: Sequence[str], now: str) -> pl.DataFrame:
    """The finished rows, sorted; when each was first seen and last changed by comparison with `last`."""
    wanted = columns(cells)
    stamps = [pl.lit(now).alias(name) for name in STAMPS]
    table = table.with_columns(stamps).select(*wanted).cast(pl.Schema(wanted))
    if last.height:
        compared = [name for name in wanted if name not in (*MOVES, *STAMPS, "row_id")]
        then = last.select("row_id", *STAMPS, pl.struct(compared).hash().alias("_then"))
        table = table.with_columns(pl.struct(compared).hash().alias("_now"))
        table = table.join(then, on="row_id", how="left", suffix="_then", maintain_order="left")
        same = (pl.col("_now") == pl.col("_then")).fill_null(value=False)
        table = table.with_columns(
            pl.coalesce("row_first_seen_then", "row_first_seen").alias("row_first_seen"),
            pl.when(same).then("row_changed_then").otherwise("row_changed").alias("row_changed"),
        )
    return table.select(*wanted).sort("src_municipality_code", "row_id")


def dropped(
    quarantined: pl.DataFrame,
    gone: pl.DataFrame,
    waiting: pl.DataFrame,
    files: Sequence[InputFile],
    cells: Sequence[str],
    reasons: dict[str, tuple[str, str]],
) -> pl.DataFrame:
    """Every row that is not merged: DROPPED, then the columns of the table.

    quarantined: as stacked. gone: with `reason` and the `winner`'s row id. waiting: rows held by the
    guard, whose `winner` is the row that stays in their place. reasons: fate → (ja, en).
    """
    none = pl.lit(None, pl.String).alias("winner")
    quarantined = _with_faults(quarantined, files)
    advice = suggestions(quarantined["row_issues"])
    frames = [
        quarantined.join(advice, on="row_issues", how="left", maintain_order="left").with_columns(
            pl.lit("quarantined").alias("fate"), none
        ),
        gone.with_columns(pl.col("reason").alias("fate")),
        waiting.with_columns(pl.lit("held").alias("fate")),
    ]
    rows = pl.concat([with_facts(frame, files) for frame in frames], how="diagonal")
    words = pl.DataFrame(
        [(fate, *texts) for fate, texts in reasons.items()],
        schema={"fate": pl.String, "reason_ja": pl.String, "reason_en": pl.String},
        orient="row",
    )
    rows = rows.join(words, on="fate", how="left", maintain_order="left")
    wanted = {**DROPPED, **columns(cells)}
    have = set(rows.columns)
    rows = rows.with_columns(
        pl.lit(None, kind).alias(name) for name, kind in wanted.items() if name not in have
    )
    rows = rows.sort("src_municipality_code", FILE, "src_line", ROW_NUMBER, nulls_last=True)
    return rows.select(*wanted).cast(pl.Schema(wanted))


def _with_faults(rows: pl.DataFrame, files: Sequence[InputFile]) -> pl.DataFrame:
    """Rows with the file's own faults before theirs: a missing column sets rows aside that have no fault."""
    faults = pl.Series("_faults", [";".join(file.faults) or None for file in files], dtype=pl.String)
    both = pl.concat_str([pl.col("_faults"), pl.col("row_issues")], separator=";", ignore_nulls=True)
    named = pl.when(both != "").then(both).alias("row_issues")
    return rows.with_columns(faults[rows[FILE]]).with_columns(named).drop("_faults")


def counts(files: Sequence[InputFile], stacked: pl.DataFrame, kept: pl.DataFrame) -> pl.DataFrame:
    """One line a file, in order: read, merged, repaired, quarantined."""
    index = pl.DataFrame({FILE: range(len(files))}, schema={FILE: pl.Int32})
    read = stacked.group_by(FILE).agg(
        pl.len().alias("read"), (pl.col("row_verdict") == "quarantined").sum().alias("quarantined")
    )
    merged = kept.group_by(FILE).agg(
        pl.len().alias("merged"), (pl.col("row_verdict") == "repaired").sum().alias("repaired")
    )
    both = index.join(read, on=FILE, how="left").join(merged, on=FILE, how="left").sort(FILE)
    return both.select(pl.col("read", "merged", "repaired", "quarantined").fill_null(0).cast(pl.Int64))


def owners_of(files: Sequence[InputFile]) -> pl.Series:
    """Publisher of each file, in order."""
    return pl.Series(OWNER, [file.municipality for file in files], dtype=pl.String)
