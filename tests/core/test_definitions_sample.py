"""Made-up rows: clean, inside the municipality, and the same each time."""

import polars as pl
import pytest

from ckanext.jichitai.core import examine
from ckanext.jichitai.core.check.values import Told
from ckanext.jichitai.core.definitions.load import load
from ckanext.jichitai.core.definitions.model import RuleBook
from ckanext.jichitai.core.definitions.resolve import value_type
from ckanext.jichitai.core.definitions.sample import sample
from ckanext.jichitai.core.rules import load_outlines

BOOK = load()
# A ward, a city, an island of one village, the farthest, and Tokyo itself.
TOWNS = ("131016", "132012", "133621", "134210", "130001")


@pytest.fixture(scope="module")
def book() -> RuleBook:
    return BOOK


@pytest.mark.parametrize("name", BOOK.items)
def test_the_check_finds_nothing(book: RuleBook, name: str) -> None:
    item = book.items[name]
    for code in TOWNS:
        rows = sample(item, book, book.municipalities[code], 12, 7)
        data = rows.write_csv().encode("utf-8-sig")
        report = examine(f"{code}_{name}.csv", data, book, Told(municipality=code, date="2026-01-01")).report
        assert [(issue.code, issue.column) for issue in report.issues] == []
        assert report.verdict == "valid"
        assert report.item is not None
        assert report.item.id == name


@pytest.mark.parametrize("name", BOOK.items)
def test_every_cell_is_canonical(book: RuleBook, name: str) -> None:
    item = book.items[name]
    rows = sample(item, book, book.municipalities["131016"], 30, 3)
    for column in rows.columns:
        kind = value_type(item.column(column), book)
        for text in rows[column].drop_nulls().unique():
            reading = kind.parse(text)
            assert (reading.how, reading.value, reading.code) == ("kept", text, None), (column, text)


def test_the_same_arguments_give_the_same_rows(book: RuleBook) -> None:
    item, town = next(iter(book.items.values())), book.municipalities["131016"]
    assert sample(item, book, town, 9, 1).equals(sample(item, book, town, 9, 1))
    assert not sample(item, book, town, 9, 1).equals(sample(item, book, town, 9, 2))
    assert not sample(item, book, town, 9, 1).equals(sample(item, book, book.municipalities["131024"], 9, 1))


@pytest.mark.parametrize("code", TOWNS)
def test_places_lie_on_the_municipality_s_land(book: RuleBook, code: str) -> None:
    item = next(item for item in book.items.values() if item.position)
    latitude, longitude = item.position or ("", "")
    rows = sample(item, book, book.municipalities[code], 40, 5)
    x = rows[longitude].cast(pl.Float64).to_numpy()
    y = rows[latitude].cast(pl.Float64).to_numpy()
    assert load_outlines().holds(code, x, y).all()
    assert rows.select(latitude, longitude).n_unique() == 40


def test_a_municipality_without_an_outline_has_places_near_its_office(book: RuleBook) -> None:
    import msgspec

    town = msgspec.structs.replace(
        book.municipalities["131016"], code="012025", latitude=41.7687, longitude=140.7288
    )
    item = next(item for item in book.items.values() if item.position)
    rows = sample(item, book, town, 5, 5)
    assert all(abs(float(text) - 41.7687) < 0.05 for text in rows[(item.position or ("",))[0]])


def test_no_phone_mail_or_page_of_anybody(book: RuleBook) -> None:
    for item in book.items.values():
        rows = sample(item, book, book.municipalities["131016"], 5, 5)
        for column in item.columns:
            if column.name in rows.columns and column.type in ("phone", "email", "url"):
                cells = rows[column.name].drop_nulls()
                assert all(".example." in cell or cell.startswith("03-9999-") for cell in cells)
