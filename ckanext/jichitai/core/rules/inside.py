"""A place lies where its publisher is."""

import msgspec
import polars as pl

from ..issues.code import Code
from ..issues.issue import no_findings
from .base import Context, findings, present


class Inside(msgspec.Struct, frozen=True, tag_field="rule", tag="inside", forbid_unknown_fields=True):
    """Each position lies in the publisher's outline, widened as core/rules/outlines.py says.

    A publisher without an outline (another prefecture, or nobody said who) is not judged here: that a
    position lies in Japan is the value types' matter. A position outside may still be right, a ward's
    mountain lodge for example: always a warning.
    """

    latitude: str
    longitude: str

    def find(self, rows: pl.DataFrame, context: Context) -> pl.DataFrame:
        """coordinates_outside at `latitude`, with both numbers; one a row."""
        names = (self.latitude, self.longitude)
        outlines, publisher = context.outlines, context.municipality
        if (
            outlines is None
            or publisher is None
            or publisher not in outlines
            or present(rows, context, names) != names
        ):
            return no_findings()
        points = (
            rows.select(pl.col(name).cast(pl.Float64, strict=False) for name in names).drop_nulls().unique()
        )
        x, y = points[self.longitude].to_numpy(), points[self.latitude].to_numpy()
        outside = points.filter(~pl.Series(outlines.holds(publisher, x, y), dtype=pl.Boolean))
        numbers = rows.with_columns(
            pl.col(name).cast(pl.Float64, strict=False).alias(f"{name} ") for name in names
        )
        far = numbers.join(outside, left_on=[f"{name} " for name in names], right_on=list(names), how="semi")
        found = pl.format("{}, {}", pl.col(self.latitude), pl.col(self.longitude))
        return findings(far, Code.COORDINATES_OUTSIDE, self.latitude, found)
