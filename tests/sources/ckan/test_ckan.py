"""A CKAN site: pages, what proves a listing whole, and a package in our words."""

import json

import msgspec
import pytest
from walking import found, package, portal, resource, walk

from ckanext.jichitai.core.catalog.kinds import ckan
from ckanext.jichitai.core.catalog.values import Source

SOURCE = Source("s", "131016", "ckan", "https://data.sakura.example/", organization="t131016")
PACKAGES = [package(number) for number in range(450)]


def one(lexicon, **more):
    (record,) = walk(SOURCE, lexicon, portal([package(1, **more)]))[0].records
    return record


def test_what_is_asked(lexicon):
    _, asked = walk(SOURCE, lexicon, portal(PACKAGES))
    base = (
        "https://data.sakura.example/api/3/action/package_search?fq=organization%3A%22t131016%22&sort=id+asc"
    )
    assert asked == [
        f"{base}&rows={rows}&start={start}" for rows, start in ((200, 0), (200, 200), (200, 400), (0, 0))
    ]


def test_without_an_organization_all_is_ours(lexicon):
    source = msgspec.structs.replace(SOURCE, organization=None)
    mixed = [package(1), package(2, organization=None), package(3, organization={"name": "x"})]
    listing, asked = walk(source, lexicon, portal(mixed))
    assert len(listing.records) == 3
    assert "fq=" not in asked[0]


def test_an_empty_list_is_whole(lexicon):
    listing, _ = walk(SOURCE, lexicon, portal([]))
    assert (listing.complete, listing.declared, listing.records) == (True, 0, ())


def test_a_site_that_gives_25_a_page_is_followed(lexicon):
    def answer(url):
        start = int(url.rsplit("=", 1)[1])
        return found([] if "rows=0" in url else PACKAGES[start : start + 25], len(PACKAGES))

    listing, asked = walk(SOURCE, lexicon, answer)
    assert (listing.complete, len(listing.records), len(asked)) == (True, 450, 19)


def test_a_page_too_big_is_asked_in_halves(lexicon):
    whole = portal(PACKAGES)
    listing, asked = walk(SOURCE, lexicon, lambda url: "too_big" if "rows=200" in url else whole(url))
    assert (listing.complete, len(listing.records)) == (True, 450)
    assert "rows=100" in asked[1]


def test_a_page_that_fails_leaves_the_list_incomplete(lexicon):
    whole = portal(PACKAGES)
    listing, _ = walk(SOURCE, lexicon, lambda url: "http_error" if "start=400" in url else whole(url))
    assert (listing.complete, listing.fault, listing.detail) == (False, "incomplete", "http_error")
    assert len(listing.records) == 400


@pytest.mark.parametrize("moves", [1, 99])
def test_a_list_that_moves_is_listed_once_more(lexicon, moves):
    left = [moves]

    def answer(url):
        packages = list(PACKAGES)
        if "start=200" in url and left[0] > 0:
            left[0] -= 1
            packages.insert(0, package(999))
        return portal(packages)(url)

    listing, _ = walk(SOURCE, lexicon, answer)
    assert listing.complete is (moves == 1)
    assert listing.fault == (None if moves == 1 else "incomplete")
    assert len({record.remote_id for record in listing.records}) == (
        450 if moves == 1 else len(listing.records) - 1
    )


def test_a_count_that_grows_for_ever_ends(lexicon):
    count = [400]

    def answer(url):
        count[0] += 1
        start = int(url.rsplit("=", 1)[1])
        return found([] if "rows=0" in url else [package(start + n) for n in range(200)], count[0])

    listing, asked = walk(SOURCE, lexicon, answer)
    assert listing.complete is False
    assert len(asked) <= 10


def test_fewer_than_counted_is_incomplete(lexicon):
    listing, _ = walk(SOURCE, lexicon, portal(PACKAGES, count=451))
    assert (listing.complete, len(listing.records)) == (False, 450)


def test_a_filter_that_is_ignored_fails_at_once(lexicon):
    listing, asked = walk(SOURCE, lexicon, portal([package(1), package(2, organization={"name": "t131024"})]))
    assert (listing.fault, listing.records, len(asked)) == ("bad_answer", (), 1)


def test_a_stranger_on_a_later_page_is_refused(lexicon):
    packages = [*PACKAGES, package(999, organization={"name": "t131024"})]
    listing, _ = walk(SOURCE, lexicon, portal(packages))
    assert listing.complete
    assert [(refusal.reason, refusal.found) for refusal in listing.refusals] == [("foreign", "t131024")]


