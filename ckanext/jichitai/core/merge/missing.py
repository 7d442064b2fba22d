"""How much of a merged table is blank: by column and municipality, and for a municipality as a whole."""

from collections.abc import Mapping

import msgspec
import polars as pl

from ..definitions.model import Item
from .roles import roles

# need: required, recommended or optional. missing: share 0–1 of the municipality's rows without a value.
# why: no_column where the municipality's files have none such, blank where cells are empty, null where none is.
MISSING: dict[str, type[pl.DataType]] = {
    "column": pl.String,
    "term": pl.String,
    "need": pl.String,
    "municipality_code": pl.String,
    "municipality": pl.String,
    "rows": pl.Int64,
    "missing": pl.Float64,
    "why": pl.String,
}


class Share(msgspec.Struct, frozen=True):
    """One municipality's part of a merged table.

    missing: share (0–1) of blank cells in required and recommended columns, None without such columns.
    stale: rows that are the last good ones. changed: when one of its rows last changed.
    """

    municipality: str
    name: str
    rows: int
    missing: float | None
    stale: int
    changed: str | None


def missing(item: Item, rows: pl.DataFrame, have: Mapping[str, frozenset[str]]) -> pl.DataFrame:
    """MISSING of a merged table, in order of columns, then municipalities.

    have: municipality → columns that its files have; where it is not known, a column that is blank
    in all rows counts as blank.
    """
    names = [column.name for column in item.columns]
    if rows.is_empty():
        return pl.DataFrame(schema=MISSING)
    by = ["src_municipality_code", "src_municipality"]
    shares = rows.group_by("src_municipality_code").agg(
        pl.col("src_municipality").first(),
        pl.len().alias("rows"),
        *(pl.col(name).null_count() for name in names),
    )
    long = shares.unpivot(names, index=[*by, "rows"], variable_name="column", value_name="blank")
    facts = pl.DataFrame(
        [(place, column.name, column.term, column.need.level) for place, column in enumerate(item.columns)],
        schema={"_place": pl.Int64, "column": pl.String, "term": pl.String, "need": pl.String},
        orient="row",
    )
    absent = [(code, name) for code, columns in have.items() for name in names if name not in columns]
    none = pl.DataFrame(
        absent, schema={"src_municipality_code": pl.String, "column": pl.String}, orient="row"
    )
    long = long.join(facts, on="column").join(
        none.with_columns(pl.lit("no_column").alias("why")),
        on=["src_municipality_code", "column"],
        how="left",
    )
    blank = pl.when(pl.col("blank") > 0).then(pl.coalesce("why", pl.lit("blank")))
    return (
        long.with_columns((pl.col("blank") / pl.col("rows")).alias("missing"), blank.alias("why"))
        .sort("_place", "src_municipality_code")
        .rename({"src_municipality_code": "municipality_code", "src_municipality": "municipality"})
        .select(*MISSING)
        .cast(pl.Schema(MISSING))
    )


def shares(item: Item, rows: pl.DataFrame) -> list[Share]:
    """Each municipality's part of the table, by code."""
    wanted = roles(item).wanted
    blank = pl.mean_horizontal(pl.col(wanted).is_null()) if wanted else pl.lit(None, pl.Float64)
    parts = rows.group_by("src_municipality_code").agg(
        pl.col("src_municipality").first(),
        pl.len(),
        blank.mean().alias("missing"),
        pl.col("row_stale").sum().cast(pl.Int64),
        pl.col("row_changed").max(),
    )
    return [Share(*line) for line in parts.sort("src_municipality_code").iter_rows()]
