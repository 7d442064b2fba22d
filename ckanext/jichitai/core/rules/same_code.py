"""The municipality that a row names is the one that publishes the file."""

import msgspec
import polars as pl

from ..issues.code import Code
from ..issues.issue import no_findings
from .base import Context, filled, findings, present


class SameCode(msgspec.Struct, frozen=True, tag_field="rule", tag="same_code", forbid_unknown_fields=True):
    """`column` holds the publisher's 6-digit code. Where nobody said who publishes, nothing is found."""

    column: str

    def find(self, rows: pl.DataFrame, context: Context) -> pl.DataFrame:
        """code_differs with the publisher's code as a proposal, one a row."""
        if context.municipality is None or not present(rows, context, (self.column,)):
            return no_findings()
        other = rows.filter(filled(self.column) & (pl.col(self.column) != context.municipality))
        return findings(
            other, Code.CODE_DIFFERS, self.column, pl.col(self.column), pl.lit(context.municipality), "ask"
        )
