"""JSON Schema of the rule book's YAML files: an editor that knows it completes keys and marks slips."""

from typing import Any, Literal

import msgspec

from ..definitions.model import Column, ItemSource, MunicipalityFile, Part, PartUse, WordList

DRAFT = "https://json-schema.org/draft/2020-12/schema"
PLACE = "#/$defs/{name}"
Kind = Literal["item", "part", "list", "municipalities"]
FILES: dict[Kind, type] = {
    "item": ItemSource,
    "part": Part,
    "list": WordList,
    "municipalities": MunicipalityFile,
}


def json_schema(kind: Kind = "item") -> dict[str, Any]:
    """The schema of one kind of file, as plain values for JSON."""
    (top,), parts = msgspec.json.schema_components([FILES[kind]], schema_hook=_any, ref_template=PLACE)
    schema: dict[str, Any] = {"$schema": DRAFT, **top, "$defs": parts}
    if kind == "item":
        # An item's columns are read in a second step, so their type does not say what they are.
        columns, more = msgspec.json.schema_components([Column, PartUse], ref_template=PLACE)
        parts |= more
        parts[ItemSource.__name__]["properties"]["columns"]["items"] = {"anyOf": list(columns)}
    return schema


def _any(kind: type) -> dict[str, Any]:
    """The one type that JSON Schema has no word for: a value that is read later."""
    return {"description": kind.__name__}
