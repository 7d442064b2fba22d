"""JSON Schema of the rule book's YAML files: an editor that knows it completes keys and marks slips."""

from typing import Any, Literal

import msgspec

from ..definitions.model import Column, ItemSource, MunicipalityFile, Part, PartUse, WordList

DRAFT = "https://json-schema.org/draft/2020-12/schema"
Kind = Literal["item", "part", "list", "municipalities"]
FILES: dict[Kind, type] = {
    "item": ItemSource,
    "part": Part,
    "list": WordList,
    "municipalities": MunicipalityFile,
}


def json_schema(kind: Kind = "item") -> dict[str, Any]:
    """The schema of one kind of file, as plain values for JSON."""
    (top,), parts = msgspec.json.schema_components([FILES[kind]], ref_template="#/$defs/{name}")
    schema: dict[str, Any] = {"$schema": DRAFT, **top, "$defs": parts}
    if kind == "item":
        # An item's columns are read in a second step, so their type does not say what they are.
        columns, more = msgspec.json.schema_components([Column, PartUse], ref_template="#/$defs/{name}")
        parts |= more
        parts[ItemSource.__name__]["properties"]["columns"]["items"] = {"anyOf": list(columns)}
    return schema
