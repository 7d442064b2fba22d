"""Tidy tables of many files under each other, each row knowing its file."""

from collections.abc import Sequence

import polars as pl

from ..check.values import TIDY
from ..definitions.model import Item
from .values import SRC, InputFile

FILE = "_file"
ROW_NUMBER = "_row"
FACTS = tuple(name for name in SRC if name != "src_line")


def stack(item: Item, files: Sequence[InputFile]) -> pl.DataFrame:
    """All rows of the files that have a table.

    Returns the item's columns and TIDY, with `_file` (position in `files`) and `_row` (0, 1 …).
    Lines that the reader set aside before there was a table (more cells than headings) come as
    rows without values, quarantined, so that every line read has its fate.
    """
    wanted = {**{column.name: pl.String for column in item.columns}, **TIDY}
    parts = [_conform(file, wanted) for file in files if file.table is not None]
    numbers = [number for number, file in enumerate(files) if file.table is not None]
    if not parts:
        empty = pl.DataFrame(schema=wanted)
        return empty.with_columns(pl.lit(0, pl.Int32).alias(FILE)).with_row_index(ROW_NUMBER)
    heights = pl.DataFrame(
        {FILE: numbers, "n": [part.height for part in parts]}, schema={FILE: pl.Int32, "n": pl.UInt32}
    )
    owners = heights.filter(pl.col("n") > 0).select(pl.col(FILE).repeat_by("n").explode(empty_as_null=False))
    return pl.concat(parts).with_columns(owners[FILE]).with_row_index(ROW_NUMBER)


def facts(files: Sequence[InputFile]) -> pl.DataFrame:
    """One row a file, in order: what each of its rows says about its source (SRC without the line)."""
    columns = {
        "src_municipality_code": [file.municipality for file in files],
        "src_municipality": [file.municipality_name for file in files],
        "src_dataset": [file.dataset for file in files],
        "src_resource": [file.resource for file in files],
        "src_url": [file.url for file in files],
        "src_sha256": [file.sha256 for file in files],
        "src_sheet": [file.sheet for file in files],
        "src_fetched": [file.fetched for file in files],
        "src_edition": [file.edition for file in files],
        "src_licence": [file.licence for file in files],
        "src_attribution": [file.attribution for file in files],
    }
    frame = pl.DataFrame(columns, schema=dict.fromkeys(FACTS, pl.String))
    return frame.with_columns(pl.when(pl.col(name) != "").then(pl.col(name)) for name in FACTS)


def with_facts(rows: pl.DataFrame, files: Sequence[InputFile]) -> pl.DataFrame:
    """The rows with their SRC columns."""
    return rows.hstack(facts(files)[rows[FILE]])


def _conform(file: InputFile, wanted: dict[str, type[pl.DataType]]) -> pl.DataFrame:
    """Exactly the wanted columns, and a row for every line that the file's report counts."""
    table = file.table
    assert table is not None
    if table.columns == list(wanted) and file.rows_total <= table.height:
        return table
    missing = [pl.lit(None, kind).alias(name) for name, kind in wanted.items() if name not in table.columns]
    table = table.with_columns(missing).select(*wanted) if missing else table.select(*wanted)
    aside = file.rows_total - table.height
    if aside <= 0:
        return table
    lost = pl.DataFrame({"row_verdict": ["quarantined"] * aside}, schema={"row_verdict": pl.String})
    return pl.concat([table, lost], how="diagonal")
