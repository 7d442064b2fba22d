"""The id of a town block in the Address Base Registry: seven digits.

Accepted: 0008-001. Mended: full width. Likely: leading zeros that a spreadsheet took (8001).
Not valid: anything else. Source: アドレス・ベース・レジストリ, デジタル庁: four digits of 大字・町, three of 丁目.
"""

import re

from ..fold import dashes, half
from ..issues.code import Code
from .absent import is_absent
from .base import Reading, ValueType, absent, kept, likely, mended, refused

CANONICAL = "[0-9]{7}"
_HYPHEN = re.compile("[0-9]{4}-[0-9]{3}")
_LOST = re.compile("[1-9][0-9]{3,5}")


def parse(text: str) -> Reading:
    """Read one folded cell that is not empty. Total: any text gives a Reading."""
    if is_absent(text):
        return absent()
    cell = dashes(half(text)).removesuffix(".0")
    if _HYPHEN.fullmatch(cell) or re.fullmatch(CANONICAL, cell):
        value = cell.replace("-", "")
        return kept(value) if cell == text else mended(value)
    return likely(cell.zfill(7), Code.ZEROS_LOST) if _LOST.fullmatch(cell) else refused()


TOWN_ID = ValueType(
    "town_id",
    CANONICAL,
    parse,
    examples={
        "0008001": kept("0008001"),
        "0008-001": kept("0008001"),
        "０００８００１": mended("0008001"),
        "8001": likely("0008001", Code.ZEROS_LOST),
        "222000": likely("0222000", Code.ZEROS_LOST),
        "100": refused(),
        "00080010": refused(),
        "西新宿": refused(),
        "-": absent(),
    },
)
