"""A small piece of the file round its first faults: letters, line numbers, the message under the cell."""

from typing import Any

import msgspec

from ckanext.jichitai.bridge import rulebook
from ckanext.jichitai.core.check.index import index_of
from ckanext.jichitai.core.read import read

AROUND = 2  # rows before and after a fault
FAULTS = 4  # lines with a fault that are shown
COLUMNS = 8  # columns at most, the faulty ones and the first


class Cell(msgspec.Struct, frozen=True):
    """One cell: its text, and the fault it has, if any; told: whether the fault's words stand here.

    A fault of thirty rows is put in words once, under the first of them.
    """

    position: str
    text: str
    fault: dict[str, Any] | None = None
    told: bool = False


class Row(msgspec.Struct, frozen=True):
    """One line of the file; gap: lines before it are left out."""

    line: int
    cells: list[Cell]
    gap: bool = False


class Excerpt(msgspec.Struct, frozen=True):
    """positions and labels of the columns shown, and the rows."""

    positions: list[str]
    labels: list[str]
    rows: list[Row]


def excerpt(name: str, data: bytes, report: dict[str, Any]) -> Excerpt | None:
    """Rows round the first faults that have a cell; None where no fault has one, or nothing can be read."""
    faults = _faults(report)
    if not faults:
        return None
    sheet = read(name, data, index_of(rulebook.book()).known)
    if sheet.frame is None:
        return None
    every = [column for column in sheet.frame.columns if column != "line"]
    bad = {position for _, position in faults}
    positions = [each for each in every if each in bad or each in every[:2]][:COLUMNS]
    labels = dict(zip(every, sheet.labels, strict=False))
    lines = sorted({line for line, _ in faults})
    wanted = {near for line in lines for near in range(line - AROUND, line + AROUND + 1)}
    rows: list[Row] = []
    said: set[int] = set()
    before: int | None = None
    for row in sheet.frame.filter(sheet.frame["line"].is_in(sorted(wanted))).iter_rows(named=True):
        cells = []
        for each in positions:
            fault = faults.get((row["line"], each))
            cells.append(
                Cell(each, row[each] or "", fault, fault is not None and id(fault["issue"]) not in said)
            )
            said |= {id(fault["issue"])} if fault else set()
        rows.append(Row(row["line"], cells, gap=before is not None and row["line"] > before + 1))
        before = row["line"]
    return Excerpt(positions, [labels.get(each, "") for each in positions], rows) if rows else None


def _faults(report: dict[str, Any]) -> dict[tuple[int, str], dict[str, Any]]:
    """(line, position) → issue and example, errors first, of the first few lines."""
    found: dict[tuple[int, str], dict[str, Any]] = {}
    lines: set[int] = set()
    for issue in sorted(
        report["issues"], key=lambda each: ("error", "warning", "info").index(each["severity"])
    ):
        for example in issue["examples"]:
            line, position = example["line"], issue["position"]
            if line is None or position is None or (line not in lines and len(lines) >= FAULTS):
                continue
            lines.add(line)
            found.setdefault((line, position), {"issue": issue, "example": example})
    return found
