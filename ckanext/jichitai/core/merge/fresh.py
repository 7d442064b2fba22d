"""Whether a file was renewed within its stated frequency, else within 13 months."""

import datetime as dt
from collections.abc import Iterable
from typing import Literal

# Days that may pass, with some grace: a yearly list that comes in its 13th month is not old.
# Keys: EU frequency codes as in schemas/lists/frequency.yaml; what is not here waits 13 months.
DAYS = {
    "NEVER": 10**6,
    "CONT": 8,
    "DAILY": 8,
    "WEEKLY": 21,
    "BIWEEKLY": 35,
    "MONTHLY_3": 45,
    "MONTHLY_2": 45,
    "MONTHLY": 62,
    "BIMONTHLY": 93,
    "QUARTERLY": 124,
    "ANNUAL_3": 155,
    "ANNUAL_2": 214,
    "BIENNIAL": 761,
    "TRIENNIAL": 1126,
    "QUADRENNIAL": 1491,
    "QUINQUENNIAL": 1857,
    "DECENNIAL": 3684,
}
THIRTEEN_MONTHS = 396


def fresh(dates: Iterable[tuple[str, str]], today: str) -> Literal["fresh", "old", "unknown"]:
    """Of files' (ISO day, frequency code): fresh where one is, old where all that are dated are."""
    day = dt.date.fromisoformat(today[:10])
    known = [
        (day - then).days <= DAYS.get(frequency, THIRTEEN_MONTHS)
        for text, frequency in dates
        if (then := _day(text))
    ]
    return "unknown" if not known else "fresh" if any(known) else "old"


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        return None
