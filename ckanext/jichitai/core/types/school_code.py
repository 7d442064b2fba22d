"""The code of a school: letter and twelve digits.

Letter and first digit say the kind, two digits the prefecture, one the founder (1 state, 2 public,
3 private). The last is a check digit, which is not judged: its rule is not published with the list.
Mended: small letter, full width. Not valid: a kind, prefecture or founder that does not exist; an exponent.
Source: 学校コード, 文部科学省.
"""

import re

from ..fold import dashes, half
from ..issues.code import Code
from .absent import is_absent
from .base import Reading, ValueType, absent, kept, mended, refused

CANONICAL = "[A-H][12](?:0[1-9]|[1-3][0-9]|4[0-7])[1-3][0-9]{8}"
_EXPONENT = re.compile(r"[0-9](?:\.[0-9]+)?[Ee]\+?[0-9]+")


def parse(text: str) -> Reading:
    """Read one folded cell that is not empty. Total: any text gives a Reading."""
    if is_absent(text):
        return absent()
    cell = half(text)
    value = re.sub("[ -]", "", dashes(cell)).upper()
    if re.fullmatch(CANONICAL, value):
        return kept(value) if value == text else mended(value)
    return refused(Code.VALUE_DESTROYED if _EXPONENT.fullmatch(cell) else None)


SCHOOL_CODE = ValueType(
    "school_code",
    CANONICAL,
    parse,
    examples={
        "B113210000015": kept("B113210000015"),
        "b113210000015": mended("B113210000015"),
        "Ｂ１１３２１０００００１５": mended("B113210000015"),
        "B199210000015": refused(),
        "B113910000015": refused(),
        "13210000015": refused(),
        "1.1321E+11": refused(Code.VALUE_DESTROYED),
        "-": absent(),
    },
)
