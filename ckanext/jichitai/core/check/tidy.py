"""The tidy table: the item's columns in its order, with verdict, issues, published texts and extras a row."""

from collections.abc import Mapping, Sequence

import msgspec
import polars as pl

from ..definitions.model import Item
from .cells import Read

LINE = "src_line"


def values_of(item: Item, reads: Mapping[str, Read], line: pl.Series) -> pl.DataFrame:
    """src_line and the item's columns, String, null where the file has none."""
    series = [line.rename(LINE)]
    for column in item.columns:
        if column.name in reads:
            series.append(reads[column.name].value.rename(column.name))
        else:
            series.append(pl.Series(column.name, [None], dtype=pl.String).new_from_index(0, len(line)))
    return pl.DataFrame(series)


def verbatim(reads: Mapping[str, Read]) -> pl.DataFrame:
    """src_line, verbatim: JSON {column: published text} of changed cells, for the lines that have any."""
    parts: list[pl.DataFrame] = []
    for name, read in reads.items():
        if not read.cells.height:
            continue
        changed = read.cells.filter(pl.col("changed"))
        if changed.height:
            key = msgspec.json.encode(name).decode()
            parts.append(
                changed.select(pl.col("line").alias(LINE), (pl.lit(f"{key}:") + pl.col("json")).alias("part"))
            )
    if not parts:
        return pl.DataFrame(schema={LINE: pl.Int64, "verbatim": pl.String})
    joined = pl.concat(parts).group_by(LINE, maintain_order=True).agg(pl.col("part").str.join(","))
    return joined.select(LINE, ("{" + pl.col("part") + "}").alias("verbatim"))


def extras(frame: pl.DataFrame, labels: Mapping[str, str]) -> pl.Series:
    """JSON {label: text} of the columns `labels` (position → label), null in rows where all are blank."""
    parts: list[pl.Expr] = []
    keys: set[str] = set()
    for position, label in labels.items():
        key = label if label and label not in keys else f"{label} ({position})" if label else position
        keys.add(key)
        head = msgspec.json.encode(key).decode()
        parts.append(pl.lit(f"{head}:") + _json(frame[position]))
    if not parts:
        return pl.Series("extra", [None], dtype=pl.String).new_from_index(0, frame.height)
    joined = pl.concat_str(parts, separator=",", ignore_nulls=True)
    return frame.select(pl.when(joined != "").then("{" + joined + "}").alias("extra")).to_series()


def _json(series: pl.Series) -> pl.Expr:
    text = pl.col(series.name)
    if series.str.contains(r'["\\\x00-\x1f]').any():
        text = text.map_elements(lambda cell: msgspec.json.encode(cell).decode(), return_dtype=pl.String)
        return text
    return pl.lit('"') + text + pl.lit('"')


def rows(
    values: pl.DataFrame, findings: pl.DataFrame, lost: pl.DataFrame, texts: pl.DataFrame, extra: pl.Series
) -> pl.DataFrame:
    """The tidy table.

    values: of values_of. findings: FINDINGS of cells and rows. lost: column src_line, rows set aside.
    texts: of verbatim. extra: of extras.
    """
    if findings.height:
        codes = (
            findings.lazy()
            .filter(pl.col("line").is_not_null())
            .group_by(pl.col("line").alias(LINE))
            .agg(
                pl.col("code").unique().sort().str.join(";").alias("row_issues"),
                (pl.col("confidence") == "safe").any().fill_null(False).alias("mended"),
            )
            .collect()
        )
    else:
        codes = pl.DataFrame(schema={LINE: pl.Int64, "row_issues": pl.String, "mended": pl.Boolean})
    aside = lost.select(LINE).unique().with_columns(aside=pl.lit(True))
    table = values.with_columns(extra=extra)
    for other in (codes, aside, texts):
        table = (
            table.join(other, on=LINE, how="left", maintain_order="left")
            if other.height
            else table.with_columns(
                pl.lit(None, kind).alias(name) for name, kind in other.schema.items() if name != LINE
            )
        )
    verdict = (
        pl.when(pl.col("aside").fill_null(False))
        .then(pl.lit("quarantined"))
        .when(pl.col("mended").fill_null(False))
        .then(pl.lit("repaired"))
        .otherwise(pl.lit("valid"))
        .alias("row_verdict")
    )
    names: Sequence[str] = [name for name in values.columns if name != LINE]
    return table.with_columns(verdict).select(*names, LINE, "row_verdict", "row_issues", "verbatim", "extra")
