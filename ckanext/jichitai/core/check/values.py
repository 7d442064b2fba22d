"""What goes into a check and what comes out of it."""

from typing import Literal

import msgspec
import polars as pl

from ..issues import Confidence
from ..read import Sheet

Verdict = Literal["valid", "repaired", "partial", "invalid", "unreadable", "other", "unchecked"]
How = Literal["exact", "folded", "alias", "former", "prefix", "values", "told", "none"]
LayoutName = Literal["flat", "data-model", "wide"]

# Columns that a tidy table has beside those of its item.
TIDY: dict[str, type[pl.DataType]] = {
    "src_line": pl.Int64,  # line of the file, 1 = first
    "row_verdict": pl.String,  # valid, repaired or quarantined
    "row_issues": pl.String,  # codes by ;
    "verbatim": pl.String,  # JSON {column: published text}, changed or refused cells only; null if none
    "extra": pl.String,  # JSON {label: text} of headings that the item does not know; null if none
}


class Fix(msgspec.Struct, frozen=True, omit_defaults=True):
    """An accepted fix: for a column and code, or for one text of a column.

    found None: all likely suggestions of (column, code) are taken. Otherwise the text `found` in
    `column` becomes `value` (None: blank), wherever it stands; `row` narrows it to one row: its ID, else
    the values of the item's identity columns joined by a blank.
    """

    column: str
    code: str | None = None
    found: str | None = None
    value: str | None = None
    row: str | None = None


class Told(msgspec.Struct, frozen=True, omit_defaults=True):
    """What was told about a file; part of a check's identity beside bytes and definitions.

    item: id. municipality: 6-digit code of the publisher. mapping: heading as published → column
    ("" = no column). accept: level taken without asking. fixes: accepted one by one.
    date: ISO day of the check. title: names around the file (dataset, resource), evidence for recognition.
    """

    item: str | None = None
    municipality: str | None = None
    mapping: dict[str, str] = {}
    accept: Literal["safe", "likely"] = "safe"
    fixes: tuple[Fix, ...] = ()
    date: str | None = None
    title: tuple[str, ...] = ()


class FileFacts(msgspec.Struct, frozen=True):
    """The report's `file`."""

    name: str
    bytes: int
    sha256: str
    format: str
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    header_line: int | None = None


class ItemFacts(msgspec.Struct, frozen=True):
    """The report's `item`: which one, how sure (0–1), and the three strongest grounds in words."""

    id: str
    number: int
    score: float
    why: list[str]
    layout: LayoutName
    edition: Literal["current", "former", "own"]


class Candidate(msgspec.Struct, frozen=True):
    """An item that the file might be."""

    id: str
    number: int
    score: float
    why: list[str]


class ColumnFacts(msgspec.Struct, frozen=True):
    """One heading of the file and where it went; filled is a share, 0–1."""

    position: str
    label: str
    column: str | None
    how: How
    score: float
    filled: float


class RowFacts(msgspec.Struct, frozen=True):
    """total = valid + repaired + quarantined, for every file that is read."""

    total: int
    valid: int
    repaired: int
    quarantined: int


class Example(msgspec.Struct, frozen=True):
    """One cell of an issue."""

    line: int | None
    cell: str | None
    found: str | None
    suggested: str | None
    confidence: Confidence | None


class IssueFacts(msgspec.Struct, frozen=True):
    """One issue of the report, folded by (code, column); examples are at most five."""

    code: str
    severity: Literal["error", "warning", "info"]
    owner: Literal["publisher", "platform"]
    column: str | None
    position: str | None
    count: int
    every_row: bool
    checklist: str | None
    message: dict[str, str]
    remedy: dict[str, str]
    examples: list[Example]


class Report(msgspec.Struct, frozen=True):
    """Report, version 1, as the contract gives it; JSON by `msgspec.json.encode`.

    Same bytes, same definitions, same things told: the same report, byte for byte.
    """

    report: int
    definitions: str
    file: FileFacts
    item: ItemFacts | None
    candidates: list[Candidate]
    columns: list[ColumnFacts]
    missing: list[str]
    rows: RowFacts
    verdict: Verdict
    issues: list[IssueFacts]


class Examined(msgspec.Struct, frozen=True):
    """A check's outcome.

    table: tidy rows: the item's columns in its order (String, canonical, null = not stated) and TIDY,
        quarantined rows included; None where no item is claimed or nothing could be read.
    findings: every finding, FINDINGS of core.issues.
    sheet: what was read, for the forms that show the file as it came; None where it was not kept.
    """

    report: Report
    table: pl.DataFrame | None
    findings: pl.DataFrame
    sheet: Sheet | None = None
