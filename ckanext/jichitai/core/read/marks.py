"""The second look at a workbook: what only styles and marks tell. openpyxl, up to some 20,000 cells.

Kept zeros (0000000), elapsed hours ([h]:mm), text before or after a text ("東京都"@); merged cells, formulas,
pictures. Values come from the first look; formulas are only counted.
"""

import io
import re
import warnings
import zipfile
from datetime import timedelta

import msgspec
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from ..issues import Code, Issue, Place
from .grid import letters

ZEROS = re.compile(r"0{2,}")
ELAPSED = re.compile(r"\[h+\]:?m", re.I)
AROUND = re.compile(r'((?:"[^"]*"|\\.)*)@((?:"[^"]*"|\\.)*)')
# A document type in a workbook is never there for good reasons: entities that grow without end.
DOCTYPE = (b"<!DOCTYPE", b"<!ENTITY")


class Marks(msgspec.Struct, frozen=True):
    """shown: (row, column), 0-based → text as shown. issues: what was read around."""

    shown: dict[tuple[int, int], str]
    issues: tuple[Issue, ...] = ()


def look(data: bytes, name: str, cells: int, limit: int) -> Marks | None:
    """Look at one sheet of an .xlsx; None where it is too large, of an older kind, or does not open."""
    if cells > limit and not (cells <= limit * 20 and _keeps_zeros(data)):
        return None
    if not data.startswith(b"PK"):
        return None
    try:
        if _has_doctype(data):
            return None
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(data), data_only=False)
        sheet = book[name]
    except Exception:
        # openpyxl raises whatever a part of it meets in a broken workbook. The values are there already;
        # only this second look is missing.
        return None
    return Marks(_shown(sheet), tuple(_issues(sheet))) if sheet in book.worksheets else None


def _has_doctype(data: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for member in archive.infolist():
            if member.filename.endswith((".xml", ".rels")):
                with archive.open(member) as stream:
                    start = stream.read(1024)
                if any(mark in start for mark in DOCTYPE):
                    return True
    return False


def _keeps_zeros(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return re.search(rb'formatCode="0{2,}"', archive.read("xl/styles.xml")) is not None
    except (KeyError, zipfile.BadZipFile, OSError, RuntimeError):
        return False


def _shown(sheet: Worksheet) -> dict[tuple[int, int], str]:
    shown: dict[tuple[int, int], str] = {}
    plain = {"General", "@"}
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is None or cell.number_format in plain:
                continue
            if (text := _as_shown(cell.value, cell.number_format)) is not None:
                shown[cell.row - 1, cell.column - 1] = text
    return shown


def _as_shown(value: object, style: str) -> str | None:
    """What the style adds to a value, None where it adds nothing that we keep."""
    style = style.split(";", maxsplit=1)[0]
    if isinstance(value, bool):
        return None
    if ZEROS.fullmatch(style) and isinstance(value, (int, float)) and value == int(value) and value >= 0:
        return str(int(value)).zfill(len(style))
    if ELAPSED.search(style) and isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    if isinstance(value, str) and not value.startswith("=") and (around := AROUND.fullmatch(style)):
        before, after = (re.sub(r'"|\\', "", part) for part in around.groups())
        return f"{before}{value}{after}" if before or after else None
    return None


def _issues(sheet: Worksheet) -> list[Issue]:
    issues: list[Issue] = []
    merged = [span for span in sheet.merged_cells.ranges if span.size["rows"] * span.size["columns"] > 1]
    if merged:
        first = min(merged, key=lambda span: (span.min_row, span.min_col))
        at = Place(line=first.min_row, position=letters(first.min_col - 1))
        issues.append(
            Issue(Code.MERGED_CELLS, at, first.coord, count=len(merged), details={"found": first.coord})
        )
    formulas = [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    if formulas:
        first_cell = formulas[0]
        at = Place(line=first_cell.row, position=first_cell.coordinate.rstrip("0123456789"))
        issues.append(Issue(Code.FORMULA_CELLS, at, str(first_cell.value)[:80], count=len(formulas)))
    objects = len(getattr(sheet, "_images", [])) + len(getattr(sheet, "_charts", []))
    if objects:
        issues.append(Issue(Code.OBJECT_IN_SHEET, count=objects))
    return issues
