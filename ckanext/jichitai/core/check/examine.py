"""The check: bytes in, report and tidy table out. Only this module knows the order.

read → recognise → map columns → layout and edition → judge cells, rows, table → report.
"""

import polars as pl

from ..definitions.model import Item, RuleBook
from ..issues import FINDINGS, Code, Issue
from ..issues.catalogue import load_catalogue
from ..read import WEB, Caps, Sheet, read
from .agreement import Values
from .columns import ColumnMap, map_columns
from .fold_issues import Around, as_findings, fold
from .header import header_issues, missing
from .index import Index, index_of
from .judge import Judged, judge
from .labels import Heading, headings
from .layout import edition_of, layout_of
from .recognise import KNOWN, Guess, recognise, taken
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
    labels = headings(sheet.labels, index)
    guesses = _guesses(sheet, labels, index, told)
    claimed = _claimed(guesses, told, book)
    issues = [*sheet.issues, *_about_item(sheet, guesses, claimed, told, book)]
    if sheet.frame is None or claimed is None:
        return _unjudged(sheet, labels, guesses, claimed, issues, book, told)
    return _judged(sheet, labels, guesses, claimed, issues, index, told)


def _guesses(sheet: Sheet, labels: list[Heading], index: Index, told: Told) -> list[Guess]:
    titles = [*([sheet.sheet] if sheet.sheet else []), *sheet.outside[:20], *told.title]
    return recognise(labels, sheet.name, titles, index, row_names(sheet.frame, labels, index))


def _claimed(guesses: list[Guess], told: Told, book: RuleBook) -> Item | None:
    if told.item is not None and told.item in book.items:
        return book.items[told.item]
    first = taken(guesses)
    return book.items[first.item] if first else None


def _about_item(
    sheet: Sheet, guesses: list[Guess], claimed: Item | None, told: Told, book: RuleBook
) -> list[Issue]:
    """item_unknown, item_doubtful, item_differs."""
    if sheet.frame is None:
        return []
    first = guesses[0]
    if told.item is not None:
        if told.item not in book.items:
            return [Issue(Code.ITEM_UNKNOWN, found=told.item, details={"found": told.item})]
        sure = taken(guesses)
        if sure and sure.item != told.item:
            title = book.items[sure.item].title.ja
            return [
                Issue(
                    Code.ITEM_DIFFERS,
                    found=title,
                    details={"found": title, "item": book.items[told.item].title.ja},
                )
            ]
        return []
    if claimed is not None:
        return []
    if first.score < KNOWN:
        return [Issue(Code.ITEM_UNKNOWN)]
    title = book.items[first.item].title.ja
    return [Issue(Code.ITEM_DOUBTFUL, found=title, confidence="ask", details={"found": title, "item": title})]


def _unjudged(
    sheet: Sheet,
    labels: list[Heading],
    guesses: list[Guess],
    claimed: Item | None,
    issues: list[Issue],
    book: RuleBook,
    told: Told,
) -> Examined:
    """A file that is no table, or none of the items: read, recognised, and left in peace."""
    findings = pl.concat(
        [as_findings(issues), sheet.ragged if sheet.ragged is not None else pl.DataFrame(schema=FINDINGS)]
    )
    around = Around(claimed, told.item is not None, {}, 0, sheet.header_line)
    ragged = sheet.ragged if sheet.ragged is not None else pl.DataFrame(schema=FINDINGS)
    report = Report(
        1,
        book.digest,
        file_facts(sheet),
        None if claimed is None else _facts(claimed, guesses, told, labels, None, None),
        candidates(guesses, book) if claimed is None and sheet.frame is not None else [],
        column_facts(sheet, None),
        [],
        rows_of(None, sheet),
        verdict_of(sheet, claimed, None, issues, None),
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
    issues = [*issues, *header_issues(item, found, cells, filled)]
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
