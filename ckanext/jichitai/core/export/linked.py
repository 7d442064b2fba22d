"""What JSON-LD and NGSI-LD share: names of things, and the context that explains their keys."""

from typing import Any

import polars as pl

from ..definitions.model import Item
from ..merge.values import ROW, SRC, TEXT
from .jsonld_context import OURS as VOCABULARY
from .jsonld_context import jsonld_context

OURS = (*ROW, *SRC, *TEXT)


def entity(item: Item) -> str:
    """Type of the item's entities: that of Smart Data Models where it has one, else from the id."""
    return item.entity or "".join(part.capitalize() for part in item.id.split("_"))


def urn(item: Item) -> pl.Expr:
    """urn:ngsi-ld:<Type>:<municipality code>:<row id>, as JSON."""
    parts = [pl.lit(f'"urn:ngsi-ld:{entity(item)}'), pl.col("src_municipality_code"), pl.col("row_id")]
    return pl.concat_str([pl.concat_str(parts, separator=":"), pl.lit('"')])


def context(item: Item) -> dict[str, Any]:
    """The @context of the item's rows: its terms, and the columns that every merged table has."""
    ours = {name: f"{VOCABULARY}{name}" for name in OURS}
    return {"id": "@id", "type": "@type", **jsonld_context(item)["@context"], **ours}
