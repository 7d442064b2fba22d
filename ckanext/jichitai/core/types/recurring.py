"""Days that come again: which weeks, which day; 0We every Wednesday, 13Mo first and third Monday, by ;.

Weeks: 0 every, 1 to 5 of the month, 6 the last, 7 every other week.
Mended: 毎週水曜, 第1・3月曜. Likely: 最終金曜, 隔週日曜, 月・木 without 毎週. Not valid: prose.
Source: definition sheet of the household waste collection days.
"""

import re

from ..fold import half
from .absent import is_absent
from .base import Reading, ValueType, absent, kept, likely, mended, refused

DAYS = dict(zip("月火水木金土日", ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"), strict=True))
_WEEKS = "|".join(
    week + "".join(f"{later}?" for later in "12345"[index + 1 :]) for index, week in enumerate("12345")
)
_TOKEN = f"(?:[067]|{_WEEKS})(?:{'|'.join(DAYS.values())})"
CANONICAL = f"{_TOKEN}(?:;{_TOKEN})*"

_WEEK = r"毎週|隔週|毎月|最終|(?:第? ?[1-5](?:[・、,\- ]?第?[1-5])*週?(?:目)?の?)"
_PART = re.compile(rf"({_WEEK})? ?((?:[月火水木金土日](?:曜日?)?[・、,/ ]?)+)")
_BETWEEN = re.compile(r"[ 、,・;/と及び\n]*")
_NUMERALS = str.maketrans("一二三四五", "12345")
_SURE = ("毎週", "第")


def parse(text: str) -> Reading:
    """Read one folded cell that is not empty. Total: any text gives a Reading."""
    if is_absent(text):
        return absent()
    cell = half(text)
    if re.fullmatch(CANONICAL, cell):
        return kept(cell) if cell == text else mended(cell)
    parts = _parts(cell.translate(_NUMERALS).replace("毎月", ""))
    if not parts:
        return refused()
    weeks: dict[str, str] = {}
    for week, days in parts:
        for day in days:
            weeks[day] = weeks.get(day, "") + _numbers(week)
    value = ";".join("".join(sorted(set(numbers))) + DAYS[day] for day, numbers in weeks.items())
    if not re.fullmatch(CANONICAL, value):
        return refused()
    return mended(value) if all(week.startswith(_SURE) for week, _ in parts) else likely(value)


def _parts(cell: str) -> list[tuple[str, str]]:
    """(weeks, days) in their order; nothing when anything else stands in the text."""
    found: list[tuple[str, str]] = []
    at = 0
    while at < len(cell):
        part = _PART.match(cell, at)
        if not part:
            return []
        found.append((part[1] or "", "".join(day for day in re.sub("曜日?", "", part[2]) if day in DAYS)))
        gap = _BETWEEN.match(cell, part.end())
        at = gap.end() if gap else part.end()
    return found


def _numbers(week: str) -> str:
    words = {"": "0", "毎週": "0", "最終": "6", "隔週": "7"}
    return words.get(week) or "".join(re.findall("[1-5]", week))


RECURRING = ValueType(
    "recurring",
    CANONICAL,
    parse,
    examples={
        "0We": kept("0We"),
        "13Mo;0Th": kept("13Mo;0Th"),
        "毎週水曜": mended("0We"),
        "毎週月・木": mended("0Mo;0Th"),
        "第1・3月曜": mended("13Mo"),
        "第1・第3月曜日": mended("13Mo"),
        "第二水曜日、第四金曜日": mended("2We;4Fr"),
        "第1・3月": mended("13Mo"),
        "最終金曜": likely("6Fr"),
        "隔週日曜": likely("7Su"),
        "月・木": likely("0Mo;0Th"),
        "毎週月曜、第1月曜": refused(),
        "祝日を除く平日": refused(),
        "-": absent(),
    },
)
