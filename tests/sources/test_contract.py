"""What every source type must keep to, over recorded answers: pages end, ids stay, `complete` is honest."""

import json

import pytest
from walking import package, portal, recorded, walk

from ckanext.jichitai.core.catalog.kinds import KINDS
from ckanext.jichitai.core.catalog.record import digest
from ckanext.jichitai.core.catalog.values import ListedFile, Source

URL = "https://data.sakura.example"
PAGE = b"<!DOCTYPE html><title>maintenance</title>"
CKAN = Source("s", "131016", "ckan", URL, organization="t131016")
LIST = Source("s", "131016", "open_data_list", f"{URL}/131016_list.csv")
FILES = Source(
    "s",
    "131016",
    "files",
    files=(ListedFile("aed", f"{URL}/aed.csv", "AED"), ListedFile("wc", f"{URL}/wc.csv", "トイレ")),
)


def feed(name):
    return Source("s", "131016", "dcat", f"{URL}/{name}"), lambda url: recorded(f"dcat/{name}")


LINKS = Source("s", "131016", "html_links", f"{URL}/open/", selector="main")
HUB = Source("s", "131016", "arcgis", URL)
HUB_ANSWER = {
    "numberMatched": 2,
    "features": [
        {"id": f"{number:032x}_0", "properties": {"title": f"層{number}", "type": "Feature Layer"}}
        for number in (1, 2)
    ],
}


RECORDED = {
    "ckan": (CKAN, portal([package(number) for number in range(450)]), 450),
    "dcat turtle": (*feed("catalog.ttl"), 2),
    "dcat xml": (*feed("catalog.xml"), 2),
    "dcat json-ld": (*feed("catalog.jsonld"), 2),
    "open_data_list": (LIST, lambda url: recorded("open_data_list/131016_list.csv"), 3),
    "files": (FILES, None, 2),
    "html_links": (
        LINKS,
        lambda url: recorded(f"html_links/{'bosai' if 'bosai' in url else 'open'}.html"),
        4,
    ),
    "arcgis": (HUB, lambda url: json.dumps(HUB_ANSWER).encode(), 2),
}


def test_every_type_is_here():
    assert {name.split()[0] for name in RECORDED} == set(KINDS)


@pytest.mark.parametrize("name", RECORDED)
class TestEveryType:
    def test_it_ends_whole(self, name, lexicon):
        source, answer, count = RECORDED[name]
        listing, asked = walk(source, lexicon, answer)
        assert (listing.complete, listing.fault, len(listing.records)) == (True, None, count)
        assert len(set(asked)) == len(asked)

    def test_ids_and_digests_stay(self, name, lexicon):
        source, answer, _ = RECORDED[name]
        one, two = (walk(source, lexicon, answer)[0] for _ in range(2))
        assert [(r.remote_id, digest(r), r.raw) for r in one.records] == [
            (r.remote_id, digest(r), r.raw) for r in two.records
        ]
        assert len({r.remote_id for r in one.records}) == len(one.records)

    def test_every_record_can_be_taken(self, name, lexicon):
        source, answer, _ = RECORDED[name]
        for record in walk(source, lexicon, answer)[0].records:
            assert record.remote_id
            assert record.title
            assert all(file.id and file.url.startswith("https://") for file in record.files)

    @pytest.mark.parametrize(
        "ill", [PAGE, b"", b"\x00\xff\x80" * 99, b'{"a": ', "unreachable", "timeout", "too_big"]
    )
    def test_an_ill_answer_is_a_failure_and_not_an_empty_list(self, name, ill, lexicon):
        source, answer, _ = RECORDED[name]
        if answer is None:
            return  # nothing is asked, nothing can go wrong
        listing, _ = walk(source, lexicon, lambda url: ill)
        assert listing.complete is False
        assert listing.fault == (
            ill if isinstance(ill, str) else "html_page" if ill is PAGE else "bad_answer"
        )
        assert listing.records == ()
