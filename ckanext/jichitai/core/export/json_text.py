"""JSON made column by column: a table of half a million rows never becomes half a million dicts."""

from collections.abc import Sequence
from typing import BinaryIO

import polars as pl

LINES = 20_000  # rows a piece, so that the text of a table is never whole in memory


def value(column: str) -> pl.Expr:
    """The column's values as JSON; null where blank."""
    text = pl.struct(pl.col(column).alias("v")).struct.json_encode()
    inner = text.str.strip_prefix('{"v":').str.head(-1)
    return pl.when(pl.col(column).is_not_null()).then(inner)


def member(key: str, json: pl.Expr) -> pl.Expr:
    """`,"key":json`, or nothing where json is null."""
    quoted = pl.select(pl.struct(pl.lit(key).alias("v")).struct.json_encode()).item()[5:-1]
    return pl.concat_str([pl.lit(f",{quoted}:"), json]).fill_null("")


def wrapped(before: str, json: pl.Expr, after: str) -> pl.Expr:
    """Text around JSON; null where json is null."""
    return pl.concat_str([pl.lit(before), json, pl.lit(after)])


def point(latitude: str, longitude: str) -> pl.Expr:
    """A GeoJSON point, longitude first; null where the position is not known. Columns: Float64, degrees."""
    place = pl.concat_str([value(longitude), value(latitude)], separator=",")
    return wrapped('{"type":"Point","coordinates":[', place, "]}")


def write_lines(rows: pl.DataFrame, parts: Sequence[pl.Expr], out: BinaryIO, head: str, tail: str) -> None:
    """One JSON value a row, made by joining the parts, between head and tail, with commas and line breaks."""
    out.write(head.encode())
    between = b""
    for piece in rows.iter_slices(LINES):
        lines = piece.select(pl.concat_str(parts).alias("line"))["line"].str.join(",\n").item()
        out.write(between + lines.encode())
        between = b",\n"
    out.write(tail.encode())
