"""Findings as frames: one shape for all checks of this room."""

from collections.abc import Mapping

import polars as pl

from ..issues import FINDINGS, Code


def findings(rows: pl.DataFrame, code: Code, values: Mapping[str, pl.Expr | str | None]) -> pl.DataFrame:
    """One finding a line of `rows`; values: by FINDINGS name, an expression, a text, or None.

    rows: has `src_line` unless values give `line`.
    """
    exprs: list[pl.Expr] = []
    for name, kind in FINDINGS.items():
        value = str(code) if name == "code" and "code" not in values else values.get(name)
        if name == "line" and "line" not in values:
            value = pl.col("src_line")
        exprs.append((value if isinstance(value, pl.Expr) else pl.lit(value)).cast(kind).alias(name))
    return rows.select(exprs)


def of_cells(cells: pl.DataFrame, column: str) -> pl.DataFrame:
    """Findings of a column's odd cells (READ with line)."""
    return cells.filter(pl.col("code").is_not_null()).select(
        pl.col("line"),
        pl.lit(None, pl.String).alias("position"),
        pl.lit(column).alias("column"),
        pl.lit(None, pl.String).alias("label"),
        pl.col("code"),
        pl.col("raw").alias("found"),
        pl.col("offer").alias("suggested"),
        pl.col("sure").alias("confidence"),
    )
