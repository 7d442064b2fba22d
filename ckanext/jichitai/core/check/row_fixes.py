"""Fixes that were accepted for one row alone: the same text may be right in another one."""

from collections.abc import Mapping

import msgspec
import polars as pl

from ..definitions.model import Item
from ..issues import Code
from .cells import READ, Read
from .values import Fix, Told


def with_row_fixes(
    reads: dict[str, Read], raw: Mapping[str, pl.Series], item: Item, told: Told
) -> dict[str, Read]:
    """The columns with the fixes of single rows put in. raw: published texts by column."""
    fixes = [
        fix for fix in told.fixes if fix.row is not None and fix.found is not None and fix.column in reads
    ]
    if not fixes:
        return reads
    names = row_names(reads, item)
    return reads | {
        name: _fixed(reads[name], raw[name], names, [fix for fix in fixes if fix.column == name])
        for name in {fix.column for fix in fixes}
    }


def row_names(reads: Mapping[str, Read], item: Item) -> pl.Series:
    """What a row is called in a fix: its ID, else its identity columns joined by a blank."""
    ids = [name for name in item.key if name in reads and item.column(name).type == "id"]
    identity = [name for name in item.identity if name in reads]
    values = pl.DataFrame([reads[name].value.alias(name) for name in dict.fromkeys((*ids, *identity))])
    joined = (
        pl.concat_str(identity, separator=" ", ignore_nulls=True) if identity else pl.lit(None, pl.String)
    )
    return values.select(pl.coalesce(*(pl.col(name) for name in ids), joined).alias("row")).to_series()


def _fixed(read: Read, text: pl.Series, names: pl.Series, fixes: list[Fix]) -> Read:
    value, cells = read.value, read.cells
    for fix in fixes:
        hit = (text == fix.found) & (names == fix.row)
        if not hit.fill_null(False).any():
            continue
        frame = pl.DataFrame({"line": read.line, "hit": hit.fill_null(False), "value": value})
        lines = frame.filter("hit")["line"]
        value = frame.select(
            pl.when("hit").then(pl.lit(fix.value)).otherwise("value").alias(value.name)
        ).to_series()
        code = fix.code or str(Code.VALUE_FORM)
        found = msgspec.json.encode(fix.found).decode()
        one = (fix.found, fix.value, code, fix.value, "safe", found, True)
        lined = pl.DataFrame(
            [(line, *one) for line in lines], schema={"line": pl.Int64, **READ}, orient="row"
        )
        cells = pl.concat([cells.filter(~pl.col("line").is_in(lines.to_list())), lined]).sort("line")
    return Read(read.column, value, cells, read.line, read.marks)
