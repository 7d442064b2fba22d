"""A cell that another cell makes necessary: the fee, where it is not free."""

import msgspec
import polars as pl

from ..issues.code import Code
from ..issues.issue import no_findings
from .base import Context, filled, findings, present


class RequiredWhen(
    msgspec.Struct, frozen=True, tag_field="rule", tag="required_when", forbid_unknown_fields=True
):
    """`column` is filled where `when` holds one of the words of `equals`."""

    column: str
    when: str
    equals: tuple[str, ...]

    def find(self, rows: pl.DataFrame, context: Context) -> pl.DataFrame:
        """condition_missing at `column`, with what the other cell says; one a row."""
        if len(present(rows, context, (self.column, self.when))) < 2:
            return no_findings()
        bare = rows.filter(pl.col(self.when).is_in(self.equals) & ~filled(self.column))
        return findings(bare, Code.CONDITION_MISSING, self.column, pl.col(self.when))
