"""A 28th item is one more file: an invented one is driven from its YAML to merged table and exports."""

import io
import shutil

import polars as pl
import pytest

from ckanext.jichitai.core import consolidate, examine, load
from ckanext.jichitai.core.check.values import Told
from ckanext.jichitai.core.data import folder
from ckanext.jichitai.core.definitions.model import RuleBook
from ckanext.jichitai.core.definitions.sample import sample
from ckanext.jichitai.core.export.table_schema import table_schema
from ckanext.jichitai.core.export.template import template
from ckanext.jichitai.core.merge.values import InputFile

YAML = """\
number: 28
national: "none"
title: {ja: 給水拠点一覧, en: Water stations}
question: {ja: 断水のとき水はどこでもらえますか。, en: Where is water handed out when the supply fails?}
topic: [給水拠点, 応急給水]
files: ["{code}_water_station.csv"]
edition: {name: own}
key: [全国地方公共団体コード, ID]
identity: [名称]
position: [緯度, 経度]
columns:
  - part: managing-body
  - {name: 名称, term: name, label: {en: Name}, need: {level: required}, example: 中央公園給水拠点}
  - {name: 緯度, term: latitude, label: {en: Latitude}, type: latitude, example: "35.689500"}
  - {name: 経度, term: longitude, label: {en: Longitude}, type: longitude, example: "139.691700"}
  - {name: 給水可能量, term: waterAmount, label: {en: Amount of water}, type: integer, unit: m3, minimum: "0", example: "100"}
  - {name: 備考, term: remarks, label: {en: Remarks}, example: 災害時のみ}
"""
ID = "water_station"


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> RuleBook:
    schemas = tmp_path_factory.mktemp("schemas") / "schemas"
    shutil.copytree(folder("schemas"), schemas)
    (schemas / f"{ID}.yaml").write_text(YAML, encoding="utf-8")
    return load(schemas)


def file(book: RuleBook) -> tuple[str, bytes]:
    town = book.municipalities["131016"]
    rows = sample(book.items[ID], book, town, 20, 1)
    return f"131016_{ID}.csv", rows.write_csv().encode("utf-8-sig")


def test_it_is_one_of_28(book: RuleBook) -> None:
    assert len(book.items) == 28
    assert list(book.items)[-1] == ID


def test_a_file_is_recognised_by_its_headings_alone_and_is_valid(book: RuleBook) -> None:
    examined = examine("upload.csv", file(book)[1], book, Told(municipality="131016"))
    assert examined.report.item is not None
    assert examined.report.item.id == ID
    assert examined.report.verdict == "valid"
    assert examined.report.rows.valid == 20


def test_its_rows_are_merged_with_their_origin(book: RuleBook) -> None:
    name, data = file(book)
    examined = examine(name, data, book, Told(municipality="131016"))
    given = InputFile(
        municipality="131016",
        municipality_name="千代田区",
        dataset="d",
        resource="r",
        url="https://example.org/water.csv",
        sha256=examined.report.file.sha256,
        verdict=examined.report.verdict,
        item=ID,
        licence="CC-BY-4.0",
        rows_total=20,
        table=examined.table,
    )
    merged = consolidate(book.items[ID], book, [given], None, "2026-11-24T00:00:00Z")
    assert merged.rows.height == 20
    assert merged.rows["src_url"].unique().to_list() == ["https://example.org/water.csv"]
    assert merged.rows["row_id"].n_unique() == 20


def test_it_has_a_schema_and_a_template(book: RuleBook) -> None:
    item = book.items[ID]
    assert [field["name"] for field in table_schema(item)["fields"]] == [
        column.name for column in item.columns
    ]
    sheet = pl.read_excel(io.BytesIO(template(item, book, book.municipalities["131016"])))
    assert set(sheet.columns) >= {column.name for column in item.columns}
