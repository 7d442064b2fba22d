"""The JSON-LD context of an item: column names and terms → addresses of what they mean.

Terms that schema.org has are given there; the rest are ours, `urn:jichitai:term:…`, equal in every item.
"""

from typing import Any

from ..definitions.model import Column, Item

OURS = "urn:jichitai:term:"
XSD = "http://www.w3.org/2001/XMLSchema#"
SCHEMA_ORG = {
    "name": "name",
    "alternateName": "alternateName",
    "identifier": "identifier",
    "description": "description",
    "url": "url",
    "fullAddress": "address",
    "latitude": "latitude",
    "longitude": "longitude",
    "pictureUrl": "image",
    "contactPointPhoneNumber": "telephone",
    "contactPointEmail": "email",
    "faxNumber": "faxNumber",
    "startDate": "startDate",
    "endDate": "endDate",
    "organizer": "organizer",
    "keyword": "keywords",
}
KINDS = {
    "date": f"{XSD}date",
    "integer": f"{XSD}integer",
    "decimal": f"{XSD}decimal",
    "latitude": f"{XSD}decimal",
    "longitude": f"{XSD}decimal",
    "money": f"{XSD}integer",
    "url": "@id",
}


def jsonld_context(item: Item) -> dict[str, Any]:
    """`{"@context": …}` for documents that use the item's terms, or its column names, as keys."""
    context: dict[str, Any] = {"@version": 1.1, "@vocab": OURS, "schema": "https://schema.org/"}
    for column in item.columns:
        context[column.term] = context[column.name] = _meaning(column)
    return {"@context": context}


def _meaning(column: Column) -> str | dict[str, str]:
    known = SCHEMA_ORG.get(column.term)
    address = f"schema:{known}" if known else OURS + column.term
    kind = KINDS.get(column.type)
    return {"@id": address, "@type": kind} if kind else address
