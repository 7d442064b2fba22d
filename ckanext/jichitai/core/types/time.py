"""A time of day, HH:MM on the 24-hour clock, or 24:00 as an end.

Accepted: 09:00:00. Mended: 9:00, 9時半, 午後5時, 0900, 5:00 PM, 1899-12-31 08:30 (a spreadsheet's time).
Likely: 0.375, a spreadsheet's share of a day. Ask: 25:30, the night of the next day.
Not valid: 午後12時 (midnight in the decree of 1872, noon to most readers), 日没まで (no time).
Source: definition sheet A, common rules; 24:00 and 25:30 were met in published files.
"""

import re

from ..fold import half
from ..issues.code import Code
from .absent import is_absent
from .base import Reading, ValueType, absent, ask, kept, likely, mended, refused
from .noted import noted

CANONICAL = "(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00"
_EXACT = re.compile(f"({CANONICAL}):00")
_CLOCK = re.compile(
    r"(午前|午後|AM|PM|am|pm)? ?([0-9]{1,2}) ?(?:: ?([0-9]{2})(?::([0-9]{2}))?|時 ?(半|[0-9]{1,2} ?分)?) ?(AM|PM|am|pm)?"
)
_SHEET = re.compile(r"(?:1899-12-3[01]|1900-01-0[01])[T ]([0-2]?[0-9]):([0-5][0-9])(?::00(?:\.0+)?)?")
_FOUR = re.compile("([0-2][0-9])([0-5][0-9])")
_SHARE = re.compile(r"0?\.[0-9]+")
_RANGE = re.compile("[0-9].*[~〜―–-].*[0-9].*")
_NOON = {"正午": 720}


def parse(text: str) -> Reading:
    """Read one folded cell that is not empty. Total: any text gives a Reading."""
    if is_absent(text):
        return absent()
    cell = half(text)
    if found := _EXACT.fullmatch(cell):
        return kept(found[1]) if cell == text else mended(found[1])
    if cell in _NOON:
        return mended(_clock(_NOON[cell]))
    if found := (_SHEET.fullmatch(cell) or _FOUR.fullmatch(cell)):
        return _told(text, int(found[1]), int(found[2]))
    if _SHARE.fullmatch(cell):
        return likely(_clock(round(float(cell) * 1440)))
    if not (found := _CLOCK.fullmatch(cell)) or (found[1] and found[6]):
        return noted(cell, parse) or refused(Code.SEVERAL_VALUES if _RANGE.fullmatch(cell) else None)
    hour, minute, half_day = int(found[2]), _minutes(found[3] or found[5]), found[1] or found[6]
    if half_day:
        if hour > 11:
            return refused()
        hour += 12 if half_day in ("午後", "PM", "pm") else 0
    if (found[4] or "00") != "00":
        return likely(_clock(hour * 60 + minute)) if hour < 24 and minute < 60 else refused()
    return _told(text, hour, minute)


def _told(text: str, hour: int, minute: int) -> Reading:
    """24:00 ends a day; up to 30 o'clock is how late hours are written."""
    if minute > 59 or hour > 29:
        return refused()
    if hour > 24 or (hour == 24 and minute):
        return ask(None, _clock((hour - 24) * 60 + minute))
    value = _clock(hour * 60 + minute)
    return kept(value) if value == text else mended(value)


def _minutes(text: str | None) -> int:
    return 30 if text == "半" else int((text or "0").removesuffix("分").strip())


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


TIME = ValueType(
    "time",
    CANONICAL,
    parse,
    table_schema="string",  # Table Schema's time ends at 23:59
    examples={
        "09:00": kept("09:00"),
        "24:00": kept("24:00"),
        "09:00:00": kept("09:00"),
        "9:00": mended("09:00"),
        "９：００": mended("09:00"),
        "9時半": mended("09:30"),
        "午後5時": mended("17:00"),
        "5:00 PM": mended("17:00"),
        "正午": mended("12:00"),
        "0900": mended("09:00"),
        "1899-12-31 08:30": mended("08:30"),
        "09:00:30": likely("09:00"),
        "0.375": likely("09:00"),
        "17:00※": likely("17:00", Code.SEVERAL_VALUES),
        "17:00(金は19:00まで)": likely("17:00", Code.SEVERAL_VALUES, "金は19:00まで"),
        "25:30": ask(None, "01:30"),
        "31:00": refused(),
        "9:75": refused(),
        "09:75:30": refused(),
        "午後12時": refused(),
        "午前9:00 PM": refused(),
        "9:00～17:00": refused(Code.SEVERAL_VALUES),
        "日没まで": refused(),
        "未定": absent(),
    },
)
