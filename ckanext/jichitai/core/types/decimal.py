"""A number with a plain point, in the unit of its column.

Mended: full width, 1,200.5, 30.5m, .5. Likely: 約30.5. Not valid: 2.5～3.0, 1.2E+5.
Source: definition sheet A, common rules.
"""

from ..issues.code import Code
from .base import Reading, ValueType, absent, kept, likely, mended, refused
from .integer import no_number
from .noted import noted
from .number import plain, read_number

CANONICAL = r"0|-?[1-9][0-9]*(?:\.[0-9]+)?|0\.[0-9]+"


def parse(text: str) -> Reading:
    """Read one folded cell that is not empty. Total: any text gives a Reading."""
    number = read_number(text)
    if number is None:
        return noted(plain(text), parse) or no_number(text)
    if not number.sure:
        return likely(number.value, number.code)
    return kept(number.value) if number.value == text else mended(number.value, number.code)


DECIMAL = ValueType(
    "decimal",
    CANONICAL,
    parse,
    table_schema="number",
    datastore="numeric",
    examples={
        "30.5": kept("30.5"),
        "-0.25": kept("-0.25"),
        "30": kept("30"),
        "30.5m": mended("30.5", Code.UNIT_IN_CELL),
        "１，２００．５": mended("1200.5", Code.NUMBER_AS_TEXT),
        ".5": mended("0.5"),
        "約2.5": likely("2.5"),
        "2.5～3.0": refused(Code.SEVERAL_VALUES),
        "1.2E+5": refused(Code.VALUE_DESTROYED),
        "…": Reading(None, "absent", Code.SYMBOL_IN_NUMBERS),
        "未定": absent(),
    },
)
