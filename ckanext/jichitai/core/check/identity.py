"""What names a row: identity and key columns, IDs, and rows that are copies of others."""

from collections.abc import Sequence

import polars as pl

from ..definitions.model import Item
from ..issues import FINDINGS, Code, Issue, Place
from .found import findings

# From so many rows on, one ID in all of them is a fault of the file, not of rows.
WHOLE_FILE = 3


def identity_findings(table: pl.DataFrame, item: Item) -> pl.DataFrame:
    """identity_missing: rows in which no identity column states anything."""
    names = [name for name in item.identity if name in table.columns]
    blank = pl.all_horizontal(pl.col(name).is_null() for name in names)
    rows = table.filter(blank)
    if not rows.height:
        return pl.DataFrame(schema=FINDINGS)
    return findings(rows, Code.IDENTITY_MISSING, {"column": names[0]})


def id_columns(table: pl.DataFrame, item: Item, there: Sequence[str]) -> list[str]:
    """Key columns of type id that the file has."""
    return [
        name
        for name in item.key
        if name in there and item.column(name).type == "id" and name in table.columns
    ]


def id_findings(table: pl.DataFrame, item: Item, there: Sequence[str]) -> pl.DataFrame:
    """id_missing a row, where other rows have one."""
    parts: list[pl.DataFrame] = []
    for name in id_columns(table, item, there):
        blank = table[name].null_count()
        if blank > 0:
            parts.append(findings(table.filter(pl.col(name).is_null()), Code.ID_MISSING, {"column": name}))
    return pl.concat(parts) if parts else pl.DataFrame(schema=FINDINGS)


def id_issues(table: pl.DataFrame, item: Item, there: Sequence[str]) -> list[Issue]:
    """id_all_same: the key's ID is one and the same in all filled rows."""
    issues: list[Issue] = []
    for name in id_columns(table, item, there):
        ids = table[name].drop_nulls()
        if (
            len(ids) >= WHOLE_FILE
            and ids[0] == ids[-1]
            and ids.n_unique() == 1
            and _others_differ(table, name)
        ):
            issues.append(
                Issue(Code.ID_ALL_SAME, Place(column=name), str(ids[0]), count=len(ids), every_row=True)
            )
    return issues


def _others_differ(table: pl.DataFrame, name: str) -> bool:
    """Copies of one row are another fault."""
    return table.drop("src_line", name).unique().height > 1


def copies(frame: pl.DataFrame, column: str | None) -> pl.DataFrame:
    """row_repeated: rows that repeat an earlier one in every cell. frame: as published, with `line`."""
    cells = [name for name in frame.columns if name != "line"]
    if frame.height < 2 or not cells:
        return pl.DataFrame(schema=FINDINGS)
    # A hash of each row first: copies are rare, and comparing whole rows is dear.
    digest = frame.select(cells).hash_rows(seed=0)
    if digest.n_unique() == frame.height:
        return pl.DataFrame(schema=FINDINGS)
    suspects = frame.filter(digest.is_duplicated())
    again = suspects.filter(~pl.struct(cells).is_first_distinct())
    return findings(again, Code.ROW_REPEATED, {"line": pl.col("line"), "column": column})
