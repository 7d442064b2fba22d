"""Columns that are filled together or not at all (latitude and longitude)."""

import msgspec
import polars as pl

from ..issues.code import Code
from ..issues.issue import no_findings
from .base import Context, filled, findings, present


class Together(msgspec.Struct, frozen=True, tag_field="rule", tag="together", forbid_unknown_fields=True):
    """Either all of `columns` are filled in a row, or none. The finding names the first blank one."""

    columns: tuple[str, ...]

    def find(self, rows: pl.DataFrame, context: Context) -> pl.DataFrame:
        """group_incomplete, one a row."""
        names = present(rows, context, self.columns)
        if len(names) < 2:
            return no_findings()
        some = pl.any_horizontal(filled(name) for name in names)
        blank = pl.coalesce(pl.when(~filled(name)).then(pl.lit(name)) for name in names)
        return findings(rows.filter(some & blank.is_not_null()), Code.GROUP_INCOMPLETE, blank)
