"""The parts of a report, and its verdict."""

from collections.abc import Sequence
from typing import Literal

import polars as pl

from ..definitions.model import Item, RuleBook
from ..issues import Code, Issue
from ..issues.phrases import load_phrases
from ..read import Sheet
from .columns import ColumnMap
from .header import RENAMED
from .recognise import Ground, Guess
from .values import Candidate, ColumnFacts, FileFacts, ItemFacts, LayoutName, RowFacts, Verdict

# Faults of a file that its corrected form no longer has.
MENDED = frozenset(
    {
        Code.ENCODING_NOT_UTF8,
        Code.TEXT_MOJIBAKE,
        Code.DELIMITER_OTHER,
        Code.LINE_WRAPPED,
        Code.ROWS_OUTSIDE_TABLE,
        Code.HEADER_DOUBLE,
        Code.HEADER_REPEATED,
    }
)


def file_facts(sheet: Sheet) -> FileFacts:
    """The report's `file`."""
    return FileFacts(
        sheet.name,
        sheet.size,
        sheet.sha256,
        sheet.format,
        sheet.encoding,
        sheet.delimiter,
        sheet.sheet,
        sheet.header_line,
    )


def item_facts(
    item: Item, guess: Guess, told: bool, layout: LayoutName, edition: Literal["current", "former", "own"]
) -> ItemFacts:
    """The report's `item`; an item that was told is certain."""
    why = _why(guess.grounds)
    if told:
        why = [load_phrases()("why_told", "ja"), *why][:3]
    return ItemFacts(item.id, item.number, 1.0 if told else guess.score, why, layout, edition)


def candidates(guesses: Sequence[Guess], book: RuleBook) -> list[Candidate]:
    """The three likeliest items."""
    return [
        Candidate(one.item, book.items[one.item].number, one.score, _why(one.grounds)) for one in guesses[:3]
    ]


def _why(grounds: Sequence[Ground]) -> list[str]:
    """The strongest grounds in words; in Japanese, as the report's reader has it."""
    return [load_phrases()(f"why_{one.kind}", "ja", found=one.found) for one in grounds[:3]]


def column_facts(sheet: Sheet, found: ColumnMap | None) -> list[ColumnFacts]:
    """The report's `columns`, in the order of the file."""
    if sheet.frame is None:
        return []
    height = sheet.frame.height
    facts: list[ColumnFacts] = []
    for at, label in enumerate(sheet.labels):
        name = sheet.frame.columns[at]
        filled = round(1 - sheet.frame[name].null_count() / height, 2) if height else 0.0
        if found is None:
            facts.append(ColumnFacts(name, label, None, "none", 0.0, filled))
        else:
            one = found.headings[at]
            facts.append(ColumnFacts(name, label, one.column, one.how, round(one.score, 2), filled))
    return facts


def rows_of(table: pl.DataFrame | None, sheet: Sheet, *, claimed: bool = False) -> RowFacts:
    """The report's `rows`: every row of the file that was read, set aside or not.

    claimed: without a tidy table, rows of a file that claims an item are set aside; others are left in peace.
    """
    ragged = sheet.ragged["line"].n_unique() if sheet.ragged is not None and sheet.ragged.height else 0
    if table is None:
        kept = sheet.frame.height if sheet.frame is not None else 0
        return RowFacts(kept + ragged, 0 if claimed else kept, 0, ragged + (kept if claimed else 0))
    count = {"valid": 0, "repaired": 0, "quarantined": 0} | dict(
        table.group_by("row_verdict").len().iter_rows()
    )
    return RowFacts(table.height + ragged, count["valid"], count["repaired"], count["quarantined"] + ragged)


def verdict_of(
    sheet: Sheet,
    item: Item | None,
    table: pl.DataFrame | None,
    issues: Sequence[Issue],
    found: ColumnMap | None,
) -> Verdict:
    """The verdict, worst first."""
    if item is None:
        return "other"
    codes = {issue.code for issue in issues}
    if sheet.frame is None:
        return "unreadable"
    rows = rows_of(table, sheet, claimed=True)
    if codes & {Code.HEADER_MISSING, Code.ITEM_UNKNOWN} or rows.valid + rows.repaired == 0:
        return "invalid"
    if rows.quarantined:
        return "partial"
    renamed = found is not None and any(one.how in RENAMED and one.column for one in found.headings)
    whole = any(issue.confidence == "safe" for issue in issues)
    return "repaired" if rows.repaired or renamed or whole or codes & MENDED else "valid"
