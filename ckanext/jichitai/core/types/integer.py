"""A whole number in half-width digits.

Mended: ３０, 1,200, 30人, 12.0. Likely: 約30, 30人以上, 15人（先着順）, △5 (a minus in Japanese tables).
Not stated: a dash, an asterisk (symbol_in_numbers). Not valid: 30～40, 12.5, 1.2E+5.
Source: definition sheet A, common rules.
"""

from ..issues.code import Code
from .absent import is_absent
from .base import Reading, ValueType, absent, kept, likely, mended, refused
from .noted import noted
from .number import fault, plain, read_number

CANONICAL = "0|-?[1-9][0-9]*"


def parse(text: str) -> Reading:
    """Read one folded cell that is not empty. Total: any text gives a Reading."""
    number = read_number(text)
    if number is None:
        return noted(plain(text), parse) or no_number(text)
    if not number.whole:
        return refused()
    value = number.value.partition(".")[0]
    if not number.sure:
        return likely(value, number.code)
    return kept(value) if value == text else mended(value, number.code)


def no_number(text: str) -> Reading:
    """What a cell of a numeric column says that holds no number."""
    code = fault(text)
    if code is Code.SYMBOL_IN_NUMBERS:
        return Reading(None, "absent", code)
    return absent() if is_absent(text) else refused(code)


INTEGER = ValueType(
    "integer",
    CANONICAL,
    parse,
    table_schema="integer",
    datastore="bigint",
    examples={
        "30": kept("30"),
        "-1": kept("-1"),
        "３０": mended("30", Code.NUMBER_AS_TEXT),
        "1,200": mended("1200"),
        "30人": mended("30", Code.UNIT_IN_CELL),
        "12.0": mended("12"),
        "約30": likely("30"),
        "30人以上": likely("30", Code.UNIT_IN_CELL),
        "15人（先着順）": likely("15", Code.SEVERAL_VALUES, "先着順"),
        "△5": likely("-5", Code.SYMBOL_IN_NUMBERS),
        "30～40": refused(Code.SEVERAL_VALUES),
        "1.2E+5": refused(Code.VALUE_DESTROYED),
        "12.5": refused(),
        "多数": refused(),
        "-": Reading(None, "absent", Code.SYMBOL_IN_NUMBERS),
        "*": Reading(None, "absent", Code.SYMBOL_IN_NUMBERS),
        "不明": absent(),
    },
)
