"""A day in the Japanese era, from 昭和 on."""

import datetime as dt

# First days: orders of 1926, 1989 and 2019.
ERAS = (
    (dt.date(2019, 5, 1), "令和"),
    (dt.date(1989, 1, 8), "平成"),
    (dt.date(1926, 12, 25), "昭和"),
)


def name(day: dt.date) -> str | None:
    """The year in its era (令和8年, 平成元年); None before 昭和."""
    for first, era in ERAS:
        if day >= first:
            year = day.year - first.year + 1
            return f"{era}{'元' if year == 1 else year}年"
    return None
