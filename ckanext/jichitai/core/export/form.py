"""How a merged table is to be written, and what the formats have in common.

A format is a module of core/export with
    ENDING   of file names, MEDIA type, POSITION whether it needs positions,
    write(rows, item, book, out, form)   which streams; equal rows give equal bytes.
rows: a merged table (core.merge.values), sorted; out: a binary file open for writing.
"""

from typing import Literal

import msgspec
import polars as pl

from ..definitions.model import Item, RuleBook
from ..definitions.resolve import value_type

POSTGRES: dict[str, type[pl.DataType]] = {
    "bigint": pl.Int64,
    "integer": pl.Int64,
    "numeric": pl.Float64,
    "double precision": pl.Float64,
    "date": pl.Date,
}


class Form(msgspec.Struct, frozen=True):
    """keys: columns by their Japanese name or by their term. people: for spreadsheets (BOM, formula guard).

    definitions, cursor: what the table equals, written where a format has room for it. licences: lines of
    credit, for the notes. context: address of the item's JSON-LD context.
    """

    keys: Literal["name", "term"] = "name"
    people: bool = True
    definitions: str = ""
    cursor: int | None = None
    licences: tuple[str, ...] = ()
    context: str = ""


PLAIN = Form()


def renamed(rows: pl.DataFrame, item: Item, form: Form) -> pl.DataFrame:
    """The rows with the headings that were asked for."""
    if form.keys == "name":
        return rows
    return rows.rename({column.name: column.term for column in item.columns}, strict=False)


def typed(rows: pl.DataFrame, item: Item, book: RuleBook) -> pl.DataFrame:
    """The rows with numbers and days as such, by each column's type.

    A column stays text where a value does not fit (a number of thirty digits): nothing becomes blank.
    """
    casts = {
        column.name: kind
        for column in item.columns
        if column.name in rows.columns and (kind := POSTGRES.get(value_type(column, book).datastore))
    }
    done = rows.with_columns(
        pl.col(name).str.to_date("%Y-%m-%d", strict=False)
        if kind is pl.Date
        else pl.col(name).cast(kind, strict=False)
        for name, kind in casts.items()
    )
    lost = [name for name in casts if done[name].null_count() != rows[name].null_count()]
    return done.with_columns(rows[name] for name in lost)


def facts(item: Item, form: Form) -> dict[str, str]:
    """What a table says about itself."""
    known = {"item": item.id, "title": item.title.ja, "definitions": form.definitions}
    return known if form.cursor is None else {**known, "cursor": str(form.cursor)}
