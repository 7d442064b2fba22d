"""A local government's code: six digits, the last a check digit.

Mended: five digits, whose check digit is added (13101), or six whose leading 0 is gone (92011), where only
one of the two gives a code, or four digits, which lost both (1101). Likely: a prefecture alone (13).
Ask: both readings give a code.
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
    """Fewer than six digits: without check digit, without a leading 0, without both, or a prefecture alone."""
    five = {5: digits, 4: "0" + digits, 2: digits + "000"}.get(len(digits))
    readings = [five + check_digit(five)] if five else []
    readings += ["0" + digits] if len(digits) == 5 else []
    given = [code for code in readings if _given(code)]
    if len(given) > 1:
        return ask(Code.ZEROS_LOST)
    if not given:
        return refused()
    if len(digits) == 2:
        return likely(given[0])
    return mended(given[0], Code.ZEROS_LOST if given[0][0] == "0" != digits[0] else None)


def _true(code: str) -> bool:
    return bool(_PREFECTURE.fullmatch(code)) and code[5] == check_digit(code[:5])


def _given(code: str) -> bool:
    """Whether the three digits behind the prefecture can be: 000 itself, 1xx cities of wards and wards,
    from 201 cities, from 301 towns by county; a full hundred above is never given."""
    place = int(code[2:5])
    return _true(code) and (place in (0, 100) or (100 < place < 800 and place % 100 > 0))


AREA_CODE = ValueType(
    "area_code",
    None,
    parse,
    examples={
        "131016": kept("131016"),
        "011002": kept("011002"),
        "１３１０１６": mended("131016"),
        "13101": mended("131016"),
        "26000": mended("260002"),
        "92011": mended("092011", Code.ZEROS_LOST),
        "1101": mended("011011", Code.ZEROS_LOST),
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
