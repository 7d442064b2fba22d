"""A page of links: what counts as a dataset, how far links are followed, what ends the reading."""

from walking import recorded, walk

from ckanext.jichitai.core.catalog.guard import guard
from ckanext.jichitai.core.catalog.plan import plan
from ckanext.jichitai.core.catalog.planned import Present
from ckanext.jichitai.core.catalog.record import digest
from ckanext.jichitai.core.catalog.values import Listing, Source

ROOT = "https://www.city.sakura.example/open/"
SOURCE = Source("sakura-shi-web", "131016", "html_links", ROOT, licence="CC BY 4.0", selector="main")
PAGES = {ROOT: "open.html", f"{ROOT}bosai/index.html": "bosai.html"}


def answer(url):
    return recorded(f"html_links/{PAGES[url]}")


def test_files_in_the_selected_part_are_datasets_one_level_deep(lexicon):
    listing, asked = walk(SOURCE, lexicon, answer)
    assert asked == list(PAGES)
    assert [(record.title, record.files[0].url, record.files[0].format) for record in listing.records] == [
        ("AED設置箇所一覧（CSV）", f"{ROOT}files/131016_aed.csv", "CSV"),
        (
            "公衆トイレ一覧（Excel）",
            f"{ROOT}files/%E5%85%AC%E8%A1%86%20%E3%83%88%E3%82%A4%E3%83%AC.xlsx",
            "XLSX",
        ),
        ("外部の図書館一覧", "https://other.example/outside.csv", "CSV"),
        ("防災のデータ | 桜区 CSV", f"{ROOT}bosai/shelters.csv", "CSV"),
    ]
    assert {record.licence for record in listing.records} == {"CC BY 4.0"}
    assert listing.records[3].landing == f"{ROOT}bosai/index.html"


def test_without_a_selector_the_whole_page_counts(lexicon):
    whole = Source("s", "131016", "html_links", ROOT)
    listing, _ = walk(whole, lexicon, answer)
    assert "https://www.city.sakura.example/files/nav.csv" in {r.remote_id for r in listing.records}


def test_a_page_that_fails_leaves_the_listing_open(lexicon):
    listing, _ = walk(SOURCE, lexicon, lambda url: answer(url) if url == ROOT else "http_error")
    assert (len(listing.records), listing.complete, listing.fault) == (3, False, "incomplete")


def test_two_hundred_links_are_enough(lexicon):
    links = "".join(f'<a href="{number}.csv">表の{number}番目</a>' for number in range(300))
    body = f"<!doctype html><main>{links}</main>".encode()
    listing, asked = walk(SOURCE, lexicon, lambda url: (body, "text/html"))
    assert (len(listing.records), len(asked), listing.complete) == (200, 1, False)


def test_a_page_in_cp932_is_read(lexicon):
    body = '<html><main><a href="a.csv">公衆便所の一覧表</a></main></html>'.encode("cp932")
    listing, _ = walk(SOURCE, lexicon, lambda url: (body, "text/html"))
    assert listing.records[0].title == "公衆便所の一覧表"


def test_no_file_is_withdrawn_without_a_person(lexicon):
    listing, _ = walk(SOURCE, lexicon, answer)
    rows = [
        Present(record.remote_id, f"d{number}", f"n{number}", record.title, "live", digest(record))
        for number, record in enumerate(listing.records)
    ]
    fewer = Listing(SOURCE.id, listing.records[1:], complete=True)
    made = guard(plan(rows, fewer, SOURCE, "2026-11-24T00:00:00Z"), SOURCE)
    assert made.holds == ("links",)
    assert [(entry.action, entry.held) for entry in made.entries if entry.action != "keep"] == [
        ("withdraw", "links")
    ]
