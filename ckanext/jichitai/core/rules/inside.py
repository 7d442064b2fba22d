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
        points = rows.select(pl.col(name).cast(pl.Float64, strict=False) for name in names)
        stated = points.select(pl.all_horizontal(pl.all().is_not_null())).to_series()
        points = points.filter(stated)
        x, y = points[self.longitude].to_numpy(), points[self.latitude].to_numpy()
        outside = ~outlines.holds(publisher, x, y)
        if not outside.any():
            return no_findings()
        far = rows.filter(stated).filter(pl.Series(outside))
        found = pl.format("{}, {}", pl.col(self.latitude), pl.col(self.longitude))
        return findings(far, Code.COORDINATES_OUTSIDE, self.latitude, found)
