"""NGSI-LD: one entity a row for a city's context broker; attributes by term, position as GeoProperty.

A list of entities, as entityOperations/upsert takes it; brokers like batches of 1,000 (`batches`).
Source: ETSI GS CIM 009 (NGSI-LD API), normalized representation.
"""

from collections.abc import Iterator
from typing import BinaryIO

import msgspec
import polars as pl

from ..definitions.model import Item, RuleBook
from .form import PLAIN, Form, typed
from .json_text import member, point, value, wrapped, write_lines
from .jsonld_context import OURS as VOCABULARY
from .linked import entity, urn

ENDING, MEDIA, POSITION = "ngsi-ld.json", "application/ld+json", False
CORE = "https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context.jsonld"
BATCH = 1000
# Ours that an entity carries beside its own attributes.
CARRIED = ("row_verdict", "row_stale", "src_municipality", "src_dataset", "src_attribution")


def write(rows: pl.DataFrame, item: Item, book: RuleBook, out: BinaryIO, form: Form = PLAIN) -> None:
    """Write all entities as one JSON list."""
    write_lines(*_entities(rows, item, book, form), out, "[\n", "\n]\n")


def batches(rows: pl.DataFrame, item: Item, book: RuleBook, form: Form = PLAIN) -> Iterator[str]:
    """JSON lists of at most 1,000 entities."""
    table, parts = _entities(rows, item, book, form)
    for piece in table.iter_slices(BATCH):
        yield "[" + piece.select(pl.concat_str(parts).alias("line"))["line"].str.join(",").item() + "]"


def _entities(
    rows: pl.DataFrame, item: Item, book: RuleBook, form: Form
) -> tuple[pl.DataFrame, list[pl.Expr]]:
    table = typed(rows, item, book)
    place = pl.lit(None, pl.String)
    if item.position:
        latitude, longitude = item.position
        table = table.with_columns(
            rows[latitude].cast(pl.Float64, strict=False).alias("_lat"),
            rows[longitude].cast(pl.Float64, strict=False).alias("_lon"),
        )
        place = point("_lat", "_lon")
    # Every entity carries its context: an address where there is one, else the vocabulary alone;
    # the whole context would be most of the file.
    known = msgspec.json.encode([CORE, form.context or {"@vocab": VOCABULARY}]).decode()
    day = wrapped('{"type":"Property","value":{"@type":"DateTime","@value":', value("row_changed"), "}}")
    return table, [
        wrapped('{"id":', urn(item), f',"type":"{entity(item)}"'),
        *(member(column.term, _property(value(column.name))) for column in item.columns),
        *(member(name, _property(value(name))) for name in CARRIED),
        member("location", wrapped('{"type":"GeoProperty","value":', place, "}")),
        member("source", _property(value("src_url"))),
        member("licence", _property(value("src_licence"))),
        member("dateModified", day),
        pl.lit(f',"@context":{known}}}'),
    ]


def _property(json: pl.Expr) -> pl.Expr:
    return wrapped('{"type":"Property","value":', json, "}")
