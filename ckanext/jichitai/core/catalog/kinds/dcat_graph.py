"""An answer as an RDF graph, without a look outside: no remote context, no entity, no base of its own."""

import json
import logging
import re

from rdflib import Graph

from .payload import Unreadable, json_of, text

ENTITY = re.compile(r"<!ENTITY|<!DOCTYPE[^>]*\[", re.I)
DECLARED = re.compile(r'^(\s*<\?xml[^>]*?)\s+encoding\s*=\s*["\'][^"\']*["\']')
FORMS = {"json": "json-ld", "turtle": "turtle", "rdf+xml": "xml", "/xml": "xml", "n-triples": "turtle"}
# rdflib warns about every odd literal of a publisher; the record keeps the literal, that is enough.
logging.getLogger("rdflib.term").setLevel(logging.ERROR)


def graph(body: bytes, content_type: str, base: str) -> Graph:
    """Parse by media type, then by content. Raises Unreadable where it is none of the three forms."""
    plain = text(body)
    form = _form(plain, content_type)
    if form == "json-ld":
        plain = json.dumps(_without_remote(json_of(body)))
    elif form == "xml":
        if ENTITY.search(plain):
            raise Unreadable("bad_answer", "XML entities")
        # Decoded already: what the declaration says is no longer so.
        plain = DECLARED.sub(r"\1", plain)
    found = Graph()
    try:
        found.parse(data=plain, format=form, publicID=base)
    except Exception as fault:  # rdflib's parsers raise whatever their own libraries raise
        raise Unreadable("bad_answer", f"{form}: {type(fault).__name__}: {fault}"[:200]) from fault
    return found


def _form(plain: str, content_type: str) -> str:
    for word, form in FORMS.items():
        if word in content_type.lower() and not (form != "json-ld" and plain.lstrip().startswith("{")):
            return form
    start = plain.lstrip()[:1]
    return {
        "{": "json-ld",
        "[": "json-ld",
        "<": "xml" if plain.lstrip().startswith(("<?xml", "<rdf")) else "turtle",
    }.get(start, "turtle")


def _without_remote(value: object) -> object:
    """JSON-LD without contexts that stand elsewhere: they would be fetched."""
    if isinstance(value, list):
        return [_without_remote(part) for part in value]
    if not isinstance(value, dict):
        return value
    return {key: _local(part) if key == "@context" else _without_remote(part) for key, part in value.items()}


def _local(context: object) -> object:
    if isinstance(context, str):
        return {}
    if isinstance(context, list):
        return [part for part in context if isinstance(part, dict)]
    return (
        {key: part for key, part in context.items() if key != "@import"} if isinstance(context, dict) else {}
    )
