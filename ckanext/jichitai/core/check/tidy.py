"""The tidy table: the item's columns in its order, with verdict, issues, published texts and extras a row."""

from collections.abc import Mapping, Sequence

import msgspec
import polars as pl

from ..definitions.model import Item
from . import by_row
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
    lines = values[LINE].to_numpy()
    issues, mended = by_row.issues(lines, findings)
    aside = by_row.hit(lines, lost[LINE])
    verdict = (
        pl.when(pl.Series(aside))
        .then(pl.lit("quarantined"))
        .when(pl.Series(mended))
        .then(pl.lit("repaired"))
        .otherwise(pl.lit("valid"))
        .alias("row_verdict")
    )
    published = by_row.texts(lines, texts[LINE], texts["verbatim"])
    table = values.with_columns(
        verdict, issues.alias("row_issues"), published.alias("verbatim"), extra.alias("extra")
    )
    names: Sequence[str] = [name for name in values.columns if name != LINE]
    return table.select(*names, LINE, "row_verdict", "row_issues", "verbatim", "extra")
