"""Files listed by an operator: the key is the identity, addresses may move."""

from walking import walk

from ckanext.jichitai.core.catalog.kinds import files
from ckanext.jichitai.core.catalog.record import dataset_id
from ckanext.jichitai.core.catalog.values import ListedFile, Request, Source


def source(url):
    return Source(
        "s",
        "131016",
        "files",
        "https://www.city.sakura.example/open/",
        files=(ListedFile("aed", url, "AED", "x", "CC0 1.0"),),
    )


def test_the_row_is_the_record(lexicon):
    listing, asked = walk(source("../aed.csv"), lexicon, None)
    (record,) = listing.records
    assert (listing.complete, asked) == (True, [])
    assert (record.remote_id, record.title, record.item, record.licence) == ("aed", "AED", "x", "CC0 1.0")
    assert (record.files[0].url, record.files[0].format) == ("https://www.city.sakura.example/aed.csv", "CSV")
    assert record.landing == "https://www.city.sakura.example/open/"


def test_an_address_that_moves_keeps_dataset_and_file(lexicon):
    one, two = (walk(source(url), lexicon, None)[0].records[0] for url in ("a.csv", "b.csv"))
    assert dataset_id("s", one.remote_id) == dataset_id("s", two.remote_id)
    assert one.files[0].id == two.files[0].id


def test_no_rows_is_an_empty_list(lexicon):
    listing, _ = walk(Source("s", "131016", "files"), lexicon, None)
    assert (listing.complete, listing.records) == (True, ())


def test_there_is_nothing_smaller():
    assert files.smaller(Request("https://a.example/")) is None
