"""Parquet with zstd, a row group a municipality; GeoParquet where the item has positions.

Points are WKB in OGC:CRS84 (JGD2011 is taken as equal) beside the columns of latitude and longitude.
Source: https://geoparquet.org/releases/v1.1.0/
"""

import json
import struct
from typing import Any, BinaryIO

import polars as pl

from ..definitions.model import Item, RuleBook
from .form import PLAIN, Form, facts, renamed, typed

ENDING, MEDIA, POSITION = "parquet", "application/vnd.apache.parquet", False
GEOMETRY = "geometry"
POINT = struct.Struct("<BIdd")  # byte order 1 (little), type 1 (point), x, y


def write(rows: pl.DataFrame, item: Item, book: RuleBook, out: BinaryIO, form: Form = PLAIN) -> None:
    """Write a merged table. Where pyarrow is not installed, all municipalities share a row group."""
    table = typed(rows, item, book)
    about = {"jichitai": json.dumps(facts(item, form), ensure_ascii=False, sort_keys=True)}
    if item.position:
        table, geo = _with_points(table, *item.position)
        about["geo"] = json.dumps(geo, sort_keys=True)
    table = renamed(table, item, form)
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        table.write_parquet(out, compression="zstd", metadata=about)
        return
    _grouped(table, about, out, pa, pq)


def _grouped(table: pl.DataFrame, about: dict[str, str], out: BinaryIO, pa: Any, pq: Any) -> None:
    """One row group a municipality, in order."""
    schema = table.head(0).to_arrow(compat_level=pl.CompatLevel.oldest()).schema.with_metadata(about)
    with pq.ParquetWriter(out, schema, compression="zstd") as writer:
        for part in table.partition_by("src_municipality_code", maintain_order=True):
            arrow = part.to_arrow(compat_level=pl.CompatLevel.oldest())
            writer.write_table(arrow.cast(schema), row_group_size=max(part.height, 1))


def _with_points(table: pl.DataFrame, latitude: str, longitude: str) -> tuple[pl.DataFrame, dict[str, Any]]:
    """The table with `geometry`, and the file's geo metadata."""
    places = table.select(
        pl.col(longitude).cast(pl.Float64, strict=False), pl.col(latitude).cast(pl.Float64, strict=False)
    )
    points = [None if x is None or y is None else POINT.pack(1, 1, x, y) for x, y in places.iter_rows()]
    column: dict[str, Any] = {"encoding": "WKB", "geometry_types": ["Point"]}
    both = places.drop_nulls()
    if both.height:
        low, high = both.min().row(0), both.max().row(0)
        column["bbox"] = [*low, *high]
    geo = {"version": "1.1.0", "primary_column": GEOMETRY, "columns": {GEOMETRY: column}}
    return table.with_columns(pl.Series(GEOMETRY, points, dtype=pl.Binary)), geo
