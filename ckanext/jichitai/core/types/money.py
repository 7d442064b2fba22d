"""An amount in yen, digits alone.

Mended: 1,000円, ￥1,000, full width, 1万円. Likely: 無料 (0), 約500円.
Ask: tiers (大人200円 小人100円), which belong into the column for details. Not valid: prose.
Source: definition sheet A, common rules.
"""

import re

from ..issues.code import Code
from .base import Reading, ValueType, absent, ask, kept, likely, mended, refused
from .integer import no_number
from .noted import noted
from .number import plain, read_number

CANONICAL = "0|[1-9][0-9]*"
YEN = re.compile(r"(?:[¥\\]|金) ?(.+?)(?:円|-)?|(.+?)円-?")
MYRIAD = re.compile(r"([0-9]{1,6})万(?:([0-9]{1,4})|([0-9],[0-9]{3}))?円?")
FREE = frozenset({"無料", "無償", "ただ", "free"})
AMOUNTS = re.compile(r"[0-9](?:[0-9,]*)\s*円")


def parse(text: str) -> Reading:
    """Read one folded cell that is not empty. Total: any text gives a Reading."""
    cell = plain(text)
    if cell.lower() in FREE:
        return likely("0")
    if found := MYRIAD.fullmatch(cell):
        rest = (found[2] or found[3] or "0").replace(",", "")
        return mended(str(int(found[1]) * 10_000 + int(rest)), Code.UNIT_IN_CELL)
    yen = YEN.fullmatch(cell)
    number = read_number(yen[1] or yen[2]) if yen else read_number(text)
    if number is None or not number.whole or number.value.startswith("-"):
        return _no_amount(text, cell)
    value, code = number.value.partition(".")[0], Code.UNIT_IN_CELL if yen else number.code
    if not number.sure:
        return likely(value, code)
    return kept(value) if value == text else mended(value, code)


def _no_amount(text: str, cell: str) -> Reading:
    if AMOUNTS.search(cell):
        return ask(Code.SEVERAL_VALUES)
    return noted(cell, parse) or no_number(text)


MONEY = ValueType(
    "money",
    CANONICAL,
    parse,
    table_schema="integer",
    datastore="bigint",
    examples={
        "1000": kept("1000"),
        "0": kept("0"),
        "1,000円": mended("1000", Code.UNIT_IN_CELL),
        "￥1,000": mended("1000", Code.UNIT_IN_CELL),
        "１，０００円": mended("1000", Code.UNIT_IN_CELL),
        "1万円": mended("10000", Code.UNIT_IN_CELL),
        "無料": likely("0"),
        "約500円": likely("500", Code.UNIT_IN_CELL),
        "無料（要整理券）": likely("0", Code.SEVERAL_VALUES, "要整理券"),
        "大人200円 小人100円": ask(Code.SEVERAL_VALUES),
        "施設にお問い合わせください": refused(),
        "1.0E+3": refused(Code.VALUE_DESTROYED),
        "未定": absent(),
    },
)
