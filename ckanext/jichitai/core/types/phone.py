"""A telephone number from the area code on, with hyphens: 03-1234-5678.

Accepted: (03)1234-5678, +81. Mended: any dash, full width, ten or eleven bare digits.
Likely: a lost leading 0; of several numbers the first. Ask: no area code.
Not valid: too few or too many digits. Source: definition sheet A; numbering plan of 総務省.
"""

import re

from ..fold import dashes, half
from ..issues.code import Code
from .absent import is_absent
from .base import Reading, ValueType, absent, ask, kept, likely, mended, refused
from .numbering import area_code

# The frequent ones: Tokyo's wards, free and mobile numbers; the rest goes through the list.
CANONICAL = "03-[3-9][0-9]{3}-[0-9]{4}|0(?:120-[0-9]{3}-[0-9]{3}|(?:50|70|80|90)-[1-9][0-9]{3}-[0-9]{4})"
# Numbers that belong to no area: mobile and IP, free and service numbers.
_GROUPS = re.compile(
    "(0[5789]0)([1-9][0-9]{3})([0-9]{4})|(0120|0570|0990|0180)([0-9]{3})([0-9]{3})|(0800)([0-9]{3})([0-9]{4})"
)
_SHORT = re.compile("#?1[0-9]{2}|#[0-9]{4}")
_ACCEPTED = re.compile(
    r"\(0[0-9]{1,4}\) ?-?[0-9]{1,4}-[0-9]{3,4}|\+81[- ]?[1-9][0-9]{0,3}[- ]?[0-9]{1,4}[- ]?[0-9]{3,4}"
)
_ABROAD = re.compile(r"^\+81[- ]?(?:\(0\))?0?")
_NO_DIGIT = re.compile("[^0-9]")
_BROKEN = re.compile(r"-?\s*\n\s*-?")
_SIGNS = re.compile(r"[0-9()+ .-]+")
_NUMBER = re.compile(r"(?:\+81[- ]?|\(?0)[0-9()+ .-]{6,}[0-9]")
_LOCAL = re.compile(r"[1-9][0-9]{0,3}[- ][0-9]{4}|[1-9][0-9]{5,7}")
_EXPONENT = re.compile(r"[0-9](?:\.[0-9]+)?[Ee]\+?[0-9]+")
_LABEL = re.compile(r"(?:電話(?:番号)?|TEL|Tel|tel|℡)[.: ]*")
_MAIN = re.compile(r"\(代表?\)|代表")


def parse(text: str) -> Reading:
    """Read one folded cell that is not empty. Total: any text gives a Reading."""
    if is_absent(text):
        return absent()
    cell = dashes(half(text)).replace("[sanitize]", "-")
    if _SHORT.fullmatch(cell):
        return kept(cell) if cell == text else mended(cell)
    bare = _MAIN.sub("", _LABEL.sub("", cell)).strip()
    if _SIGNS.fullmatch(bare) and (value := _hyphens(_digits(bare))):
        return kept(value) if value == text or _ACCEPTED.fullmatch(text) else mended(value)
    # A narrow column broke the line inside the number.
    if (
        "\n" in bare
        and _SIGNS.fullmatch(joined := _BROKEN.sub("-", bare))
        and (value := _hyphens(_digits(joined)))
    ):
        return mended(value)
    if _EXPONENT.fullmatch(cell):
        return refused(Code.VALUE_DESTROYED)
    if _LOCAL.fullmatch(bare) and len(_digits(bare)) < 9:
        return ask(Code.PHONE_NO_AREA_CODE)
    if _SIGNS.fullmatch(bare) and (value := _hyphens("0" + _digits(bare))):
        return likely(value, Code.ZEROS_LOST)
    found = _NUMBER.search(cell)
    if found and (value := _hyphens(_digits(found[0]))):
        rest = (cell[: found.start()] + cell[found.end() :]).strip(" \n、,;/")
        return likely(value, Code.SEVERAL_VALUES, rest)
    return refused()


def _digits(text: str) -> str:
    """The digits alone; +81 stands for the leading 0."""
    return _NO_DIGIT.sub("", _ABROAD.sub("0", text))


def _hyphens(digits: str) -> str | None:
    """The number in its groups, or None when it is no whole number."""
    if found := _GROUPS.fullmatch(digits):
        return "-".join(group for group in found.groups() if group)
    area = area_code(digits) if len(digits) == 10 else None
    # An exchange begins with 0 or 1 only behind the five digits of an island's code.
    if area is None or (digits[len(area)] in "01" and len(area) < 5):
        return None
    return f"{area}-{digits[len(area) : 6]}-{digits[6:]}"


PHONE = ValueType(
    "phone",
    CANONICAL,
    parse,
    examples={
        "03-5321-1111": kept("03-5321-1111"),
        "0422-51-5131": kept("0422-51-5131"),
        "04992-2-1443": kept("04992-2-1443"),
        "0120-444-444": kept("0120-444-444"),
        "(03)5321-1111": kept("03-5321-1111"),
        "+81-3-5321-1111": kept("03-5321-1111"),
        "119": kept("119"),
        "03(5321)1111": mended("03-5321-1111"),
        "０３－５３２１－１１１１": mended("03-5321-1111"),
        "0353211111": mended("03-5321-1111"),
        "0429981111": mended("04-2998-1111"),
        "042-251-5131": mended("0422-51-5131"),
        "TEL:03-5321-1111(代表)": mended("03-5321-1111"),
        "03-5321-\n1111": mended("03-5321-1111"),
        "353211111": likely("03-5321-1111", Code.ZEROS_LOST),
        "03-5321-1111、03-5321-2222": likely("03-5321-1111", Code.SEVERAL_VALUES, "03-5321-2222"),
        "03-5321-1111(内線25)": likely("03-5321-1111", Code.SEVERAL_VALUES, "(内線25)"),
        "45-1234": ask(Code.PHONE_NO_AREA_CODE),
        "3.53E+8": refused(Code.VALUE_DESTROYED),
        "03-5321": refused(),
        "役場": refused(),
        "なし": absent(),
    },
)
