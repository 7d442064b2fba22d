"""JSON-LD: one node a row, attributes by term, with the context in the file. Blank cells are left out."""

from typing import BinaryIO

import msgspec
import polars as pl

from ..definitions.model import Item, RuleBook
from .form import PLAIN, Form, typed
from .json_text import member, value, wrapped, write_lines
from .linked import OURS, context, entity, urn

ENDING, MEDIA, POSITION = "jsonld", "application/ld+json", False


def write(rows: pl.DataFrame, item: Item, book: RuleBook, out: BinaryIO, form: Form = PLAIN) -> None:
    """Write a document with @context and @graph."""
    table = typed(rows, item, book)
    parts = [
        wrapped('{"id":', urn(item), f',"type":"{entity(item)}"'),
        *(member(column.term, value(column.name)) for column in item.columns),
        *(member(name, value(name)) for name in OURS),
        pl.lit("}"),
    ]
    head = msgspec.json.encode(context(item)).decode()
    write_lines(table, parts, out, f'{{"@context":{head},"@graph":[\n', "\n]}\n")
