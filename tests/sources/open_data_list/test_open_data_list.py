"""A list of open data: datasets out of rows, by the item's own definition."""

import pytest
from walking import recorded, walk

from ckanext.jichitai.core.catalog.plan import plan
from ckanext.jichitai.core.catalog.values import Source

SOURCE = Source(
    "s", "131016", "open_data_list", "https://www.city.sakura.example/131016_list.csv", licence="CC0 1.0"
)


@pytest.fixture(scope="module")
def listing(lexicon):
    return walk(SOURCE, lexicon, lambda url: recorded("open_data_list/131016_list.csv"))[0]


def test_rows_of_one_id_are_one_dataset(listing):
    aed = next(record for record in listing.records if record.remote_id == "D-1")
    assert [file.format for file in aed.files] == ["CSV", "XLSX"]
    assert (aed.title, aed.notes, aed.tags) == ("AED設置箇所一覧", "市内のAED", ("AED", "救命"))
    assert (aed.frequency, aed.licence, aed.municipality) == ("ANNUAL", "CC BY 4.0", "131016")
    assert (aed.modified, aed.landing) == ("2026-03-31T15:00:00Z", "https://www.city.sakura.example/aed.html")
    assert aed.standards == ("自治体標準オープンデータセット",)
    assert aed.files[0].size == 1024


def test_without_an_id_title_and_page_are_the_key(listing):
    toilet = next(record for record in listing.records if record.title == "公衆トイレ一覧")
    assert (len(toilet.remote_id), toilet.name, toilet.municipality, toilet.licence) == (
        32,
        "",
        None,
        "CC0 1.0",
    )


def test_another_bodys_rows_are_foreign(listing):
    made = plan([], listing, SOURCE, "2026-11-24T00:00:00+00:00")
    assert [entry.action for entry in made.entries] == ["create", "create"]
    assert [(refusal.reason, refusal.found) for refusal in made.refusals] == [("foreign", "131024")]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp932", "utf-16"])
def test_encodings(lexicon, listing, encoding):
    text = recorded("open_data_list/131016_list.csv")[0].decode()
    found, _ = walk(SOURCE, lexicon, lambda url: text.encode(encoding))
    assert {record.title for record in found.records} == {record.title for record in listing.records}


def test_former_headings(lexicon):
    text = (
        "都道府県コード又は市区町村コード,NO,都道府県名,市区町村名,データ名称,データ概要,データ形式,分類,更新頻度,URL,ライセンス,最終更新日\n"
        "131016,1,東京都,千代田区,AED設置箇所一覧,市内のAED,CSV,その他,年1回,https://www.city.sakura.example/aed.csv,CC BY 4.0,2020-04-01\n"
    )
    found, _ = walk(SOURCE, lexicon, lambda url: text.encode())
    assert [(record.remote_id, record.title, len(record.files)) for record in found.records] == [
        ("1", "AED設置箇所一覧", 1)
    ]


def test_rows_without_a_usable_link(lexicon):
    text = (
        "データセット_ID,データセット_タイトル,ファイル_タイトル,ファイル_ダウンロードURL,ファイル形式\n"
        "1,予定のもの,,,\n"
        "2,内部のもの,表,http://bsvcms01/x.csv,CSV\n"
    )
    found, _ = walk(SOURCE, lexicon, lambda url: text.encode())
    assert {record.title: [file.url for file in record.files] for record in found.records} == {
        "予定のもの": [],
        "内部のもの": [""],
    }
