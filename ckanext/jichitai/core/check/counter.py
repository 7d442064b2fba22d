"""A column that counts the rows, beside the one that names them: no second ID."""

import msgspec
import polars as pl

from .columns import ColumnMap


def without_counters(found: ColumnMap, frame: pl.DataFrame) -> ColumnMap:
    """The map, in which headings over 1, 2, 3 … are no twin of the column that another heading has."""
    headings = tuple(
        msgspec.structs.replace(one, twin=None) if one.twin and _counts(frame.to_series(one.at)) else one
        for one in found.headings
    )
    return msgspec.structs.replace(found, headings=headings)


def _counts(texts: pl.Series) -> bool:
    numbers = texts.str.strip_chars().cast(pl.Int64, strict=False)
    return bool(
        len(numbers) > 1
        and numbers.null_count() == 0
        and numbers[0] == 1
        and (numbers.diff().drop_nulls() == 1).all()
    )
