"""A dcat:Dataset in our words. Its key is dct:identifier, else its IRI; with neither it is refused."""

from hashlib import sha256

from rdflib import DCAT, DCTERMS, FOAF, RDFS, SKOS, BNode, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from ..lexicon import Lexicon
from ..values import Record, Refusal, RemoteFile, Source
from ..wash import address, is_internal, moment, wash

VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
ADMS = Namespace("http://www.w3.org/ns/adms#")
LANGUAGES = ("ja", "", "en")


def record(
    source: Source, graph: Graph, node: URIRef | BNode, base: str, lexicon: Lexicon
) -> Record | Refusal:
    """The dataset at a node, as far as the graph tells."""
    identifier = _text(graph, node, DCTERMS.identifier)
    iri = str(node) if isinstance(node, URIRef) else ""
    title = _text(graph, node, DCTERMS.title)
    if not (identifier or iri):
        return Refusal("", "missing", "dct:identifier", title)
    parts = sorted(set(graph.objects(node, DCAT.distribution)), key=str)
    files = tuple(file for part in parts if (file := _file(graph, part, base, lexicon)))
    publisher = graph.value(node, DCTERMS.publisher)
    contact = graph.value(node, DCAT.contactPoint)
    licences = [
        *_texts(graph, node, DCTERMS.license),
        *(text for file in files if (text := file.licence_text)),
    ]
    frequency = _text(graph, node, DCTERMS.accrualPeriodicity)
    licence = licences[0] if licences else source.licence or ""
    return Record(
        remote_id=identifier or iri,
        name=(identifier or iri).rstrip("/").rsplit("/", 1)[-1],
        title=title,
        notes=_text(graph, node, DCTERMS.description),
        tags=_texts(graph, node, DCAT.keyword),
        groups=tuple(_label(graph, theme) for theme in sorted(graph.objects(node, DCAT.theme), key=str)),
        files=files,
        licence=lexicon.licence(*licences, licence),
        licence_text=licence,
        frequency=lexicon.frequency(frequency),
        frequency_text=frequency,
        issued=moment(_text(graph, node, DCTERMS.issued)),
        modified=moment(_text(graph, node, DCTERMS.modified))
        or max((file.modified or "" for file in files), default="")
        or None,
        landing=address(_text(graph, node, DCAT.landingPage), base) or address(iri, base),
        publisher_name=_text(graph, publisher, FOAF.name) if publisher else "",
        publisher_email=_text(graph, contact, VCARD.hasEmail).removeprefix("mailto:") if contact else "",
        identifiers=tuple(
            dict.fromkeys(each for each in (iri, *_texts(graph, node, ADMS.identifier)) if each)
        ),
        standards=tuple(
            _label(graph, each) for each in sorted(graph.objects(node, DCTERMS.conformsTo), key=str)
        ),
        language=_text(graph, node, DCTERMS.language).rstrip("/").rsplit("/", 1)[-1].lower(),
        raw=_raw(graph, [node, *parts]),
        notices=("link_internal",) if any(not file.url for file in files) else (),
    )


def _file(graph: Graph, node: Node, base: str, lexicon: Lexicon) -> RemoteFile | None:
    """A dcat:Distribution; downloadURL before accessURL. None where it has no address at all."""
    written = _text(graph, node, DCAT.downloadURL) or _text(graph, node, DCAT.accessURL)
    if not written:
        return None
    url, note = address(written, base), _text(graph, node, DCTERMS.description)
    if not url or is_internal(url):
        url, note = "", "\n".join(part for part in (note, written) if part)
    label = _text(graph, node, DCTERMS["format"]) or _text(graph, node, DCAT.mediaType)
    label = label.rstrip("/").rsplit("/", 1)[-1] if label.startswith("http") else label
    size, licence = _text(graph, node, DCAT.byteSize), _text(graph, node, DCTERMS.license)
    iri = str(node) if isinstance(node, URIRef) else ""
    return RemoteFile(
        id=_text(graph, node, DCTERMS.identifier) or iri or url or written,
        url=url,
        name=_text(graph, node, DCTERMS.title),
        description=note,
        format=lexicon.format(url, label),
        format_text=label,
        licence=lexicon.licence(licence),
        licence_text=licence,
        size=int(float(size)) if size.replace(".", "", 1).isdecimal() and size.isascii() else None,
        created=moment(_text(graph, node, DCTERMS.issued)),
        modified=moment(_text(graph, node, DCTERMS.modified)),
    )


def _text(graph: Graph, node: Node, predicate: URIRef) -> str:
    """The value that speaks Japanese, else no language, else English, else any; "" for none."""
    values = sorted(graph.objects(node, predicate), key=lambda value: (_rank(value), str(value)))
    return wash(str(values[0])) if values else ""


def _texts(graph: Graph, node: Node, predicate: URIRef) -> tuple[str, ...]:
    return tuple(sorted({wash(str(value)) for value in graph.objects(node, predicate)} - {""}))


def _rank(value: Node) -> int:
    language = (value.language or "") if isinstance(value, Literal) else ""
    return LANGUAGES.index(language) if language in LANGUAGES else len(LANGUAGES)


def _label(graph: Graph, node: Node) -> str:
    """Name of a concept: its label, else the literal, else the last part of its address."""
    for predicate in (SKOS.prefLabel, RDFS.label, DCTERMS.title):
        if text := _text(graph, node, predicate):
            return text
    return wash(str(node)) if isinstance(node, Literal) else wash(str(node).rstrip("/#").rsplit("/", 1)[-1])


def _raw(graph: Graph, nodes: list[Node]) -> str:
    """sha256 of the statements about a dataset and its files, names of blank nodes left out."""
    lines = sorted(
        f"{predicate} {'' if isinstance(value, BNode) else value.n3()}"
        for node in nodes
        for predicate, value in graph.predicate_objects(node)
    )
    return sha256("\n".join(lines).encode("utf-8", "replace")).hexdigest()
