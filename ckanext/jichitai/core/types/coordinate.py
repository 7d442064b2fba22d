"""How latitude and longitude are written; shared by both.

A coordinate of Japan is told from the other one by its size alone: the two ranges do not overlap.
"""

import re
from decimal import ROUND_HALF_EVEN, Decimal

import msgspec

from ..fold import dashes, half
from ..issues.code import Code
from .absent import is_absent
from .base import Reading, absent, ask, kept, likely, mended, refused

# Marks of minutes and seconds that NFKC would take apart into blank and accent.
_MARKS = str.maketrans("′’‘´`＇″”“＂", "''''''" + '""""')
_PLAIN = re.compile(r"[-+]?[0-9]{1,3}(?:\.[0-9]*)?")
_SEXAGESIMAL = re.compile(
    r"(?:[NSEW]|北緯|東経)? ?([0-9]{2,3}) ?(?:°|度|:|\.) ?([0-9]{1,2})(?: ?(?:'|分|:|\.) ?([0-9]{1,2}(?:\.[0-9]+)?) ?(?:\"|''|秒)?)? ?(?:[NSEW])?",
    re.IGNORECASE,
)
_MINUTES = re.compile(r"([0-9]{2,3}) ?(?:°|度) ?([0-9]{1,2}\.[0-9]+) ?(?:'|分)?")
_DRESSED = re.compile(r"(?:[NE]|北緯|東経)? ?([0-9]{2,3}\.[0-9]+) ?(?:°|度)? ?(?:[NE])?", re.IGNORECASE)
_PAIR = re.compile(r"[(]?([0-9]{2,3}\.[0-9]+)[ ,;/\n]+([0-9]{2,3}\.[0-9]+)[)]?")
_EXPONENT = re.compile(r"[0-9](?:\.[0-9]+)?[Ee][-+]?[0-9]+")
_MICRO = Decimal("0.000001")


class Axis(msgspec.Struct, frozen=True):
    """One of the two: its range in Japan, the other's, and how many digits stand before the point."""

    low: Decimal
    high: Decimal
    other: tuple[Decimal, Decimal]
    digits: int

    def holds(self, value: Decimal) -> bool:
        """Whether the number can be this coordinate of a place in Japan."""
        return self.low <= value <= self.high


def read(text: str, axis: Axis) -> Reading:
    """Read one folded cell that is not empty. Total: any text gives a Reading."""
    if is_absent(text):
        return absent()
    cell = dashes(half(text.translate(_MARKS)))
    if _PLAIN.fullmatch(cell):
        return _number(text, cell, axis)
    if cell.isdigit():
        return _digits(cell, axis)
    if _EXPONENT.fullmatch(cell):
        return refused(Code.VALUE_DESTROYED)
    if found := _PAIR.fullmatch(cell):
        mine = [Decimal(part) for part in found.groups() if axis.holds(Decimal(part))]
        return mended(_canonical(mine[0]), Code.COORDINATES_FORM) if len(mine) == 1 else refused()
    if found := _DRESSED.fullmatch(cell):
        return _formed(Decimal(found[1]), axis)
    if found := _MINUTES.fullmatch(cell):
        return _formed(_degrees(found[1], found[2], "0"), axis)
    if found := _SEXAGESIMAL.fullmatch(cell):
        return _formed(_degrees(found[1], found[2], found[3] or "0"), axis)
    return refused()


def _number(text: str, cell: str, axis: Axis) -> Reading:
    value = Decimal(cell)
    if not value:
        return refused(Code.COORDINATES_MISSING)
    if not axis.holds(value):
        swapped = axis.other[0] <= value <= axis.other[1]
        return refused(Code.COORDINATES_SWAPPED if swapped else Code.COORDINATES_OUTSIDE)
    plain = _canonical(value) if len(cell.partition(".")[2]) > 6 else cell.lstrip("+").rstrip(".")
    # Width is a repair, more digits than the ground has are only rounded.
    return kept(plain) if cell == text and cell[0] != "+" else mended(plain)


def _digits(cell: str, axis: Axis) -> Reading:
    """Digits without a point: lost, if there are enough of them; else perhaps degrees, minutes, seconds."""
    if len(cell) < axis.digits + 6:
        return ask(Code.COORDINATES_FORM)
    value = Decimal(f"{cell[: axis.digits]}.{cell[axis.digits :]}")
    return likely(_canonical(value), Code.COORDINATES_FORM) if axis.holds(value) else refused()


def _degrees(degrees: str, minutes: str, seconds: str) -> Decimal | None:
    if Decimal(minutes) >= 60 or Decimal(seconds) >= 60:
        return None
    return Decimal(degrees) + Decimal(minutes) / 60 + Decimal(seconds) / 3600


def _formed(value: Decimal | None, axis: Axis) -> Reading:
    if value is None or not axis.holds(value):
        return refused(Code.COORDINATES_FORM)
    return mended(_canonical(value), Code.COORDINATES_FORM)


def _canonical(value: Decimal) -> str:
    return str(value.quantize(_MICRO, ROUND_HALF_EVEN))
