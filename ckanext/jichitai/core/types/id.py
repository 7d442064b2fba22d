"""The name of a row, unique with its publisher: half-width letters, digits and signs.

Mended: full width. Letters of other scripts stay, since an id that others refer to is not ours to change.
Not valid: an exponent (1.23E+11), whose digits are gone.
Source: definition sheet A; the former edition's NO is a number of ten digits, taken over as text.
"""

import re

from ..fold import half
from ..issues.code import Code
from .absent import FIRST, is_absent
from .base import Reading, ValueType, absent, kept, mended, refused

CANONICAL = (
    f"[{''.join(c for c in map(chr, range(0x30, 0x7B)) if c.isalnum() and c not in FIRST)}][0-9A-Za-z_/-]*"
)
EXPONENT = re.compile(r"-?[0-9]+(?:\.[0-9]+)?[Ee]\+[0-9]+|#{3,}")


def parse(text: str) -> Reading:
    """Read one folded cell that is not empty. Total: any text gives a Reading."""
    if is_absent(text):
        return absent()
    value = half(text)
    if EXPONENT.fullmatch(value):
        return refused(Code.VALUE_DESTROYED)
    return kept(value) if value == text else mended(value)


ID = ValueType(
    "id",
    CANONICAL,
    parse,
    examples={
        "JJ0100022200": kept("JJ0100022200"),
        "0000000001": kept("0000000001"),
        "北-12": kept("北-12"),
        "００１": mended("001"),
        "ＡＢ－１": mended("AB-1"),
        "1.31E+11": refused(Code.VALUE_DESTROYED),
        "########": refused(Code.VALUE_DESTROYED),
        "-": absent(),
    },
)
