"""What goes wrong between a clean table and a published file, by type of column, never by its label.

Shares are those met in real municipal files: most files have something, few have much.
"""

import random
import re
from collections.abc import Callable

import polars as pl

from ckanext.jichitai.core.definitions.model import Column, Item

WIDE = str.maketrans("0123456789-()", "０１２３４５６７８９－（）")
# A second change leaves alone what a first one has already rewritten.
DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
ERA = ((2019, "R"), (1989, "H"), (1926, "S"))

Change = Callable[[str], str]


def soil(table: pl.DataFrame, item: Item, dice: random.Random) -> pl.DataFrame:
    """The table with this file's dirt; the same dice, the same dirt."""
    for types, share, rows, change in CHANGES:
        columns = [column for column in item.columns if column.type in types and column.name in table.columns]
        if columns and dice.random() < share:
            for column in columns:
                table = _change(table, column, rows, change, dice)
    if item.position and set(item.position) <= set(table.columns):
        table = _positions(table, item.position, dice)
    if dice.random() < 0.1:
        table = _blank(table, item, dice)
    if table.height > 3 and dice.random() < 0.05:
        table = pl.concat([table, table.slice(table.height // 2, 1)])
    return table


def _wide(text: str) -> str:
    return text.translate(WIDE)


def _era(text: str) -> str:
    if not DAY.fullmatch(text):
        return text
    year, month, day = (int(part) for part in text.split("-"))
    for first, letter in ERA:
        if year >= first:
            return f"{letter}{year - first + 1}.{month}.{day}"
    return text


def _slashes(text: str) -> str:
    if not DAY.fullmatch(text):
        return text
    year, month, day = text.split("-")
    return f"{year}/{int(month)}/{int(day)}"


def _short_clock(text: str) -> str:
    return text.lstrip("0") if not text.startswith("00") else text


def _circle(text: str) -> str:
    return {"有": "○", "無": "×"}.get(text, text)


def _no_area(text: str) -> str:
    return text.split("-", 1)[1] if text.count("-") == 2 else text


def _exponent(text: str) -> str:
    return f"{float(text):.5E}" if text.isascii() and text.isdigit() else text


def _five(text: str) -> str:
    return text[:5]


def _people(text: str) -> str:
    return f"{text}人" if text.isascii() and text.isdigit() else text


def _thousands(text: str) -> str:
    return f"{int(text):,}" if text.isascii() and text.isdigit() else text


# (types, share of files, share of rows in such a file, change)
CHANGES: tuple[tuple[set[str], float, float, Change], ...] = (
    ({"phone"}, 0.20, 0.3, _wide),
    ({"phone"}, 0.05, 0.5, _no_area),
    ({"date"}, 0.20, 1.0, _slashes),
    ({"date"}, 0.10, 1.0, _era),
    ({"time"}, 0.30, 1.0, _short_clock),
    ({"yes_no"}, 0.20, 1.0, _circle),
    ({"area_code"}, 0.10, 1.0, _five),
    ({"corporate_number"}, 0.04, 1.0, _exponent),
    ({"integer"}, 0.08, 0.6, _thousands),
    ({"integer"}, 0.04, 0.4, _people),
    ({"postcode"}, 0.15, 0.5, _wide),
)


def _change(
    table: pl.DataFrame, column: Column, share: float, change: Change, dice: random.Random
) -> pl.DataFrame:
    values = table[column.name].to_list()
    changed = [change(text) if text and dice.random() < share else text for text in values]
    return table.with_columns(pl.Series(column.name, changed, pl.String))


def _positions(table: pl.DataFrame, position: tuple[str, str], dice: random.Random) -> pl.DataFrame:
    latitude, longitude = position
    chance = dice.random()
    if chance < 0.02:  # the two columns exchanged in the whole file
        return table.with_columns(pl.col(longitude).alias(latitude), pl.col(latitude).alias(longitude))
    if chance < 0.17:  # some rows without a point
        keep = [dice.random() > 0.2 for _ in range(table.height)]
        mask = pl.Series(keep)
        return table.with_columns(pl.when(mask).then(pl.col(name)).alias(name) for name in position)
    if chance < 0.20:  # degrees, minutes, seconds
        return table.with_columns(
            pl.Series(name, [_dms(text) for text in table[name]], pl.String) for name in position
        )
    return table


def _dms(text: str | None) -> str | None:
    if not text:
        return text
    seconds = round(float(text) * 3600, 1)
    return f"{int(seconds // 3600)}°{int(seconds % 3600 // 60):02d}'{seconds % 60:04.1f}\""


def _blank(table: pl.DataFrame, item: Item, dice: random.Random) -> pl.DataFrame:
    """A few blanks in a column that should be filled."""
    wanted = [c.name for c in item.columns if c.need.level == "required" and c.name in table.columns]
    if not wanted:
        return table
    name = dice.choice(wanted)
    values = [None if dice.random() < 0.05 else text for text in table[name]]
    return table.with_columns(pl.Series(name, values, pl.String))
