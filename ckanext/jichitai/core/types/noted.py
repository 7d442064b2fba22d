"""A value with a remark behind it: 15人（先着順）, 17:00※, 3歳（要相談）."""

import re
from collections.abc import Callable

from ..issues.code import Code
from .base import Reading, likely

_NOTE = re.compile(r"(.*?[^\s(※])\s*(\(.+\)|※.*)", re.DOTALL)


def noted(cell: str, parse: Callable[[str], Reading]) -> Reading | None:
    """The value alone as an offer, and the remark as its note; None where no value stands before a remark.

    cell: half-width.
    """
    found = _NOTE.fullmatch(cell)
    if not found:
        return None
    reading = parse(found[1])
    if reading.how not in ("kept", "safe", "likely") or reading.value is None:
        return None
    return likely(reading.value, Code.SEVERAL_VALUES, found[2].strip("()※ ") or None)
