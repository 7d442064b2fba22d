"""Several values of one type in a cell, by a half-width semicolon.

Mended: ；, blanks around. Likely: 、 ・ or line breaks, if each part is a value of the type.
Not valid: a part that is none. Source: definition sheet A, common rules.
"""

import re

from .base import Reading, ValueType, absent, likely, mended

_SEMICOLONS = re.compile(r"\s*[;；]\s*")
_OTHERS = re.compile(r"\s*[、・,，/\n]\s*")
_LONGEST = 20  # letters of a part; longer ones with 、 between are prose
_ORDER = ("kept", "safe", "likely", "ask", "refused")


def list_of(of: ValueType) -> ValueType:
    """The type of lists of another type."""

    def parse(text: str) -> Reading:
        """Read one folded cell that is not empty. Total: any text gives a Reading."""
        parts = [(part, of.parse(part)) for part in _SEMICOLONS.split(text) if part]
        stated = [(part, reading) for part, reading in parts if reading.how != "absent"]
        if not stated:
            return absent()
        if len(stated) > 1:
            return _joined(text, [reading for _, reading in stated])
        only = _others(*stated[0])
        return mended(only.value or "", only.code) if only.how == "kept" and only.value != text else only

    def _others(text: str, whole: Reading) -> Reading:
        parts = [part for part in _OTHERS.split(text) if part]
        free = of.name == "text" or whole.code is not None
        if len(parts) < 2 or (whole.how in ("kept", "safe") and not free):
            return whole
        readings = [of.parse(part) for part in parts]
        plain = all(r.how in ("kept", "safe") and (r.code is None or of.name == "text") for r in readings)
        if not plain or "。" in text or max(map(len, parts)) > _LONGEST:
            return whole
        return likely(";".join(reading.value or "" for reading in readings))

    return ValueType("list", None, parse, examples={}, words=of.words)


def _joined(text: str, readings: list[Reading]) -> Reading:
    worst = max(readings, key=lambda reading: _ORDER.index(reading.how))
    if worst.how in ("ask", "refused"):
        return Reading(None, worst.how, worst.code)
    value = ";".join(reading.value or "" for reading in readings)
    code = next((reading.code for reading in readings if reading.code), None)
    if worst.how == "likely":
        return likely(value, code)
    return Reading(value, "kept" if value == text else "safe", code)
