"""Forms of a report: the corrected and the marked file as other programs open them."""

import csv
import io

import openpyxl
import polars as pl
import pytest

from ckanext.jichitai.core import examine
from ckanext.jichitai.core.check.values import Examined, Told
from ckanext.jichitai.core.definitions.load import load
from ckanext.jichitai.core.definitions.model import Item, RuleBook
from ckanext.jichitai.core.definitions.sample import sample
from ckanext.jichitai.core.export import REPORTS

CODE = "131016"


@pytest.fixture(scope="module")
def book() -> RuleBook:
    return load()


@pytest.fixture(scope="module")
def item(book: RuleBook) -> Item:
    return next(iter(book.items.values()))


@pytest.fixture(scope="module")
def done(book: RuleBook, item: Item) -> Examined:
    """Eight rows under a title; a phone in full width, one without area code, a formula, a row too long."""
    phone = next(column.name for column in item.columns if column.type == "phone")
    frame = sample(item, book, book.municipalities[CODE], 8, 2).with_columns(pl.lit("=1+1").alias("独自"))
    phones = ["０３－３２１１－４１１１", "3211-4111", *frame[phone].to_list()[2:]]
    lines = frame.with_columns(pl.Series(phone, phones)).select(frame.columns[::-1]).write_csv().splitlines()
    lines[5] += ",余り"
    text = "\n".join(["公共の施設", *lines]) + "\n"
    return examine(
        "x.csv", text.encode("cp932"), book, Told(item=item.id, municipality=CODE, date="2026-08-01")
    )


def test_the_corrected_file_has_every_row_once_in_canonical_order(
    done: Examined, book: RuleBook, item: Item
) -> None:
    data = REPORTS["fixed"].render(done, book, "csv")
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    names = [column.name for column in item.columns]
    known = [label for label in rows[0] if label in names]
    assert known == sorted(known, key=names.index)
    assert rows[0][len(known)] == "独自"
    assert len(rows) == 9
    assert rows[5][-1] == "余り"
    phone = rows[0].index(next(column.name for column in item.columns if column.type == "phone"))
    assert [row[phone] for row in rows[1:3]] == ["03-3211-4111", "3211-4111"]


def test_every_cell_of_the_corrected_workbook_is_text(done: Examined, book: RuleBook) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(REPORTS["fixed"].render(done, book, "xlsx"))).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert {cell.number_format for cell in cells} == {"@"}


def test_the_marked_workbook_keeps_places(done: Examined, book: RuleBook) -> None:
    whole = openpyxl.load_workbook(io.BytesIO(REPORTS["marked"].render(done, book)))
    data, listed = whole.worksheets[0], whole.worksheets[1]
    assert data["A1"].value == "公共の施設"
    assert data["A2"].value == "独自"
    assert (data["A3"].value, data["A3"].data_type) == ("=1+1", "s")
    assert data.max_row == 10
    issue = next(one for one in done.report.issues if one.code == "phone_no_area_code")
    cell = data[str(issue.examples[0].cell)]
    assert cell.value == "3211-4111"
    assert cell.comment is not None
    assert "市外局番" in cell.comment.text
    assert "area code" in cell.comment.text
    assert listed.max_row == done.findings.height + 1
    assert any(row[0].hyperlink for row in listed.iter_rows(min_row=2))


def test_findings_name_every_cell(done: Examined, book: RuleBook) -> None:
    text = b"".join(REPORTS["findings"].render(done, book)).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == done.findings.height
    assert all(row["message_ja"] and row["remedy_en"] for row in rows)
    assert not any(row["found"].startswith("=") for row in rows)


def test_same_bytes(done: Examined, book: RuleBook) -> None:
    for form in ("fixed", "marked"):
        assert REPORTS[form].render(done, book) == REPORTS[form].render(done, book)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_page_needs_nothing_else(lang: str, done: Examined, book: RuleBook) -> None:
    page = REPORTS["html"].render(done.report, book, lang)
    assert f'<html lang="{lang}">' in page
    assert "<script" not in page
    assert "src=" not in page
