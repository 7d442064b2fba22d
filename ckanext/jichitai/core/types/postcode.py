"""A postal code: seven digits without hyphen.

Accepted: 100-0001. Mended: 〒, full width, other dashes. Likely: the leading 0 that a spreadsheet took.
Not valid: three or five digits, the system before 1998. Source: definition sheet A, common rules.
"""

import re

from ..fold import dashes, half
from ..issues.code import Code
from .absent import is_absent
from .base import Reading, ValueType, absent, kept, likely, mended, refused

# No code begins with 000.
CANONICAL = "(?:00[1-9]|0[1-9][0-9]|[1-9][0-9]{2})[0-9]{4}"
_WHOLE = re.compile(CANONICAL)
_HYPHEN = re.compile("[0-9]{3}-[0-9]{4}")
_LOST = re.compile("[1-9][0-9]{5}")


def parse(text: str) -> Reading:
    """Read one folded cell that is not empty. Total: any text gives a Reading."""
    if is_absent(text):
        return absent()
    value = re.sub("[〒 -]|\\.0$", "", dashes(half(text)))
    if _WHOLE.fullmatch(value):
        return kept(value) if text == value or _HYPHEN.fullmatch(text) else mended(value)
    if _LOST.fullmatch(value):
        return likely(value.zfill(7), Code.ZEROS_LOST)
    return refused(Code.SEVERAL_VALUES if len(re.findall(CANONICAL, value)) > 1 else None)


POSTCODE = ValueType(
    "postcode",
    CANONICAL,
    parse,
    examples={
        "1000001": kept("1000001"),
        "100-0001": kept("1000001"),
        "〒100-0001": mended("1000001"),
        "１００－０００１": mended("1000001"),
        "600000": likely("0600000", Code.ZEROS_LOST),
        "10021": refused(),
        "0000000": refused(),
        "100": refused(),
        "100-0001、100-0002": refused(Code.SEVERAL_VALUES),
        "千代田区": refused(),
        "-": absent(),
    },
)
