"""Days of the week in a row, 月火水木金土日, and 祝 for public holidays.

Mended: 月・水, 月～金, 毎日, 平日, 月曜日、水曜日. Likely: 月曜休, 年中無休, days that are left out.
Ask: sentences, which belong into the remarks. Source: common rule of the former edition, still in use.
"""

import re

from ..fold import half
from .absent import is_absent
from .base import Reading, ValueType, absent, ask, kept, likely, mended

WEEK = "月火水木金土日"
ORDER = WEEK + "祝"
CANONICAL = "|".join(
    day + "".join(f"{later}?" for later in ORDER[index + 1 :]) for index, day in enumerate(ORDER)
)
_WORDS = {"毎日": WEEK, "全日": WEEK, "平日": "月火水木金", "週末": "土日", "土日祝日": "土日祝"}
_FILLER = re.compile("曜日|曜|[ 、,・･/;&.\n]|及び|および|と")
_SPAN = re.compile("([月火水木金土日])(?:~|〜|-|−|ー|―|から)([月火水木金土日])(?:まで)?")
_CLOSED = re.compile("(.+?)(?:を除く|以外|定休日?|休館日?|休み?|は休み)")
_CLOSED_ON = re.compile("(?:定?休日|休業日|休館日)[:は ]*(.+)")
_NEVER = frozenset({"年中無休", "無休", "無", "なし"})
_ALWAYS = frozenset({"年中無休", "無休", "24時間"})


def parse(text: str) -> Reading:
    """Read one folded cell that is not empty. Total: any text gives a Reading."""
    if is_absent(text):
        return absent()
    cell = half(text)
    if days := _days(cell):
        return kept(days) if days == text else mended(days)
    if cell in _ALWAYS:
        return likely(WEEK)
    found = _CLOSED_ON.fullmatch(cell) or _CLOSED.fullmatch(cell)
    if found and found[1] in _NEVER:
        return likely(WEEK)
    closed = _days(found[1]) if found else ""
    left = "".join(day for day in WEEK if day not in closed)
    return likely(left) if closed and left else ask()


def _days(cell: str) -> str:
    """The days in their order, or nothing when the text says anything else."""
    plain = _FILLER.sub("", _WORDS.get(cell, cell)).replace("祝日", "祝").replace("祭日", "祝")
    for word, days in _WORDS.items():
        plain = plain.replace(word, days)
    plain = _SPAN.sub(lambda found: _span(found[1], found[2]), plain)
    return "".join(day for day in ORDER if day in plain) if plain and not set(plain) - set(ORDER) else ""


def _span(first: str, last: str) -> str:
    start, end = WEEK.index(first), WEEK.index(last)
    return WEEK[start : end + 1] if start <= end else WEEK[start:] + WEEK[: end + 1]


WEEKDAYS = ValueType(
    "weekdays",
    CANONICAL,
    parse,
    examples={
        "月火水木金": kept("月火水木金"),
        "土日祝": kept("土日祝"),
        "月・水": mended("月水"),
        "月～金": mended("月火水木金"),
        "土～月": mended("月土日"),
        "毎日": mended("月火水木金土日"),
        "平日": mended("月火水木金"),
        "月曜日、水曜日": mended("月水"),
        "月曜休": likely("火水木金土日"),
        "休日：水曜日": likely("月火木金土日"),
        "休日：無休": likely("月火水木金土日"),
        "年中無休": likely("月火水木金土日"),
        "毎日休み": ask(),
        "第3月曜日は休館、祝日の場合は翌日": ask(),
        "不明": absent(),
    },
)
