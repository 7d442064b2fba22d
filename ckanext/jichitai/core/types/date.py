"""A day, YYYY-MM-DD.

Mended: 2018/1/2, 2018.1.2, 2018年1月2日, 20180102, midnight behind it, 令和元年5月1日 and R5.4.1.
Likely: 平成35年4月1日 (the era had ended), 3/16/2021 (no sixteenth month), 43102 (a spreadsheet's count of days, if the column agrees).
Ask: 1月7日 (no year), 5.4.1 and 1/2/2018 (more than one reading).
Not valid: 2月30日, 2018年4月 (no day), 通年. Source: definition sheet A, common rules.
"""

import re
from datetime import date, timedelta

from ..fold import dashes, half
from ..issues.code import Code
from .absent import is_absent
from .base import Reading, ValueType, absent, ask, kept, likely, mended, refused

# 29 February is left to parse. Years before 1000 are slips.
CANONICAL = (
    "[1-9][0-9]{3}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
    "|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))"
)
# Era: letter, first year, first day, day after the last. Source: the imperial decrees of each change.
ERAS = {
    "明治": ("M", 1868, date(1868, 10, 23), date(1912, 7, 30)),
    "大正": ("T", 1912, date(1912, 7, 30), date(1926, 12, 25)),
    "昭和": ("S", 1926, date(1926, 12, 25), date(1989, 1, 8)),
    "平成": ("H", 1989, date(1989, 1, 8), date(2019, 5, 1)),
    "令和": ("R", 2019, date(2019, 5, 1), date.max),
}
_SHORT = {name[0]: name for name in ERAS} | {era[0]: name for name, era in ERAS.items()}

_TAIL = (
    r"(?: ?[(]?(?:月|火|水|木|金|土|日|祝)(?:曜日?)?[)]?)?(?:[T ]?0{1,2}:00(?::00(?:\.0+)?)?(?:Z|\+09:?00)?)?"
)
_YMD = re.compile(r"([1-9][0-9]{3}) ?([-/.年]) ?([0-9]{1,2}) ?(?:\2|月) ?([0-9]{1,2})日?" + _TAIL)
_EIGHT = re.compile(r"([12][0-9]{3})([01][0-9])([0-3][0-9])")
_ERA = re.compile(
    r"(明治|大正|昭和|平成|令和|[明大昭平令MTSHR])\.? ?(元|[0-9]{1,2}) ?(?:[-/.]|年) ?([0-9]{1,2}) ?(?:[-/.]|月) ?([0-9]{1,2})日?"
    + _TAIL,
    re.IGNORECASE,
)
_SERIAL = re.compile(r"([2-6][0-9]{4})(?:\.0+)?")
_NO_YEAR = re.compile(r"([01]?[0-9])(?:月|[/-])([0-3]?[0-9])日?" + _TAIL)
_AMBIGUOUS = re.compile(r"[0-9]{1,2}([-/.])[0-9]{1,2}\1(?:[0-9]{2}|[0-9]{4}|[0-9])" + _TAIL)
_MDY = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_RANGE = re.compile(r".*[0-9日] ?(?:~|〜|から|、|;|\n) ?(?:[0-9明大昭平令MTSHR].*)?", re.DOTALL)
_EPOCH = date(1899, 12, 30)


def parse(text: str) -> Reading:
    """Read one folded cell that is not empty. Total: any text gives a Reading."""
    if is_absent(text):
        return absent()
    cell = dashes(half(text)).strip()
    if found := _YMD.fullmatch(cell):
        return _day(text, int(found[1]), int(found[3]), int(found[4]))
    if found := _EIGHT.fullmatch(cell):
        return _day(text, int(found[1]), int(found[2]), int(found[3]))
    if found := _ERA.fullmatch(cell):
        return _era_day(_SHORT.get(found[1].upper(), found[1]), found[2], int(found[3]), int(found[4]))
    if found := _SERIAL.fullmatch(cell):
        return likely((_EPOCH + timedelta(days=int(found[1]))).isoformat(), Code.DATE_SERIAL)
    if found := _NO_YEAR.fullmatch(cell):
        return ask(Code.DATE_NO_YEAR) if _date(2000, int(found[1]), int(found[2])) else refused()
    if (
        (found := _MDY.fullmatch(cell))
        and int(found[2]) > 12
        and (day := _date(int(found[3]), int(found[1]), int(found[2])))
    ):
        return likely(day.isoformat())
    if _AMBIGUOUS.fullmatch(cell):
        return ask(Code.DATE_AMBIGUOUS)
    if re.fullmatch("#{3,}", cell):
        return refused(Code.VALUE_DESTROYED)
    return refused(Code.SEVERAL_VALUES if _RANGE.fullmatch(cell) else None)


def _day(text: str, year: int, month: int, day: int) -> Reading:
    if (found := _date(year, month, day)) is None:
        return refused()
    value = found.isoformat()
    return kept(value) if value == text else mended(value)


def _era_day(name: str, count: str, month: int, day: int) -> Reading:
    _, first, start, end = ERAS[name]
    found = _date(first + (1 if count == "元" else int(count)) - 1, month, day)
    if found is None or count in ("0", "00"):
        return refused()
    inside = start <= found < end
    return (mended if inside else likely)(found.isoformat(), Code.DATE_ERA)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


DATE = ValueType(
    "date",
    CANONICAL,
    parse,
    table_schema="date",
    datastore="date",
    examples={
        "2018-01-02": kept("2018-01-02"),
        "2020-02-29": kept("2020-02-29"),
        "2018/1/2": mended("2018-01-02"),
        "2018.1.2": mended("2018-01-02"),
        "２０１８年１月２日（火）": mended("2018-01-02"),
        "20180102": mended("2018-01-02"),
        "2018-01-02 00:00:00": mended("2018-01-02"),
        "R5.4.1": mended("2023-04-01", Code.DATE_ERA),
        "令和元年5月1日": mended("2019-05-01", Code.DATE_ERA),
        "S60.12.1": mended("1985-12-01", Code.DATE_ERA),
        "平成35年4月1日": likely("2023-04-01", Code.DATE_ERA),
        "3/16/2021": likely("2021-03-16"),
        "43102": likely("2018-01-02", Code.DATE_SERIAL),
        "1月7日": ask(Code.DATE_NO_YEAR),
        "1月7日(火)": ask(Code.DATE_NO_YEAR),
        "5.4.1": ask(Code.DATE_AMBIGUOUS),
        "16/3/2021": ask(Code.DATE_AMBIGUOUS),
        "1/2/2018": ask(Code.DATE_AMBIGUOUS),
        "2018-04-01～2018-05-01": refused(Code.SEVERAL_VALUES),
        "通年": refused(),
        "2月30日": refused(),
        "2021-02-29": refused(),
        "令和0年4月1日": refused(),
        "2018年4月": refused(),
        "#####": refused(Code.VALUE_DESTROYED),
        "未定": absent(),
    },
)
