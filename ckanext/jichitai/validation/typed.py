"""Cells that only a person can mend: which texts are asked about, and what was typed for them."""

from collections.abc import Iterable, Mapping

import msgspec
import polars as pl

from ckanext.jichitai.bridge import rulebook
from ckanext.jichitai.core.check.values import Fix
from ckanext.jichitai.core.definitions.resolve import value_type
from ckanext.jichitai.core.fold import fold
from ckanext.jichitai.core.issues import Code

from . import config, drafts

FIELD = "typed-"  # name of a form field: this and the question's number
MOST = 40  # texts that are asked about at once
CELLS = ("column", "code", "found")


class Asked(msgspec.Struct, frozen=True):
    """One text of a column, wherever it stands: cell of the first, how many cells, a first proposal.

    typed: what a person wrote for it, None before.
    """

    field: str
    column: str
    code: str
    found: str
    cell: str
    count: int
    proposal: str | None
    typed: str | None


def questions(draft: drafts.Draft) -> list[Asked]:
    """Texts that have more than one meaning or none for their column; none where the file is gone or long."""
    report = draft.report
    if report is None or report.item is None or not draft.has_bytes or draft.bytes > config.inline_bytes():
        return []
    typed = {(fix.column, fix.found): fix.value for fix in draft.told.fixes if fix.found is not None}
    findings = drafts.examined(draft).findings.filter(
        pl.col("column").is_not_null() & pl.col("found").is_not_null()
    )
    open_ = (pl.col("confidence") == "ask") | (
        pl.col("confidence").is_null() & (pl.col("code") == str(Code.VALUE_REFUSED))
    )
    answered = pl.struct("column", "found").map_elements(
        lambda cell: (cell["column"], cell["found"]) in typed, return_dtype=pl.Boolean
    )
    cells = (
        findings.filter(open_.fill_null(False) | answered)
        .group_by(*CELLS, maintain_order=True)
        .agg(pl.len(), pl.first("position"), pl.first("line"), pl.first("suggested"))
        .head(MOST)
    )
    return [
        Asked(
            f"{FIELD}{number}",
            column,
            code,
            found,
            f"{position or ''}{line or ''}",
            count,
            suggested if (column, found) not in typed else None,
            typed.get((column, found)),
        )
        for number, (column, code, found, count, position, line, suggested) in enumerate(cells.iter_rows())
    ]


def chosen(draft: drafts.Draft, form: Mapping[str, str]) -> tuple[list[Fix], list[str]]:
    """Fixes by what was typed, and the typed texts that their column does not take.

    A field left blank mends nothing; the rest is written as its column's type writes it.
    """
    fixes: list[Fix] = []
    wrong: list[str] = []
    for asked in questions(draft):
        text = fold(form.get(asked.field, ""))
        if not text:
            continue
        value = _read(draft, asked.column, text)
        if value is None:
            wrong.append(text)
        else:
            fixes.append(Fix(asked.column, asked.code, asked.found, value))
    return fixes, wrong


def _read(draft: drafts.Draft, column: str, text: str) -> str | None:
    book = rulebook.book()
    assert draft.report is not None
    assert draft.report.item is not None
    reading = value_type(book.items[draft.report.item.id].column(column), book).parse(text)
    return reading.value if reading.how in ("kept", "safe") else None


def wholesale(choices: Iterable[str]) -> list[Fix]:
    """Ticked fixes: all likely suggestions of a code in a column, written with a tab between them."""
    parted = (choice.split("\t", 1) for choice in choices if "\t" in choice)
    return [Fix(column, code) for column, code in parted]
