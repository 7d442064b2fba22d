"""GeoJSON (RFC 7946): longitude first, degrees in WGS 84, which JGD2011 equals within metres.

Rows without a position stay, with null geometry. `id` is the row id.
"""

from typing import BinaryIO

import polars as pl

from ..definitions.model import Item, RuleBook
from .form import PLAIN, Form, renamed, typed
from .json_text import point, value, wrapped, write_lines

ENDING, MEDIA, POSITION = "geojson", "application/geo+json", True


def write(rows: pl.DataFrame, item: Item, book: RuleBook, out: BinaryIO, form: Form = PLAIN) -> None:
    """Write a FeatureCollection."""
    write_lines(
        *features(rows, item, book, form), out, '{"type":"FeatureCollection","features":[\n', "\n]}\n"
    )


def features(
    rows: pl.DataFrame, item: Item, book: RuleBook, form: Form
) -> tuple[pl.DataFrame, list[pl.Expr]]:
    """A table and the parts of one feature a row. Raises ValueError for an item without positions."""
    if item.position is None:
        raise ValueError(f"{item.id} has no positions")
    latitude, longitude = item.position
    table = typed(rows, item, book).with_columns(
        rows[latitude].cast(pl.Float64, strict=False).alias("_lat"),
        rows[longitude].cast(pl.Float64, strict=False).alias("_lon"),
    )
    table = renamed(table, item, form)
    properties = pl.struct(pl.exclude("_lat", "_lon")).struct.json_encode()
    return table, [
        wrapped('{"type":"Feature","id":', value("row_id"), ""),
        wrapped(',"geometry":', point("_lat", "_lon").fill_null("null"), ""),
        wrapped(',"properties":', properties, "}"),
    ]
