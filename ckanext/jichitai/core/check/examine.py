"""The check: bytes in, report and tidy table out. Only this module knows the order.

read → recognise → map columns → layout and edition → judge cells, rows, table → report.
"""

import polars as pl

from ..definitions.model import Item, RuleBook
from ..issues import FINDINGS, Code, Issue
from ..issues.catalogue import load_catalogue
from ..read import WEB, Caps, Sheet, read
from .agreement import Values
from .claim import about_item, claimed
from .columns import ColumnMap, map_columns
from .counter import without_counters
from .fold_issues import Around, as_findings, fold
from .header import header_issues, missing
from .index import Index, index_of
from .judge import Judged, judge
from .labels import Heading, headings
from .layout import edition_of, layout_of
from .recognise import Guess, recognise
from .report import candidates, column_facts, file_facts, item_facts, rows_of, verdict_of
from .rows_named import row_names
from .values import Examined, ItemFacts, Report, Told

NOTHING = Told()


def examine(name: str, data: bytes, book: RuleBook, told: Told = NOTHING, caps: Caps = WEB) -> Examined:
    """Check one file.

    name: its base name. told: what is known about it, see Told. Never raises for a fault of the data;
    an exception is our own fault, and the caller's report is then `unchecked`.
    """
    index = index_of(book)
    sheet = read(name, data, index.known, caps)
    double = any(issue.code == Code.HEADER_DOUBLE for issue in sheet.issues)
    labels = headings(sheet.labels, index, double=double)
    guesses = _guesses(sheet, labels, index, told)
    item = claimed(guesses, told, book)
    issues = [*sheet.issues, *about_item(sheet, guesses, item, told, book)]
    headless = any(issue.code == Code.HEADER_MISSING for issue in sheet.issues)
    if sheet.frame is None or item is None or headless:
        return _unjudged(sheet, labels, guesses, item, issues, book, told)
    return _judged(sheet, labels, guesses, item, issues, index, told)


def _guesses(sheet: Sheet, labels: list[Heading], index: Index, told: Told) -> list[Guess]:
    titles = [*([sheet.sheet] if sheet.sheet else []), *sheet.outside[:20], *told.title]
    return recognise(labels, sheet.name, titles, index, row_names(sheet.frame, labels, index))


def _unjudged(
    sheet: Sheet,
    labels: list[Heading],
    guesses: list[Guess],
    item: Item | None,
    issues: list[Issue],
    book: RuleBook,
    told: Told,
) -> Examined:
    """A file that is no table, or none of the items: read, recognised, and left in peace."""
    findings = pl.concat(
        [as_findings(issues), sheet.ragged if sheet.ragged is not None else pl.DataFrame(schema=FINDINGS)]
    )
    around = Around(item, told.item is not None, {}, 0, sheet.header_line)
    ragged = sheet.ragged if sheet.ragged is not None else pl.DataFrame(schema=FINDINGS)
    report = Report(
        1,
        book.digest,
        file_facts(sheet),
        None if item is None else _facts(item, guesses, told, labels, None, None),
        candidates(guesses, book) if item is None and sheet.frame is not None else [],
        column_facts(sheet, None),
        [],
        rows_of(None, sheet, claimed=item is not None),
        verdict_of(sheet, item, None, issues, None),
        fold(issues, ragged, load_catalogue(), around),
    )
    return Examined(report, None, findings, sheet)


def _judged(
    sheet: Sheet,
    labels: list[Heading],
    guesses: list[Guess],
    item: Item,
    issues: list[Issue],
    index: Index,
    told: Told,
) -> Examined:
    frame = sheet.frame
    assert frame is not None
    one = index.items[item.id]
    cells = [name for name in frame.columns if name != "line"]
    filled = [1 - frame[name].null_count() / frame.height if frame.height else 0.0 for name in cells]
    found = map_columns(labels, one, index, told.mapping, filled, Values(frame, one, index.book))
    found = without_counters(found, frame)
    issues = [*issues, *header_issues(item, found, cells, filled, frame.height)]
    if told.item is not None and not set(found.places()) & set(item.identity):
        issues.append(Issue(Code.ITEM_UNKNOWN, details={"item": item.title.ja}))
    result = judge(frame, sheet.labels, found, item, index.book, told)
    issues = [*issues, *result.issues]
    ragged = sheet.ragged if sheet.ragged is not None else pl.DataFrame(schema=FINDINGS)
    findings = pl.concat([ragged, result.findings])
    around = Around(item, told.item is not None, result.filled, frame.height, sheet.header_line)
    report = Report(
        1,
        index.book.digest,
        file_facts(sheet),
        _facts(item, guesses, told, labels, found, index),
        [],
        column_facts(sheet, found),
        [column.name for column in missing(item, found)],
        rows_of(result.table, sheet),
        verdict_of(sheet, item, result.table, issues, found),
        fold(issues, findings, load_catalogue(), around),
    )
    return Examined(report, result.table, pl.concat([as_findings(issues), findings]), sheet)


def _facts(
    item: Item,
    guesses: list[Guess],
    told: Told,
    labels: list[Heading],
    found: ColumnMap | None,
    index: Index | None,
) -> ItemFacts:
    guess = next(guess for guess in guesses if guess.item == item.id)
    if found is None or index is None:
        return item_facts(item, guess, told.item is not None, "flat", "own")
    one = index.items[item.id]
    return item_facts(
        item, guess, told.item is not None, layout_of(labels, one), edition_of(labels, found.headings, one)
    )


__all__ = ["Judged", "examine"]
