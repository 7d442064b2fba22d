"""Every finding of a check as CSV, streamed: one line a finding, both languages.

UTF-8 with BOM, so that a spreadsheet shows it.
"""

import csv
import io
from collections.abc import Iterator

from ..check.values import Examined
from ..definitions.model import Column, RuleBook
from ..issues.catalogue import Catalogue, Facts, load_catalogue

HEADER = (
    "line", "cell", "label", "column", "code", "severity", "owner", "found", "suggested", "confidence",
    "message_ja", "remedy_ja", "message_en", "remedy_en",
)  # fmt: skip
PIECE = 5_000
# A spreadsheet takes these for the beginning of a formula.
ACTIVE = ("=", "+", "@", "\t", "\r")


def render(examined: Examined, book: RuleBook) -> Iterator[bytes]:
    """The file piece by piece, lines in the order of the findings."""
    catalogue = load_catalogue()
    graded = {(issue.code, issue.column): issue.severity for issue in examined.report.issues}
    item = examined.report.item
    columns = {one.name: one for one in book.items[item.id].columns} if item else {}
    yield b"\xef\xbb\xbf" + _csv([HEADER])
    lines: list[tuple[object, ...]] = []
    for row in examined.findings.iter_rows():
        lines.append(_line(row, catalogue, graded, columns))
        if len(lines) == PIECE:
            yield _csv(lines)
            lines = []
    if lines:
        yield _csv(lines)


def _line(
    row: tuple[object, ...],
    catalogue: Catalogue,
    graded: dict[tuple[str, str | None], str],
    columns: dict[str, Column],
) -> tuple[object, ...]:
    line, position, name, label, code, found, suggested, sure = row
    block = catalogue[str(code)]
    column = columns.get(str(name)) if name else None
    cell = f"{position}{line}" if position and line is not None else None
    facts = Facts(
        str(code),
        column=str(name) if name else None,
        column_en=column.label.en if column else None,
        example=column.example if column else None,
        lines=(int(str(line)),) if line is not None else (),
        cell=cell,
        found=str(found) if found is not None else None,
        suggested=str(suggested) if suggested is not None else None,
    )
    ja, en = catalogue.sentence(facts, "ja"), catalogue.sentence(facts, "en")
    severity = graded.get((str(code), str(name) if name else None), block.severity)
    return (line, cell, label, name, code, severity, block.owner, found, suggested, sure, *ja, *en)


def _csv(lines: list[tuple[object, ...]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerows([_quiet(cell) for cell in line] for line in lines)
    return text.getvalue().encode()


def _quiet(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(ACTIVE) else cell
