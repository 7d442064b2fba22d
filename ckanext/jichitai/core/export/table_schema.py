"""An item as a Table Schema (Frictionless): what other programs need to check or load its files.

Source: https://specs.frictionlessdata.io/table-schema/ (version 1). Types and constraints are our
canonical forms, so a file that is valid by this schema is valid for us; we accept more.
"""

from typing import Any, Literal

from ..definitions.model import Column, Item, RuleBook
from ..definitions.resolve import value_type, word_list

MISSING = [""]


def table_schema(item: Item, lang: Literal["ja", "en"] = "ja", book: RuleBook | None = None) -> dict[str, Any]:
    """The schema as plain values for JSON.

    lang: of titles and descriptions; field names stay canonical. book: with it, types, patterns and
    the words of lists are in; without it every field is a string. Columns of our own are left out.
    """
    columns = [column for column in item.columns if not column.own]
    names = {column.name for column in columns}
    schema: dict[str, Any] = {
        "$schema": "https://specs.frictionlessdata.io/schemas/table-schema.json",
        "name": item.id,
        "title": getattr(item.title, lang),
        "description": getattr(item.question, lang),
        "fields": [_field(column, lang, book) for column in columns],
        "missingValues": MISSING,
    }
    if item.key and set(item.key) <= names and _all_required(item):
        schema["primaryKey"] = list(item.key)
    return schema


def _all_required(item: Item) -> bool:
    """Whether no row may leave a part of the key blank: Table Schema knows only such keys."""
    return all(_must(item.column(name)) for name in item.key)


def _must(column: Column) -> bool:
    return column.need.level == "required" and column.need.evidence == "official"


def _field(column: Column, lang: str, book: RuleBook | None) -> dict[str, Any]:
    label = column.label.en if lang == "en" else column.label.ja or column.name
    field: dict[str, Any] = {"name": column.name, "title": label}
    if column.note is not None:
        field["description"] = getattr(column.note, lang)
    field["type"] = "string"
    if column.example is not None:
        field["example"] = column.example
    field["rdfType"] = f"urn:jichitai:term:{column.term}"
    constraints = _constraints(column, book, field)
    if constraints:
        field["constraints"] = constraints
    return field


def _constraints(column: Column, book: RuleBook | None, field: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if _must(column) and not (column.pair and "" in column.pair):
        found["required"] = True
    if column.max_length is not None:
        found["maxLength"] = column.max_length
    if book is None:
        return found
    kind = value_type(column, book)
    field["type"] = kind.table_schema
    number = kind.table_schema in {"integer", "number"}
    if number and column.minimum is not None:
        found["minimum"] = _number(column.minimum)
    if number and column.maximum is not None:
        found["maximum"] = _number(column.maximum)
    words = word_list(column, book)
    if words is not None and column.type != "list" and column.pair is None and (column.closed or column.type == "yes_no"):
        found["enum"] = list(words.words)
    elif kind.table_schema == "string" and kind.canonical and not words:
        found["pattern"] = kind.canonical
    return found


def _number(text: str) -> int | float:
    return float(text) if "." in text else int(text)
