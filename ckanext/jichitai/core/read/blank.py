"""Rows without a text."""

import polars as pl

from .grid import LINE


def blank_rows(frame: pl.DataFrame) -> pl.Series:
    """Indexes (UInt32, ascending) of the rows in which every cell is null or holds blanks only; `line` is no cell.

    Column by column over the rows that were blank so far: nearly always the first columns settle it, while
    one expression over all of them looks into every cell.
    """
    left = pl.arange(0, frame.height, dtype=pl.UInt32, eager=True)
    for name in frame.columns:
        if name == LINE or not len(left):
            continue
        texts = frame[name] if len(left) == frame.height else frame[name].gather(left)
        left = left.filter((texts.str.strip_chars() == "").fill_null(True))
    return left


def without_blank(frame: pl.DataFrame) -> pl.DataFrame:
    """The rows that hold a text."""
    blank = blank_rows(frame)
    if not len(blank):
        return frame
    return frame.filter(~pl.arange(0, frame.height, dtype=pl.UInt32, eager=True).is_in(blank.implode()))
