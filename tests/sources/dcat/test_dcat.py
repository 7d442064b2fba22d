"""A DCAT catalog: three forms, pages, keys, and nothing fetched from elsewhere."""

import json

import pytest
from walking import recorded, walk

from ckanext.jichitai.core.catalog.values import Source

URL = "https://data.sakura.example"
SOURCE = Source("s", "131016", "dcat", f"{URL}/catalog", licence="CC0 1.0")
PREFIXES = """@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
@prefix hydra: <http://www.w3.org/ns/hydra/core#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def turtle(text):
    return (PREFIXES + text).encode(), "text/turtle"


def page(number, total, following=None):
    """One dataset a page, as ckanext-dcat pages them."""
    link = f"; hydra:next <{following}>" if following else ""
    return turtle(
        f"<{URL}/?page={number}> a hydra:PagedCollection ; hydra:totalItems {total} {link} .\n"
        f'<{URL}/d/{number}> a dcat:Dataset ; dct:title "表{number}"@ja .'
    )


@pytest.mark.parametrize("name", ["catalog.ttl", "catalog.xml", "catalog.jsonld"])
@pytest.mark.parametrize("media", [True, False])
def test_a_dataset_in_our_words(lexicon, name, media):
    body, kind = recorded(f"dcat/{name}")
    listing, _ = walk(SOURCE, lexicon, lambda url: (body, kind if media else "application/octet-stream"))
    aed, toilet = sorted(listing.records, key=lambda record: record.title)
    assert (aed.remote_id, aed.title, aed.notes) == ("sakura-aed", "AED設置箇所一覧", "市内のAED")
    assert (aed.issued, aed.modified) == ("2023-03-31T15:00:00Z", "2026-04-01T00:00:00Z")
    assert (aed.frequency, aed.licence, aed.tags, aed.groups) == (
        "ANNUAL",
        "CC BY 4.0",
        ("AED", "救命"),
        ("防災",),
    )
    assert (aed.publisher_name, aed.publisher_email) == ("桜市", "data@city.sakura.example")
    assert aed.standards == ("自治体標準オープンデータセット",)
    assert aed.landing == "https://www.city.sakura.example/aed.html"
    (file,) = aed.files
    assert (file.url, file.format, file.size) == (f"{URL}/files/131016_aed.csv", "CSV", 1024)
    assert (toilet.remote_id, toilet.licence, toilet.files[0].format) == (
        f"{URL}/dataset/toilet",
        "CC0 1.0",
        "XLSX",
    )


def test_pages(lexicon):
    pages = {f"{URL}/catalog": page(1, 2, f"{URL}/catalog?page=2"), f"{URL}/catalog?page=2": page(2, 2)}
    listing, asked = walk(SOURCE, lexicon, pages.get)
    assert (listing.complete, len(listing.records), len(asked)) == (True, 2, 2)


@pytest.mark.parametrize(
    ("pages", "fault"),
    [
        ({f"{URL}/catalog": page(1, 5)}, "incomplete"),  # fewer than counted
        ({f"{URL}/catalog": page(1, 1, "https://elsewhere.example/")}, "incomplete"),  # another origin
        (
            {f"{URL}/catalog": page(1, 2, f"{URL}/catalog?page=2"), f"{URL}/catalog?page=2": "timeout"},
            "incomplete",
        ),
    ],
)
def test_not_whole(lexicon, pages, fault):
    listing, _ = walk(SOURCE, lexicon, pages.get)
    assert (listing.complete, listing.fault, len(listing.records)) == (False, fault, 1)


def test_pages_in_a_ring_end(lexicon):
    listing, asked = walk(SOURCE, lexicon, lambda url: page(1, 1, f"{URL}/catalog"))
    assert (listing.complete, len(asked)) == (True, 1)


def test_neither_identifier_nor_address_is_refused(lexicon):
    listing, _ = walk(
        SOURCE, lexicon, lambda url: turtle('<> a dcat:Catalog . [] a dcat:Dataset ; dct:title "表" .')
    )
    assert [(refusal.reason, refusal.place) for refusal in listing.refusals] == [
        ("missing", "dct:identifier")
    ]


def test_files_without_a_usable_address(lexicon):
    body = turtle(
        f"""<{URL}/d/1> a dcat:Dataset ; dct:title "表" ;
          dcat:theme "防災" , <http://publications.europa.eu/resource/authority/data-theme/HEAL> ;
          dcat:distribution [ dct:title "どこにもない" ] , [ dcat:downloadURL <http://bsvcms01/x.csv> ] ."""
    )
    (record,) = walk(SOURCE, lexicon, lambda url: body)[0].records
    assert [(file.url, file.description) for file in record.files] == [("", "http://bsvcms01/x.csv")]
    assert (record.notices, set(record.groups)) == (("link_internal",), {"防災", "HEAL"})


def test_an_empty_catalog_is_whole(lexicon):
    listing, _ = walk(SOURCE, lexicon, lambda url: turtle("<> a dcat:Catalog ."))
    assert (listing.complete, listing.records) == (True, ())


@pytest.mark.parametrize(
    "body",
    [
        turtle("<a> <b> ."),
        turtle("<a> a dcat:Distribution ."),  # RDF, but no catalog
        (
            b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "x"><!ENTITY b "&a;&a;">]><r>&b;</r>',
            "application/rdf+xml",
        ),
        (b'<?xml version="1.0"?><rdf:RDF', "application/rdf+xml"),
        (b'{"@context": ', "application/ld+json"),
    ],
)
def test_what_is_no_catalog(lexicon, body):
    listing, _ = walk(SOURCE, lexicon, lambda url: body)
    assert listing.fault == "bad_answer"


def test_remote_contexts_are_not_fetched(lexicon, monkeypatch):
    def trap(*args, **options):
        raise AssertionError("a connection was opened")

    monkeypatch.setattr("socket.socket.connect", trap)
    body = {
        "@context": [
            "http://127.0.0.1:9/context.json",
            {"dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/"},
        ],
        "@id": f"{URL}/d/1",
        "@type": "dcat:Dataset",
        "dct:title": "表",
    }
    listing, _ = walk(SOURCE, lexicon, lambda url: (json.dumps(body).encode(), "application/ld+json"))
    assert listing.records[0].title == "表"


def test_a_catalog_that_is_a_remote_context_and_nothing_else(lexicon):
    body = {
        "@context": "http://127.0.0.1:9/context.json",
        "@id": URL,
        "@type": "http://www.w3.org/ns/dcat#Catalog",
    }
    assert walk(SOURCE, lexicon, lambda url: (json.dumps(body).encode(), "application/ld+json"))[0].complete


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp932"])
def test_encodings(lexicon, encoding):
    text = recorded("dcat/catalog.ttl")[0].decode()
    listing, _ = walk(SOURCE, lexicon, lambda url: (text.encode(encoding), "text/turtle"))
    assert len(listing.records) == 2
