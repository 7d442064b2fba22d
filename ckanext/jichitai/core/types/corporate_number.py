"""A corporate number: thirteen digits, the first a check digit.

Mended: blanks, hyphens, full width. Likely: the leading T of an invoice number.
Not valid: a wrong check digit; 1.23457E+12, whose digits are gone.
Check digit: 9 − (sum mod 9), weights 1, 2, 1 … from the right over the last twelve. Source: 国税庁.
"""

import re

from ..fold import dashes, half
from ..issues.code import Code
from .absent import is_absent
from .base import Reading, ValueType, absent, kept, likely, mended, refused

_EXPONENT = re.compile(r"[0-9](?:\.[0-9]+)?[Ee]\+?[0-9]+|#{3,}")


def check_digit(twelve: str) -> str:
    """The first digit of a number whose last twelve are given."""
    total = sum(int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(twelve)))
    return str(9 - total % 9)


def parse(text: str) -> Reading:
    """Read one folded cell that is not empty. Total: any text gives a Reading."""
    if is_absent(text):
        return absent()
    cell = dashes(half(text))
    if _EXPONENT.fullmatch(cell):
        return refused(Code.VALUE_DESTROYED)
    digits = re.sub("[ -]|\\.0$", "", cell)
    invoice = digits[:1] in ("T", "t")
    digits = digits[1:] if invoice else digits
    if not re.fullmatch("[0-9]{13}", digits):
        return refused()
    if digits[0] != check_digit(digits[1:]):
        return refused(Code.CHECK_DIGIT_WRONG)
    if invoice:
        return likely(digits)
    return kept(digits) if digits == text else mended(digits)


CORPORATE_NUMBER = ValueType(
    "corporate_number",
    None,
    parse,
    examples={
        "8000020130001": kept("8000020130001"),
        "8-0000-2013-0001": mended("8000020130001"),
        "８０００ ０２０１ ３０００１": mended("8000020130001"),
        "T8000020130001": likely("8000020130001"),
        "8000020130002": refused(Code.CHECK_DIGIT_WRONG),
        "1.23457E+12": refused(Code.VALUE_DESTROYED),
        "800002013000": refused(),
        "なし": absent(),
    },
)
