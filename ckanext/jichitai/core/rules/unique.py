"""A name for one row: no two rows of a publisher share it."""

import msgspec
import polars as pl

from ..issues.code import Code
from ..issues.issue import no_findings
from .base import MARKS, Context, filled, findings, present

# From so many rows on, one ID in all of them is a fault of the whole file (id_all_same), not of rows.
WHOLE_FILE = 3


class Unique(msgspec.Struct, frozen=True, tag_field="rule", tag="unique", forbid_unknown_fields=True):
    """No two different rows hold the same values in `columns`; rows with a blank one are not compared.

    Exact copies of a row are row_repeated, and no matter of this rule.
    """

    columns: tuple[str, ...]

    def find(self, rows: pl.DataFrame, context: Context) -> pl.DataFrame:
        """id_repeated at the last of `columns`, for every row of each group that shares a value."""
        names = present(rows, context, self.columns)
        if names != self.columns:
            return no_findings()
        whole = rows.filter(pl.all_horizontal(filled(name) for name in names))
        if whole[names[-1]].n_unique() == whole.height:
            return no_findings()
        data = [name for name in rows.columns if name not in MARKS]
        different = whole.unique(subset=data, keep="first", maintain_order=True)
        if different.height >= WHOLE_FILE and different.select(names).n_unique() == 1:
            return no_findings()
        twice = different.filter(pl.struct(names).is_duplicated())
        return findings(twice, Code.ID_REPEATED, names[-1], pl.col(names[-1]))
