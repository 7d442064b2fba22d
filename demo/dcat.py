"""A DCAT catalog: JSON-LD in pages (hydra), Turtle, or RDF/XML; one form a site."""

import json
from urllib.parse import parse_qs, quote, urlsplit

from rdflib import DCAT, DCTERMS, FOAF, RDF, XSD, BNode, Graph, Literal, Namespace, URIRef

from .ckan_api import Found
from .world import Dataset, Publisher

HYDRA = Namespace("http://www.w3.org/ns/hydra/core#")
PAGE = 10  # datasets a page, few enough that the demonstration has pages
FORMS = {
    "jsonld": ("json-ld", "application/ld+json"),
    "ttl": ("turtle", "text/turtle"),
    "rdf": ("xml", "application/rdf+xml"),
}


def form(publisher: Publisher) -> str:
    """Which of the forms a site speaks: by its port, so that all occur."""
    return list(FORMS)[publisher.port % len(FORMS)]


def path(publisher: Publisher) -> str:
    """Address of the catalog on its site."""
    return f"/catalog.{form(publisher)}"


def answer(publisher: Publisher, target: str, site: str) -> Found | None:
    """Status, media type and body of the catalog; None where the path is not its."""
    parts = urlsplit(target)
    if parts.path != path(publisher):
        return None
    number = int(parse_qs(parts.query).get("page", ["1"])[0])
    serializer, media = FORMS[form(publisher)]
    graph = _graph(publisher, site, number)
    if serializer == "json-ld":
        body = json.dumps(json.loads(graph.serialize(format=serializer)), ensure_ascii=False, sort_keys=True)
        return 200, media, body.encode()
    return 200, f"{media}; charset=utf-8", graph.serialize(format=serializer, encoding="utf-8")


def _graph(publisher: Publisher, site: str, number: int) -> Graph:
    graph = Graph()
    for prefix, space in (("dcat", DCAT), ("dct", DCTERMS), ("hydra", HYDRA), ("foaf", FOAF)):
        graph.bind(prefix, space)
    catalog = URIRef(f"{site}/catalog")
    datasets = publisher.datasets
    paged = form(publisher) == "jsonld"
    chosen = datasets[(number - 1) * PAGE : number * PAGE] if paged else datasets
    graph.add((catalog, RDF.type, DCAT.Catalog))
    graph.add((catalog, DCTERMS.title, Literal(f"{publisher.municipality.name}オープンデータ", lang="ja")))
    if paged:
        pages = URIRef(f"{site}{path(publisher)}?page={number}")
        graph.add((pages, RDF.type, HYDRA.PagedCollection))
        graph.add((pages, HYDRA.totalItems, Literal(len(datasets))))
        if number * PAGE < len(datasets):
            graph.add((pages, HYDRA.nextPage, Literal(f"{site}{path(publisher)}?page={number + 1}")))
    for dataset in chosen:
        graph.add((catalog, DCAT.dataset, _dataset(graph, publisher, dataset, site)))
    return graph


def _dataset(graph: Graph, publisher: Publisher, dataset: Dataset, site: str) -> URIRef:
    node = URIRef(f"{site}/dataset/{dataset.id}")
    graph.add((node, RDF.type, DCAT.Dataset))
    graph.add((node, DCTERMS.identifier, Literal(dataset.name)))
    graph.add((node, DCTERMS.title, Literal(dataset.title, lang="ja")))
    if dataset.notes:
        graph.add((node, DCTERMS.description, Literal(dataset.notes, lang="ja")))
    graph.add((node, DCTERMS.issued, Literal(dataset.issued, datatype=XSD.date)))
    graph.add((node, DCTERMS.modified, Literal(dataset.modified, datatype=XSD.date)))
    for tag in dataset.tags:
        graph.add((node, DCAT.keyword, Literal(tag, lang="ja")))
    # A name of its own in the document, so that serialising twice gives the same bytes.
    agent = BNode(f"publisher{publisher.municipality.code}")
    graph.add((agent, RDF.type, FOAF.Organization))
    graph.add((agent, FOAF.name, Literal(publisher.municipality.name, lang="ja")))
    graph.add((node, DCTERMS.publisher, agent))
    for file in dataset.files:
        distribution = URIRef(f"{site}/distribution/{file.id}")
        graph.add((node, DCAT.distribution, distribution))
        graph.add((distribution, RDF.type, DCAT.Distribution))
        graph.add((distribution, DCTERMS.title, Literal(file.title, lang="ja")))
        graph.add((distribution, DCAT.downloadURL, URIRef(f"{site}/files/{file.id}/{quote(file.name)}")))
        graph.add((distribution, DCTERMS["format"], Literal(file.format)))
        graph.add((distribution, DCTERMS.license, URIRef(dataset.licence[2])))
    return node
