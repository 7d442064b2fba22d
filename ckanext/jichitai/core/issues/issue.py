"""An issue: code, place, found. Severity and words belong to the code, in schemas/issues/."""

from typing import Literal

import msgspec
import polars as pl

from .code import Code

Confidence = Literal["safe", "likely", "ask"]

# Findings of cells and rows are columns, not objects: a million of them is normal.
# One line a finding. `line` is the line of the file as its user sees it (1 = first),
# `position` the column's letters (A, B … AA), `column` the definition's column name,
# `label` the heading as published, `code` a Code, `found` the text as published,
# `suggested` what to write instead, `confidence` how sure we are of the suggestion,
# null where there is none.
FINDINGS: dict[str, type[pl.DataType]] = {
    "line": pl.Int64,
    "position": pl.String,
    "column": pl.String,
    "label": pl.String,
    "code": pl.String,
    "found": pl.String,
    "suggested": pl.String,
    "confidence": pl.String,
}


class Place(msgspec.Struct, frozen=True):
    """Where: a file as a whole (all None), a column, a line, or a cell."""

    line: int | None = None
    position: str | None = None
    column: str | None = None
    label: str | None = None


class Issue(msgspec.Struct, frozen=True):
    """One thing found in a file, a header or a table as a whole.

    `details` fill the placeholders of the code's sentence (texts and numbers as they are shown).
    `count` is how many cells or rows it stands for; `every_row` when that is all of them.
    """

    code: Code
    place: Place = Place()
    found: str | None = None
    suggested: str | None = None
    confidence: Confidence | None = None
    count: int = 1
    every_row: bool = False
    details: dict[str, str] = {}


def no_findings() -> pl.DataFrame:
    """A findings table without a line."""
    return pl.DataFrame(schema=FINDINGS)
