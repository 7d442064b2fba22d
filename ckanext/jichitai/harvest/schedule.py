"""When a source is asked again; pure: the moment is an argument."""

import datetime as dt
import hashlib

from ckanext.jichitai.bridge.rulebook import TOKYO

DAY = 24 * 60  # minutes
LONGEST = 24  # hours between two tries of a failing source
NEAR = dt.timedelta(hours=4)


def slot(source: str) -> int:
    """Minute of the day (Japan) at which a source is asked: spread by its id, the same on every machine."""
    return int.from_bytes(hashlib.sha256(source.encode()).digest()[:4], "big") % DAY


def next_due(source: str, now: dt.datetime, failures: int = 0) -> dt.datetime:
    """When to ask again: the next daily slot; a failing source after 1, 2, 4 … 24 hours.

    A slot less than four hours away is passed over, so that a catch-up is not followed by a second run.
    """
    if failures:
        return now + dt.timedelta(hours=min(2 ** (failures - 1), LONGEST))
    local = now.astimezone(TOKYO)
    minute = slot(source)
    due = local.replace(hour=minute // 60, minute=minute % 60, second=0, microsecond=0)
    while due <= local + NEAR:
        due += dt.timedelta(days=1)
    return due.astimezone(dt.UTC)


def reminder(state: str, days: int) -> int | None:
    """The last day on which a state that goes on is told again: held plans after 3, 7, then every 7 days,
    failing sources after 7, then every 30; None before the first."""
    if state == "held":
        return 3 if 3 <= days < 7 else days // 7 * 7 or None
    if state == "failing" and days >= 7:
        return 7 + (days - 7) // 30 * 30
    return None


def file_days(unchanged: int) -> int:
    """Days until an unchanged file is asked for again: daily for a week, then doubling to seven."""
    return 1 if unchanged < 7 else min(2 ** (unchanged - 6), 7)
