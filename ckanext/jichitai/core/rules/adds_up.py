"""A total is the sum of its parts: men and women, ages."""

import msgspec
import polars as pl

from ..issues.code import Code
from ..issues.issue import no_findings
from .base import Context, findings, present


class AddsUp(msgspec.Struct, frozen=True, tag_field="rule", tag="adds_up", forbid_unknown_fields=True):
    """`total` is the sum of `parts`. Rows with a blank or unreadable number among them are not judged."""

    total: str
    parts: tuple[str, ...]

    def find(self, rows: pl.DataFrame, context: Context) -> pl.DataFrame:
        """sum_differs at `total`, with the sum as a proposal; one a row."""
        names = (self.total, *self.parts)
        if present(rows, context, names) != names:
            return no_findings()
        numbers = rows.with_columns(pl.col(name).cast(pl.Float64, strict=False) for name in names)
        # Null in a part makes the sum null; 1e-6 forgives what binary fractions do to decimals.
        total = pl.sum_horizontal([pl.col(name) for name in self.parts], ignore_nulls=False)
        wrong = numbers.select(((total - pl.col(self.total)).abs() > 1e-6).alias("wrong"), total.alias("sum"))
        told = rows.with_columns(wrong).filter(pl.col("wrong"))
        return findings(told, Code.SUM_DIFFERS, self.total, pl.col(self.total), _plain("sum"), "ask")


def _plain(name: str) -> pl.Expr:
    """A number as a clerk writes it: 12, not 12.0."""
    return pl.col(name).round(6).cast(pl.String).str.strip_suffix(".0")
