"""The corrected file: canonical headings and order, extras last, accepted repairs done, no row dropped.

Where nothing could be taken over, the published text stays. XLSX with text cells, or CSV in UTF-8 with BOM.
"""

import csv
import io
import json
from datetime import datetime
from typing import Literal

import polars as pl
import xlsxwriter

from ..check.values import Examined
from ..definitions.model import RuleBook
from ..issues import Code

# The same rows, the same bytes: the day on which a workbook was made is not ours to know.
MADE = datetime(2000, 1, 1)
LIMIT = 32_767  # characters that a spreadsheet's cell holds


def render(examined: Examined, book: RuleBook, kind: Literal["xlsx", "csv"] = "xlsx") -> bytes | None:
    """The corrected file; None where no item is claimed or nothing could be read."""
    made = rows(examined, book)
    if made is None:
        return None
    labels, lines = made
    if kind == "csv":
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow(labels)
        writer.writerows(lines)
        return text.getvalue().encode("utf-8-sig")
    memory = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_numbers": False,
        "strings_to_urls": False,
        "strings_to_formulas": False,
    }
    with xlsxwriter.Workbook(memory, options) as workbook:
        workbook.set_properties({"created": MADE})
        sheet = workbook.add_worksheet()
        plain = workbook.add_format({"num_format": "@"})
        bold = workbook.add_format({"num_format": "@", "bold": True, "bg_color": "#E4E9EE"})
        sheet.freeze_panes(1, 0)
        for at, label in enumerate(labels):
            sheet.write_string(0, at, label, bold)
            sheet.set_column(at, at, 16, plain)
        for number, line in enumerate(lines, 1):
            for at, cell in enumerate(line):
                if cell:
                    sheet.write_string(number, at, cell[:LIMIT], plain)
    return memory.getvalue()


def rows(examined: Examined, book: RuleBook) -> tuple[list[str], list[list[str]]] | None:
    """Headings and rows of the corrected file: columns that the file has, in the item's order, then its extras."""
    table, item = examined.table, examined.report.item
    if table is None or item is None:
        return None
    there = {one.column for one in examined.report.columns if one.column}
    # A heading may hold two columns (both coordinates in one cell).
    there |= (
        set(book.items[item.id].position or ()) if there & set(book.items[item.id].position or ()) else set()
    )
    columns = [column.name for column in book.items[item.id].columns if column.name in there]
    extras = _extras(examined)
    labels = [*columns, *extras.values()]
    lines: list[tuple[int, list[str]]] = []
    for values in table.select(*columns, "src_line", "verbatim", "extra").iter_rows():
        *cells, line, verbatim, extra = values
        published = json.loads(verbatim) if verbatim else {}
        more = json.loads(extra) if extra else {}
        # A cell without a canonical text keeps what was published; a blank one stays blank.
        kept = [
            cell if cell is not None else str(published.get(name, "")).strip()
            for name, cell in zip(columns, cells, strict=True)
        ]
        lines.append((line, [*kept, *(more.get(key, "") for key in extras)]))
    ragged, surplus = _ragged(examined, columns, len(labels))
    if ragged:
        labels += [""] * surplus
        lines = [(line, [*cells, *[""] * surplus]) for line, cells in lines]
        lines = sorted([*lines, *ragged], key=lambda row: row[0])
    return labels, [cells for _, cells in lines]


def _extras(examined: Examined) -> dict[str, str]:
    """Key in the tidy table's `extra` → heading, in the order of the file."""
    found: dict[str, str] = {}
    for one in examined.report.columns:
        if one.column is None:
            key = (
                one.label
                if one.label and one.label not in found
                else f"{one.label} ({one.position})"
                if one.label
                else one.position
            )
            found[key] = one.label
    return found


def _ragged(examined: Examined, columns: list[str], width: int) -> tuple[list[tuple[int, list[str]]], int]:
    """Rows that were set aside for too many cells, each cell under its heading, what is over behind the last one."""
    sheet = examined.sheet
    if sheet is None or sheet.aside is None or sheet.ragged is None or not sheet.ragged.height:
        return [], 0
    codes = [str(Code.ROW_RAGGED), str(Code.ENCODING_DAMAGED)]
    lines = sheet.ragged.filter(pl.col("code").is_in(codes))["line"]
    rows = sheet.aside.filter(pl.col("line").is_in(lines.to_list()))
    facts = {one.position: one for one in examined.report.columns}
    known = set(facts)
    over = [name for name in rows.columns if name != "line" and name not in known]
    extras = [one.position for one in examined.report.columns if one.column is None]
    made: list[tuple[int, list[str]]] = []
    for row in rows.iter_rows(named=True):
        cells = [""] * width
        for position, one in facts.items():
            text = row.get(position) or ""
            at = columns.index(one.column) if one.column else len(columns) + extras.index(position)
            cells[at] += text
        made.append((row["line"], [*cells, *(row[name] or "" for name in over)]))
    return made, len(over)
