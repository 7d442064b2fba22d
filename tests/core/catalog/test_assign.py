"""Which item a file may hold, over an invented rule book of three items."""

import pytest

from ckanext.jichitai.core.catalog.assign import assign, candidates
from ckanext.jichitai.core.catalog.values import Record, RemoteFile
from ckanext.jichitai.core.definitions.model import Edition, Item, RuleBook, Words


def item(number, slug, title, topic, topic_not=(), files=()):
    words = Words(title, slug)
    return Item(
        slug, number, f"{number:02}", words, words, words, Edition("1"), (), (), (), topic, topic_not, files
    )


BOOK = RuleBook(
    {
        made.id: made
        for made in (
            item(1, "bench", "ベンチ一覧", ("ベンチ", "腰掛け"), ("ベンチマーク",), ("{code}_bench.csv",)),
            item(2, "street_lamp", "街灯一覧", ("街灯",), (), ("{code}_street_lamp.csv",)),
            item(3, "bench_paint", "ベンチ塗装一覧", ("ベンチ塗装",)),
        )
    },
    {},
    {},
    "",
)


@pytest.mark.parametrize(
    ("titles", "tags", "names", "declared", "found"),
    [
        (["花壇"], [], [], ["street_lamp"], ("street_lamp", "declared")),
        (["花壇"], [], [], ["街灯一覧"], ("street_lamp", "declared")),
        (["花壇"], [], [], ["自治体標準オープンデータセット"], None),  # says which standard, not which item
        (["桜市のベンチ"], ["推奨データセット"], ["131016_street_lamp"], [], ("bench", "tag")),
        (
            ["桜市のベンチ"],
            [],
            ["131016_street_lamp"],
            [],
            ("street_lamp", "file"),
        ),  # a name is chosen with care
        (["花壇"], [], ["131016_street_lamp_20240401"], [], ("street_lamp", "file")),
        (["花壇"], [], ["sakura-street-lamp"], [], ("street_lamp", "file")),
        (["花壇"], [], ["131016_streat_lamp"], [], ("street_lamp", "file")),  # one letter away
        (["花壇"], [], ["131016_stret_lamp"], [], ("street_lamp", "file")),  # one letter short
        (["花壇"], [], ["131016_bench_painnt"], [], ("bench", "file")),  # a whole slug before a near one
        (["花壇"], [], ["131016_bench_paint"], [], ("bench_paint", "file")),  # the longest slug
        (["花壇"], [], ["benches"], [], None),
        (["花壇"], [], ["0012"], [], None),
        (["ﾍﾞﾝﾁ一覧"], [], ["0012"], [], ("bench", "topic")),
        (["ベンチ塗装の記録"], [], [], [], ("bench_paint", "topic")),  # the longest word
        (
            ["街灯とベンチ"],
            [],
            [],
            [],
            ("bench", "topic"),
        ),  # of equal ones the last: Japanese puts the noun there
        (["行政ベンチマーク"], [], [], [], None),
        (["花壇", "ベンチ一覧"], [], [], [], ("bench", "topic")),  # the file's title says nothing
        (["花壇"], ["推奨データセット"], [], [], None),
    ],
)
def test_first_evidence_counts(titles, tags, names, declared, found):
    made = assign(titles, tags, names, BOOK, declared)
    assert (made and (made.item, made.evidence)) == found


def test_files_that_may_be_tables():
    none = RemoteFile("n", "https://a.example/0012.csv", "花壇", format="CSV")
    assert candidates(Record("1", "x", "花壇", files=(none,)), BOOK) == {}
    urls = ("a.csv", "a.pdf", "a", "")
    files = tuple(
        RemoteFile(url, url and f"https://a.example/{url}", format=form)
        for url, form in zip(urls, ("CSV", "PDF", "", "CSV"), strict=True)
    )
    record = Record("1", "x", "ベンチ一覧", files=files)
    assert {key: found.item for key, found in candidates(record, BOOK).items()} == {
        "a.csv": "bench",
        "a": "bench",
    }


def test_each_file_for_itself():
    files = (
        RemoteFile("1", "https://a.example/1.csv", "街灯"),
        RemoteFile("2", "https://a.example/2.csv", "ベンチ"),
    )
    found = candidates(Record("1", "x", "公園にあるもの", files=files), BOOK)
    assert {key: made.item for key, made in found.items()} == {"1": "street_lamp", "2": "bench"}
