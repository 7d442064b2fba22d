"""One value does not come after another: start and end, capacity by age, validity."""

import msgspec
import polars as pl

from ..issues.code import Code
from ..issues.issue import no_findings
from .base import Context, filled, findings, present

# As an end, midnight is the end of the day; 24:00 sorts behind every time by itself.
MIDNIGHT = "00:00"


class Ordered(msgspec.Struct, frozen=True, tag_field="rule", tag="ordered", forbid_unknown_fields=True):
    """`first` is not above `then`. Both are numbers, or canonical dates or times, which sort as text.

    Equal values pass, and so do 24:00, 00:00 as an end, and all day (00:00 to 23:59, 00:00 to 00:00).
    days: two date columns; times are compared only where both fall on one day or the second is blank.
    """

    first: str
    then: str
    days: tuple[str, str] | None = None

    def find(self, rows: pl.DataFrame, context: Context) -> pl.DataFrame:
        """order_wrong at `then`, one a row."""
        if len(present(rows, context, (self.first, self.then))) < 2:
            return no_findings()
        first, then = pl.col(self.first), pl.col(self.then)
        numbers = [name.cast(pl.Float64, strict=False) for name in (first, then)]
        wrong = pl.coalesce(numbers[0] > numbers[1], (first > then) & (then != MIDNIGHT))
        wrong &= filled(self.first) & filled(self.then)
        if self.days is not None and present(rows, context, self.days) == self.days:
            begin, end = self.days
            wrong &= ~filled(end) | (pl.col(begin) == pl.col(end))
        return findings(rows.filter(wrong), Code.ORDER_WRONG, self.then, pl.format("{} > {}", first, then))
