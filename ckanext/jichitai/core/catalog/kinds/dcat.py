"""A DCAT catalog: JSON-LD, Turtle or RDF/XML, with hydra paging on the same origin.

No remote contexts, no entities. Complete = parsed to the end, and as many as hydra:totalItems
where that is given.
Source: DCAT 2 and 3, hydra core; feeds of ckanext-dcat and of ArcGIS Hub.
"""

from collections.abc import Mapping
from urllib.parse import urljoin, urlsplit

import msgspec
from rdflib import DCAT, RDF, BNode, Graph, Namespace, URIRef

from ..lexicon import Lexicon
from ..values import Page, Progress, Refusal, Request, Source
from .dcat_graph import graph
from .dcat_record import record
from .payload import Unreadable

ACCEPT = "text/turtle, application/ld+json;q=0.9, application/rdf+xml;q=0.8, */*;q=0.1"
CAP = 64_000_000
MOST = 1000  # pages: a feed that links on and on is not believed
HYDRA = Namespace("http://www.w3.org/ns/hydra/core#")
NEXT = (HYDRA.next, HYDRA.nextPage)


def first(source: Source) -> Request:
    """The catalog's address."""
    return Request(source.url, ACCEPT, CAP)


def smaller(request: Request) -> Request | None:
    """The source sets the size of its pages."""
    return None


def read(
    source: Source,
    request: Request | None,
    body: bytes,
    headers: Mapping[str, str],
    progress: Progress,
    lexicon: Lexicon,
) -> Page:
    """Read one page of the catalog."""
    here = (request or first(source)).url
    try:
        found = graph(body, headers.get("content-type", ""), here)
    except Unreadable as fault:
        return Page(fault=fault.cls, detail=fault.why)
    nodes = sorted(set(found.subjects(RDF.type, DCAT.Dataset)), key=str)
    made = [record(source, found, node, here, lexicon) for node in nodes if isinstance(node, URIRef | BNode)]
    records = tuple(each for each in made if not isinstance(each, Refusal))
    refusals = tuple(each for each in made if isinstance(each, Refusal))
    progress = msgspec.structs.replace(
        progress,
        declared=_total(found) if progress.declared is None else progress.declared,
        pages=progress.pages + 1,
        seen=progress.seen.union(record.remote_id for record in records).union(r.remote_id for r in refusals),
        asked=progress.asked | {here},
    )
    following = _next(found, here, progress.asked)
    page = Page(records=records, refusals=refusals, declared=progress.declared, progress=progress)
    if following and _origin(following) == _origin(source.url) and progress.pages < MOST:
        return msgspec.structs.replace(page, next=Request(following, ACCEPT, CAP))
    whole = following is None and progress.declared in (None, len(progress.seen))
    empty = not nodes and progress.pages == 1 and not set(found.subjects(RDF.type, DCAT.Catalog))
    if empty:
        return Page(fault="bad_answer", detail="no dcat:Catalog and no dcat:Dataset")
    return msgspec.structs.replace(page, complete=whole, detail="" if whole else "hydra")


def _total(found: Graph) -> int | None:
    total = next((str(value) for value in found.objects(None, HYDRA.totalItems)), "")
    return int(total) if total.isdecimal() and total.isascii() else None


def _next(found: Graph, here: str, asked: frozenset[str]) -> str | None:
    """The next page's address; None after the last, or where a link leads back."""
    for link in NEXT:
        for target in found.objects(None, link):
            address = urljoin(here, str(target))
            if address not in asked:
                return address
    return None


def _origin(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc.lower()
