"""Latitude and longitude together: swapped, missing, coarse, many places on one point."""

from collections.abc import Mapping

import polars as pl

from ..issues import FINDINGS, Code, Issue, Place
from .cells import Read
from .found import findings

REPEATED = 5
# Rows that are looked at before all of them are.
FIRST = 100


def swapped_whole(latitude: pl.Series, longitude: pl.Series) -> bool:
    """Whether in every filled row the two stand under each other's heading: the ranges do not overlap."""
    both = pl.DataFrame({"y": latitude, "x": longitude}).drop_nulls()
    return both.height > 0 and _all_swapped(both.head(FIRST)) and _all_swapped(both)


def _all_swapped(both: pl.DataFrame) -> bool:
    numbers = both.select(pl.all().str.strip_chars().cast(pl.Float64, strict=False))
    y, x = pl.col("y"), pl.col("x")
    return bool(
        numbers.select((y.is_between(122, 154.5) & x.is_between(20, 46)).fill_null(False).all()).item()
    )


def merged_rows(
    found: pl.DataFrame, latitude: str, longitude: str, reads: Mapping[str, Read]
) -> pl.DataFrame:
    """Findings in which a row whose two cells are swapped, or both 0, is one finding and not two.

    A swapped row offers its own two cells exchanged.
    """
    pair = [latitude, longitude]
    codes = [str(Code.COORDINATES_SWAPPED), str(Code.COORDINATES_MISSING)]
    about = pl.col("column").is_in(pair) & pl.col("code").is_in(codes)
    mine = found.filter(about)
    if not mine.height:
        return found
    cells = {
        name: reads[name].cells.select("line", pl.col("raw").alias(name)) for name in pair if name in reads
    }
    rows = mine.select("line", "code").unique(maintain_order=True)
    for name in pair:
        rows = (
            rows.join(cells[name], on="line", how="left", maintain_order="left")
            if name in cells
            else rows.with_columns(pl.lit(None, pl.String).alias(name))
        )
    swapped = pl.col("code") == codes[0]
    text = pl.concat_str([pl.col(latitude), pl.col(longitude)], separator=", ", ignore_nulls=True)
    turned = pl.concat_str([pl.col(longitude), pl.col(latitude)], separator=", ", ignore_nulls=True)
    one = rows.select(
        pl.col("line"),
        pl.lit(None, pl.String).alias("position"),
        pl.lit(latitude).alias("column"),
        pl.lit(None, pl.String).alias("label"),
        pl.col("code"),
        text.alias("found"),
        pl.when(swapped).then(turned).alias("suggested"),
        pl.when(swapped).then(pl.lit("likely")).alias("confidence"),
    )
    return pl.concat([found.filter(~about.fill_null(False)), one.select(list(FINDINGS))])


def position_findings(
    table: pl.DataFrame, latitude: str, longitude: str, names: tuple[str, ...]
) -> pl.DataFrame:
    """Coarse numbers and one point under five names. table: src_line and the item's columns."""
    parts: list[pl.DataFrame] = []
    for axis in (latitude, longitude):
        if table[axis].null_count() == table.height:
            continue
        coarse = table.filter(~pl.col(axis).str.contains(r"\.[0-9]{4}"))
        if coarse.height:
            parts.append(findings(coarse, Code.COORDINATES_COARSE, {"column": axis, "found": pl.col(axis)}))
    named = [name for name in names if name in table.columns]
    if named and table.height >= REPEATED:
        repeated = _repeated(table.select(latitude, longitude, pl.col(named[0]).alias("name")))
        if repeated.height:
            rows = table.join(repeated, on=[latitude, longitude], how="semi", maintain_order="left")
            found = pl.concat_str([pl.col(latitude), pl.col(longitude)], separator=", ")
            parts.append(findings(rows, Code.COORDINATES_REPEATED, {"column": latitude, "found": found}))
    return pl.concat(parts) if parts else pl.DataFrame(schema=FINDINGS)


def _repeated(places: pl.DataFrame) -> pl.DataFrame:
    """Points under so many names. places: latitude, longitude, name."""
    pair = places.columns[:2]
    stated = places.drop_nulls()
    # One number a point, so that a million of them are told apart at once; rows of a crowd are few.
    one, other = (pl.col(axis).cast(pl.Float64, strict=False) for axis in pair)
    points = stated.select(((one * 1e6).round() * 1e9 + (other * 1e6).round()).alias("point")).to_series()
    crowds = points.value_counts(name="rows").filter(pl.col("rows") >= REPEATED)["point"]
    if not len(crowds):
        return stated.select(pair).head(0)
    crowd = stated.filter(points.is_in(crowds.implode()))
    names = crowd.group_by(pair, maintain_order=True).agg(pl.col("name").n_unique().alias("names"))
    return names.filter(pl.col("names") >= REPEATED)


def position_issues(table: pl.DataFrame, latitude: str, longitude: str, swapped: int) -> list[Issue]:
    """Faults of the whole file: all swapped (put right), none filled."""
    issues: list[Issue] = []
    place = Place(column=latitude)
    if swapped:
        issues.append(Issue(Code.COORDINATES_SWAPPED, place, None, None, "safe", swapped, every_row=True))
    blank = table.height and table[latitude].null_count() == table[longitude].null_count() == table.height
    if blank:
        issues.append(Issue(Code.COORDINATES_MISSING, place, count=table.height, every_row=True))
    return issues
