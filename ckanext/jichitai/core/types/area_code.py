"""A local government's code: six digits, the last a check digit.

Mended: five digits, whose check digit is added (13101), or six whose leading 0 is gone (92011), where only
one of the two gives a code. Likely: both lost (1101). Ask: both readings give a code.
Not valid: a wrong check digit. Check digit: weights 6 5 4 3 2, last digit of 11 − (sum mod 11).
Source: 全国地方公共団体コード, 総務省; prefectures are 01 to 47.
"""

import re

from ..fold import dashes, half
from ..issues.code import Code
from .absent import is_absent
from .base import Reading, ValueType, absent, ask, kept, likely, mended, refused

_PREFECTURE = re.compile("(?:0[1-9]|[1-3][0-9]|4[0-7])[0-9]*")
_EXPONENT = re.compile(r"[0-9](?:\.[0-9]+)?[Ee]\+?[0-9]+")


def check_digit(five: str) -> str:
    """The sixth digit of a code whose first five are given."""
    total = sum(weight * int(digit) for weight, digit in zip((6, 5, 4, 3, 2), five, strict=True))
    return str(11 - total % 11)[-1]


def parse(text: str) -> Reading:
    """Read one folded cell that is not empty. Total: any text gives a Reading."""
    if is_absent(text):
        return absent()
    cell = half(text)
    if _EXPONENT.fullmatch(cell):
        return refused(Code.VALUE_DESTROYED)
    digits = re.sub("[ -]|\\.0$", "", dashes(cell))
    if not re.fullmatch("[0-9]{1,6}", digits):
        return refused()
    if len(digits) == 6:
        if not _true(digits):
            return refused(Code.CHECK_DIGIT_WRONG)
        return kept(digits) if digits == text else mended(digits)
    return _short(digits)


def _short(digits: str) -> Reading:
    if len(digits) == 5:
        readings = [code for code in (digits + check_digit(digits), "0" + digits) if _true(code)]
        if len(readings) == 2:
            return ask(Code.ZEROS_LOST)
        return (
            mended(readings[0], Code.ZEROS_LOST if digits.startswith(readings[0][1:]) else None)
            if readings
            else refused()
        )
    whole = {4: "0" + digits, 2: digits + "000"}.get(len(digits), "")
    code = whole + check_digit(whole) if whole else ""
    return likely(code, Code.ZEROS_LOST if len(digits) == 4 else None) if _true(code) else refused()


def _true(code: str) -> bool:
    return bool(_PREFECTURE.fullmatch(code)) and code[5] == check_digit(code[:5])


AREA_CODE = ValueType(
    "area_code",
    None,
    parse,
    examples={
        "131016": kept("131016"),
        "011002": kept("011002"),
        "１３１０１６": mended("131016"),
        "13101": mended("131016"),
        "92011": mended("092011", Code.ZEROS_LOST),
        "1101": likely("011011", Code.ZEROS_LOST),
        "13": likely("130001"),
        "131017": refused(Code.CHECK_DIGIT_WRONG),
        "1.31E+05": refused(Code.VALUE_DESTROYED),
        "991012": refused(Code.CHECK_DIGIT_WRONG),
        "99999": refused(),
        "131": refused(),
        "千代田区": refused(),
        "-": absent(),
    },
)
