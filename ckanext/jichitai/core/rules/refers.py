"""An id that names another row of the table."""

import msgspec
import polars as pl

from ..issues.code import Code
from ..issues.issue import no_findings
from .base import Context, filled, findings, present


class Refers(msgspec.Struct, frozen=True, tag_field="rule", tag="refers", forbid_unknown_fields=True):
    """Each id of `column` (one, or several by ;) stands in `to` somewhere in the table."""

    column: str
    to: str

    def find(self, rows: pl.DataFrame, context: Context) -> pl.DataFrame:
        """reference_missing with the id that nothing has, one for each such id of a row."""
        if len(present(rows, context, (self.column, self.to))) < 2:
            return no_findings()
        known = rows[self.to].drop_nulls().unique().to_list()
        named = (
            rows.filter(filled(self.column))
            .select("src_line", pl.col(self.column).str.split(";").alias("id"))
            .explode("id")
            .with_columns(pl.col("id").str.strip_chars())
        )
        lost = named.filter(~pl.col("id").is_in(known) & (pl.col("id") != ""))
        return findings(lost, Code.REFERENCE_MISSING, self.column, pl.col("id"))
