"""At least one way to say it must be used: coordinates, or an address, or the id of a facility."""

import msgspec
import polars as pl

from ..issues.code import Code
from .base import Context, filled, findings, present


class OneOf(msgspec.Struct, frozen=True, tag_field="rule", tag="one_of", forbid_unknown_fields=True):
    """In each row at least one of `groups` is filled whole. The finding stands at the first group."""

    groups: tuple[tuple[str, ...], ...]

    def find(self, rows: pl.DataFrame, context: Context) -> pl.DataFrame:
        """group_incomplete, one a row."""
        usable = [group for group in self.groups if present(rows, context, group) == group]
        whole = [pl.all_horizontal(filled(name) for name in group) for group in usable]
        bare = rows.filter(~pl.any_horizontal(whole)) if whole else rows
        return findings(bare, Code.GROUP_INCOMPLETE, (usable or self.groups)[0][0])
