"""Latitude of a place in Japan, decimal degrees (JGD2011), six decimals as a rule.

Accepted: more decimals, rounded; fewer than four are coarse, which the table's check tells.
Mended: full width, 34°25'28", a joined pair. Likely: a lost point (35689500).
Ask: 354122, which may be degrees, minutes and seconds. Not valid: 0; a longitude; a place outside Japan.
Source: definition sheet A, common rules; Japan's extreme points, 国土地理院.
"""

from decimal import Decimal

from ..issues.code import Code
from .base import Reading, ValueType, absent, ask, kept, likely, mended, refused
from .coordinate import Axis, read

CANONICAL = r"(?:2[0-9]|3[0-9]|4[0-5])\.[0-9]{1,6}"
AXIS = Axis(Decimal(20), Decimal(46), (Decimal(122), Decimal("154.5")), 2)


def parse(text: str) -> Reading:
    """Read one folded cell that is not empty. Total: any text gives a Reading."""
    return read(text, AXIS)


LATITUDE = ValueType(
    "latitude",
    CANONICAL,
    parse,
    table_schema="number",
    datastore="double precision",
    examples={
        "35.689500": kept("35.689500"),
        "35.6895": kept("35.6895"),
        "35.68950049999": kept("35.689500"),
        "３５．６８９５": mended("35.6895"),
        "34°03'07.7\"N": mended("34.052139", Code.COORDINATES_FORM),
        "34°25’28”": mended("34.424444", Code.COORDINATES_FORM),
        "北緯35度41分22秒": mended("35.689444", Code.COORDINATES_FORM),
        "35°41.5'": mended("35.691667", Code.COORDINATES_FORM),
        "35.6895°": mended("35.689500", Code.COORDINATES_FORM),
        "35.6895, 139.6917": mended("35.689500", Code.COORDINATES_FORM),
        "35689500": likely("35.689500", Code.COORDINATES_FORM),
        "354122": ask(Code.COORDINATES_FORM),
        "139.6917": refused(Code.COORDINATES_SWAPPED),
        "0": refused(Code.COORDINATES_MISSING),
        "51.5074": refused(Code.COORDINATES_OUTSIDE),
        "3.56895E+01": refused(Code.VALUE_DESTROYED),
        "35°75'00\"": refused(Code.COORDINATES_FORM),
        "139.6917,139.6918": refused(),
        "99999999": refused(),
        "駅前": refused(),
        "-": absent(),
    },
)
