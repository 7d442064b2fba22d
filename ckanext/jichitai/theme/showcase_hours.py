"""Whether a place is open at a moment, as far as its row says it. What is not said stays unknown."""

import datetime as dt
from typing import Literal

Answer = Literal["yes", "no", "unknown"]

WEEK = "月火水木金土日"  # the value type weekdays writes days so, Monday first
HOLIDAY = "祝"
DAY = 24 * 60
ENGLISH = dict(
    zip(WEEK + HOLIDAY, ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "holidays"], strict=True)
)


def is_open(
    begin: str | None, end: str | None, days: str | None, moment: dt.datetime, days_matter: bool
) -> Answer:
    """yes, no or unknown.

    begin, end: HH:MM, end up to 24:00. days: as the value type weekdays writes them. days_matter: whether
    the table has a column of days; where it has none, the hours are those of every day.
    moment: in the time of the place. Public holidays are not known here, so a list that ends in 祝 says
    nothing more about an ordinary day. An end at or before its beginning lies on the next day.
    """
    start, stop = _minutes(begin), _minutes(end)
    if start is None or stop is None:
        return _by_days(days, moment)
    now = moment.hour * 60 + moment.minute
    if start == stop:  # 00:00 to 00:00: round the clock
        inside, day = True, moment
    elif start < stop:
        inside, day = start <= now < stop, moment
    else:
        inside = now >= start or now < stop
        day = moment - dt.timedelta(days=1) if now < stop else moment
    if not inside:
        return "no"
    if not days_matter:
        return "yes"
    if not days:
        return "unknown"
    return "yes" if WEEK[day.weekday()] in days else "no"


def days(text: str, label: str) -> str:
    """Days of the value type weekdays for readers of a label (see showcase_uses)."""
    return ", ".join(ENGLISH.get(day, day) for day in text) if label == "en" else text


def _by_days(days: str | None, moment: dt.datetime) -> Answer:
    """Without hours only a day of rest is certain."""
    # Past midnight the evening before may still go on.
    evening = moment - dt.timedelta(hours=6)
    closed = days and WEEK[moment.weekday()] not in days and WEEK[evening.weekday()] not in days
    return "no" if closed else "unknown"


def _minutes(clock: str | None) -> int | None:
    """Minutes since midnight; None where nothing, or no time, is written."""
    hour, _, minute = (clock or "").partition(":")
    if not (hour.isdecimal() and minute.isdecimal()):
        return None
    minutes = int(hour) * 60 + int(minute)
    return minutes if minutes <= DAY else None
