"""Conservation, asserted at run time: nothing is lost, nothing is made."""

from collections.abc import Sequence

import polars as pl

from .values import InputFile, Merged


class Unbalanced(ArithmeticError):
    """A row or a file was lost or made: our own fault, and no release."""


def balanced(merged: Merged, files: Sequence[InputFile], counts: pl.DataFrame) -> Merged:
    """The same, if all sums hold. counts: of core.merge.finish, one line a file in order.

    Raises Unbalanced with the sum that does not hold.
    """
    read = [0 if file.table is None else max(file.table.height, file.rows_total) for file in files]
    lines = merged.outcomes.select("rows_merged", "rows_dropped").sum().row(0)
    sums = {
        "rows of the files": (
            sum(read[n] for n, count in enumerate(counts["read"]) if count),
            counts["read"].sum(),
        ),
        "rows read": (counts["read"].sum(), counts["merged"].sum() + merged.dropped.height),
        "rows of the table": (merged.rows.height, counts["merged"].sum() + merged.carried),
        "rows by file": (tuple(lines), (counts["merged"].sum(), merged.dropped.height)),
        "files": (len(files), merged.outcomes.height),
        "row ids": (merged.rows.height, merged.rows["row_id"].n_unique()),
    }
    for name, (one, other) in sums.items():
        if one != other:
            raise Unbalanced(f"{merged.item}: {name}: {one} is not {other}")
    return merged