@pytest.mark.parametrize(
    "body",
    [
        b'{"success": false, "error": {"message": "x"}}',
        b'{"success": true, "result": {"count": true, "results": []}}',
        b'{"success": true, "result": {"count": "1", "results": []}}',
        b'{"success": true, "result": {"count": 1}}',
        b'{"success": true, "result": {"count": 1, "results": [1]}}',
        b'{"success": true, "result": []}',
        b"[]",
        b"5",
        b'{"success": "\x81"}',  # no encoding fits
        b'{"success": true, "result": {"count": NaN, "results": []}}',
        b"[" * 100_000,
        b"[" * 70 + b"]" * 70,
        b'{"success": true, "result": {"count": ' + b"9" * 10_000 + b', "results": []}}',
    ],
)
def test_what_is_no_answer_of_ckan(lexicon, body):
    listing, _ = walk(SOURCE, lexicon, lambda url: body)
    assert (listing.fault, listing.complete) == ("bad_answer", False)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp932"])
def test_encodings(lexicon, encoding):
    text = json.dumps(json.loads(found([package(1, title="病院")], 1)), ensure_ascii=False)
    listing, _ = walk(SOURCE, lexicon, lambda url: text.encode(encoding))
    assert listing.records[0].title == "病院"


def test_a_package_in_our_words(lexicon):
    record = one(lexicon, url="https://www.city.sakura.example/aed.html", maintainer="保育課")
    assert record.name == "t131016d0000000001"
    assert (record.licence, record.licence_text) == ("CC BY 4.0", "クリエイティブ・コモンズ 表示（CC BY）")
    assert (record.frequency, record.frequency_text) == ("ANNUAL", "年１回（３月頃）")
    assert (record.tags, record.groups) == (("推奨データセット",), ("医療・福祉",))
    assert record.landing == "https://www.city.sakura.example/aed.html"
    assert record.publisher_name == "保育課"
    assert record.organization == "t131016"
    assert record.files[0].modified == "2021-05-11T15:00:00Z"


def test_dates_are_those_of_the_files(lexicon):
    files = [
        resource("https://a.example/1.csv", last_modified="2021-05-11T15:00:00"),
        resource("https://a.example/2.csv", last_modified=None, created="2023-01-01T00:00:00"),
    ]
    assert one(lexicon, resources=files).modified == "2023-01-01T00:00:00Z"
    assert one(lexicon, resources=[]).modified is None


def test_rewritten_dates_and_counters_are_no_change(lexicon):
    from ckanext.jichitai.core.catalog.record import digest

    assert digest(one(lexicon)) == digest(
        one(lexicon, metadata_modified="2026-11-01T00:00:00", tracking_summary={"total": 9})
    )


def test_no_landing_page_means_the_portals_own(lexicon):
    assert one(lexicon).landing == "https://data.sakura.example/dataset/t131016d0000000001"


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("/files/一覧 1.csv", "https://data.sakura.example/files/%E4%B8%80%E8%A6%A7%201.csv"),
        ("https://me:pw@a.example/x.csv", "https://a.example/x.csv"),
        ("http://bsvcms01/x.csv", ""),
        ("javascript:alert(1)", ""),
    ],
)
def test_odd_addresses(lexicon, url, kept):
    record = one(lexicon, resources=[resource(url)])
    assert record.files[0].url == kept
    assert record.notices == (() if kept else ("link_internal",))
    assert kept or url in record.files[0].description


def test_text_that_cannot_be_stored(lexicon):
    record = one(lexicon, title="表\x00\ud800", notes="<script>alert(1)</script>")
    assert (record.title, record.notices) == ("表", ("text_washed",))
    assert record.notes == "<script>alert(1)</script>"  # shown as text: cleaning is the page's


def test_what_is_missing_stays_empty(lexicon):
    listing, _ = walk(SOURCE, lexicon, portal([{"id": "1", "organization": {"name": "t131016"}}]))
    assert listing.records[0].title == ""
    assert listing.records[0].licence is None


def test_a_silent_licence_is_that_of_the_source(lexicon):
    source = msgspec.structs.replace(SOURCE, licence="CC0 1.0")
    silent = package(1, license_id=None, license_title=None, license_url=None)
    assert walk(source, lexicon, portal([silent]))[0].records[0].licence == "CC0 1.0"
    assert walk(source, lexicon, portal([package(1)]))[0].records[0].licence == "CC BY 4.0"


def test_one_by_one():
    assert ckan.one(SOURCE, "a b").url == "https://data.sakura.example/api/3/action/package_show?id=a+b"
