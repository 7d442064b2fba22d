"""What rules share: the context that they are told, and how their findings are made."""

import msgspec
import polars as pl

from ..issues.code import Code
from ..issues.issue import FINDINGS, Confidence
from .outlines import Outlines

# Columns of a tidy table that are ours and not the publisher's.
MARKS = frozenset({"src_line", "row_verdict", "row_issues", "verbatim"})


class Context(msgspec.Struct, frozen=True):
    """What is known around the rows.

    municipality: 6-digit code of the publisher, None where nobody said it. outlines: where the
    municipalities lie. today: ISO day of the check. columns: the columns that the file has; None means
    those of `rows`. A column that the file lacks is reported once by the header's check, so no rule
    complains of it row by row.
    """

    municipality: str | None = None
    outlines: Outlines | None = None
    today: str | None = None
    columns: frozenset[str] | None = None


def present(rows: pl.DataFrame, context: Context, names: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the columns that the file has, in the order asked."""
    told = context.columns
    return tuple(name for name in names if name in rows.columns and (told is None or name in told))


def filled(name: str) -> pl.Expr:
    """Whether the cell states something: canonical null and the empty text both say nothing."""
    return pl.col(name).is_not_null() & (pl.col(name) != "")


def findings(
    rows: pl.DataFrame,
    code: Code,
    column: str | pl.Expr,
    found: pl.Expr | None = None,
    suggested: pl.Expr | None = None,
    confidence: Confidence | None = None,
) -> pl.DataFrame:
    """One finding for each row given, as FINDINGS; position and label are the caller's to fill in.

    column: a name, or an expression that names the column row by row.
    found, suggested: expressions over `rows` that give text.
    """
    values: dict[str, pl.Expr] = {
        "line": pl.col("src_line"),
        "column": pl.lit(column) if isinstance(column, str) else column,
        "code": pl.lit(code.value),
    }
    if found is not None:
        values["found"] = found
    if suggested is not None:
        values["suggested"] = suggested
    if confidence is not None:
        values["confidence"] = pl.lit(confidence)
    return rows.select(
        values.get(name, pl.lit(None)).cast(kind).alias(name) for name, kind in FINDINGS.items()
    )
