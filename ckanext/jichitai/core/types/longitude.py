"""Longitude of a place in Japan, decimal degrees (JGD2011), six decimals as a rule.

As latitude. Not valid: 0; a latitude, which is certainly swapped, for the two ranges do not overlap.
Source: definition sheet A, common rules; Japan's extreme points, 国土地理院.
"""

from decimal import Decimal

from ..issues.code import Code
from .base import Reading, ValueType, absent, ask, kept, likely, mended, refused
from .coordinate import Axis, read

CANONICAL = r"(?:12[2-9]|13[0-9]|14[0-9]|15[0-3])\.[0-9]{1,6}"
AXIS = Axis(Decimal(122), Decimal("154.5"), (Decimal(20), Decimal(46)), 3)


def parse(text: str) -> Reading:
    """Read one folded cell that is not empty. Total: any text gives a Reading."""
    return read(text, AXIS)


LONGITUDE = ValueType(
    "longitude",
    CANONICAL,
    parse,
    table_schema="number",
    datastore="double precision",
    examples={
        "139.691700": kept("139.691700"),
        "139.69170000001": kept("139.691700"),
        "１３９．６９１７": mended("139.6917"),
        "139°41'30.1\"E": mended("139.691694", Code.COORDINATES_FORM),
        "東経139度41分30秒": mended("139.691667", Code.COORDINATES_FORM),
        "35.6895,139.6917": mended("139.691700", Code.COORDINATES_FORM),
        "139691700": likely("139.691700", Code.COORDINATES_FORM),
        "1394130": ask(Code.COORDINATES_FORM),
        "35.6895": refused(Code.COORDINATES_SWAPPED),
        "0": refused(Code.COORDINATES_MISSING),
        "-0.1278": refused(Code.COORDINATES_OUTSIDE),
        "不明": absent(),
    },
)
