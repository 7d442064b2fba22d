"""One fault planted in a clean table is found at its place, by its code, and nowhere else.

Every column of every item that can hold the fault takes it in turn; mended safely, the table is clean again.
"""

from collections.abc import Callable, Iterator

import polars as pl
import pytest

from ckanext.jichitai.core import examine
from ckanext.jichitai.core.check.values import Examined, Told
from ckanext.jichitai.core.definitions.load import load
from ckanext.jichitai.core.definitions.model import Column, Item
from ckanext.jichitai.core.definitions.sample import sample
from ckanext.jichitai.core.export import fixed

BOOK = load()
TOWN, DAY = "131016", "2026-08-01"
LINE = 4  # of the file; the header is line 1
Spoil = Callable[[str], str]


def wide(text: str) -> str:
    """ASCII in full width."""
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)


# Name → type of the columns, what is done to the cell, codes of which one must be found, whether it is mended safely.
OPERATORS: dict[str, tuple[str, Spoil, tuple[str, ...], bool]] = {
    "a day as Japanese writes it": (
        "date",
        lambda text: "{}年{}月{}日".format(*map(int, text.split("-"))),
        ("value_form",),
        True,
    ),
    "a day without its year": ("date", lambda text: "1月7日", ("date_no_year",), False),
    "no day at all": ("date", lambda text: "そのうち", ("value_refused",), False),
    "a number in full width": ("integer", wide, ("number_as_text",), True),
    "a number with its unit": ("integer", lambda text: f"{text}人", ("unit_in_cell",), True),
    "words for a number": ("integer", lambda text: "たくさん", ("value_refused",), False),
    "a number gone to an exponent": (
        "corporate_number",
        lambda text: "1.23457E+12",
        ("value_destroyed",),
        False,
    ),
    "a corporate number mistyped": (
        "corporate_number",
        lambda text: str((int(text[0]) + 1) % 10) + text[1:],
        ("check_digit_wrong",),
        False,
    ),
    "a phone number in full width": ("phone", wide, ("value_form",), True),
    "a phone number without its area code": ("phone", lambda text: "45-1234", ("phone_no_area_code",), False),
    "a postcode with its sign": ("postcode", lambda text: f"〒{text[:3]}-{text[3:]}", ("value_form",), True),
    "a time as it is spoken": ("time", lambda text: "午後5時", ("value_form", "order_wrong"), True),
    "no time": ("time", lambda text: "日没まで", ("value_refused",), False),
    "an address without its scheme": ("url", lambda text: text.partition("://")[2], ("value_likely",), False),
    "a mail address made safe": ("email", lambda text: text.replace("@", "★"), ("value_refused",), False),
    "kana in half width": ("kana", lambda text: "ﾃｽﾄ", ("value_form",), True),
    "an answer that is none": ("yes_no", lambda text: "いつか気が向いたら", ("value_refused",), False),
    "degrees, minutes, seconds": ("latitude", lambda text: "35°41'22.5\"N", ("coordinates_form",), True),
    "nothing but 0": ("latitude", lambda text: "0", ("coordinates_missing", "value_refused"), False),
}


def planted() -> Iterator[tuple[str, str, str]]:
    """Operator, item, column: the first column of the type in each item that has one."""
    for name, (kind, *_) in OPERATORS.items():
        for item in BOOK.items.values():
            frame = clean(item)
            column = next((c for c in item.columns if c.type == kind and filled(c, frame)), None)
            if column is not None:
                yield name, item.id, column.name


def filled(column: Column, frame: pl.DataFrame) -> bool:
    return column.name in frame.columns and frame[column.name][LINE - 2] is not None


def clean(item: Item) -> pl.DataFrame:
    return sample(item, BOOK, BOOK.municipalities[TOWN], 6, 3)


def check(data: bytes, item: Item) -> Examined:
    return examine("t.csv", data, BOOK, Told(item=item.id, municipality=TOWN, date=DAY))


@pytest.mark.parametrize(("operator", "name", "column"), list(planted()))
def test_one_fault(operator: str, name: str, column: str) -> None:
    _, spoil, codes, safe = OPERATORS[operator]
    item, frame = BOOK.items[name], clean(BOOK.items[name])
    spoiled = spoil(frame[column][LINE - 2])
    here = pl.int_range(pl.len()) == LINE - 2
    done = check(
        frame.with_columns(pl.when(here).then(pl.lit(spoiled)).otherwise(column).alias(column))
        .write_csv()
        .encode(),
        item,
    )
    found = done.findings.select("line", "column", "code").rows()
    assert any(line == LINE and code in codes for line, _, code in found), found
    # Rules may add what follows from the fault in the same row; no other row is touched.
    assert {line for line, _, _ in found} == {LINE}
    assert sum(1 for _, where, _ in found if where == column) >= 1
    if safe:
        mended = fixed.render(done, BOOK, "csv")
        assert mended is not None
        again = check(mended, item)
        assert not again.findings.filter(pl.col("confidence") == "safe").height
        assert again.report.rows.repaired == 0
