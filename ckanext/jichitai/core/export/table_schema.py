"""An item as a Table Schema (Frictionless): what other programs need to check or load its files.

Source: https://specs.frictionlessdata.io/table-schema/ (version 1). Types and patterns are our
canonical forms, so a file that is valid by this schema is valid for us; we accept more.
"""

import re
from typing import Any, Literal

from ..definitions.model import Column, Item, RuleBook
from ..definitions.resolve import value_type, word_list
from ..types import TYPES
from ..types.base import ValueType, kept

PROFILE = "https://specs.frictionlessdata.io/schemas/table-schema.json"
NUMBERS = ("integer", "number")


def table_schema(
    item: Item, lang: Literal["ja", "en"] = "ja", book: RuleBook | None = None
) -> dict[str, Any]:
    """The schema as plain values for JSON.

    lang: of titles and descriptions; field names stay canonical. book: with it the words of closed
    lists stand as `enum`. Columns of our own are left out: nobody is asked for them.
    """
    schema: dict[str, Any] = {
        "$schema": PROFILE,
        "name": item.id,
        "title": getattr(item.title, lang),
        "description": getattr(item.question, lang),
        "fields": [_field(column, lang, book) for column in item.columns if not column.own],
        "missingValues": [""],
    }
    # Table Schema knows only keys of which no part may be blank.
    if item.key and all(_must(item.column(name)) for name in item.key):
        schema["primaryKey"] = list(item.key)
    return schema


def _must(column: Column) -> bool:
    """Whether every row fills the cell: only the standard's own word makes that so."""
    blank_says_no = column.pair is not None and "" in column.pair
    return column.need.level == "required" and column.need.evidence == "official" and not blank_says_no


def _field(column: Column, lang: Literal["ja", "en"], book: RuleBook | None) -> dict[str, Any]:
    kind = value_type(column, book) if book is not None else TYPES.get(column.type)
    field: dict[str, Any] = {
        "name": column.name,
        "title": column.label.en if lang == "en" else column.label.ja or column.name,
        "type": kind.table_schema if kind is not None else "string",
    }
    if column.note is not None:
        field["description"] = getattr(column.note, lang)
    if column.example is not None:
        field["example"] = column.example
    field["rdfType"] = f"urn:jichitai:term:{column.term}"
    if column.unit is not None:
        field["unit"] = column.unit
    if constraints := _constraints(column, kind, book):
        field["constraints"] = constraints
    return field


def _constraints(column: Column, kind: ValueType | None, book: RuleBook | None) -> dict[str, Any]:
    found: dict[str, Any] = {"required": True} if _must(column) else {}
    if column.max_length is not None:
        found["maxLength"] = column.max_length
    if kind is None:
        return found
    if kind.table_schema in NUMBERS:
        bounds = {"minimum": column.minimum, "maximum": column.maximum}
        found |= {name: _number(bound) for name, bound in bounds.items() if bound is not None}
    elif words := _closed(column, book):
        found["enum"] = words
    elif kind.table_schema == "string" and (pattern := _whole(kind)):
        found["pattern"] = pattern
    return found


def _whole(kind: ValueType) -> str | None:
    """The canonical pattern where it covers its type; None where it is a fast path for most values only.

    A pattern that leaves out one of the type's own canonical examples is such a path; text has no form.
    """
    if kind.canonical is None or kind is TYPES["text"]:
        return None
    canonical = [text for text, reading in kind.examples.items() if reading == kept(text)]
    return kind.canonical if all(re.fullmatch(kind.canonical, text) for text in canonical) else None


def _closed(column: Column, book: RuleBook | None) -> list[str]:
    """What alone may stand in the cell, empty where more may."""
    words = word_list(column, book) if book is not None else None
    if words is None or column.type == "list":
        return []
    if column.pair is not None:
        return [word for word in column.pair if word]
    return list(words.words) if column.closed or column.type == "yes_no" else []


def _number(text: str) -> int | float:
    return float(text) if "." in text else int(text)
