"""Workbooks to grids, cells as they are shown: calamine for the cells of every sheet.

Dates become ISO, times HH:MM, whole numbers lose .0; formulas give their last value; phonetic guides are
no part of a text. What only a style tells (kept zeros, elapsed hours, hidden sheets, merges) is added by
`marks` for sheets that are not large.
"""

import re
from collections.abc import Sequence

import fastexcel
import msgspec
import polars as pl

from ..issues import Code, Issue, Place
from .caps import Caps
from .grid import LINE, Grid, letters
from .head import find_head, known_labels
from .marks import Marks, look
from .tables import same_header

# The example and the lists that a blank form brings along are not its data.
AIDE = re.compile(r"(?:作成|記入|入力|記載|見本)例|選択肢|プルダウン|sample", re.I)
# What calamine writes for a date without a time, for a time without a date, and for elapsed hours.
MIDNIGHT = r"^([0-9]{4}-[0-9]{2}-[0-9]{2}) 00:00:00(?:\.0+)?$"
DAYLESS = (
    r"^(?:1899-12-3[01]|1900-01-0[01]|1904-01-01) ([0-9]{2}:[0-9]{2})(?::00)?(?::[0-9]{2})?(?:\.[0-9]+)?$"
)
TOP = 60


class Leaf(msgspec.Struct, frozen=True):
    """One sheet of a workbook, ready for the header search."""

    name: str
    grid: Grid
    issues: tuple[Issue, ...] = ()


def leaf_of(data: bytes, known: frozenset[str], caps: Caps) -> Leaf | Code:
    """The sheet with the best header and most rows; a Code where the workbook does not open."""
    book = _open(data)
    if isinstance(book, Code):
        return book
    names = book.sheet_names[: caps.sheets]
    sheets: list[tuple[str, pl.DataFrame, bool]] = []
    for name in names:
        sheet = _load(book, name)
        if sheet is not None:
            sheets.append((name, *sheet))
    filled = [sheet for sheet in sheets if sheet[1].height and sheet[1].width]
    if not filled:
        return Code.NO_ROWS if sheets else Code.FILE_BROKEN
    choices = [sheet for sheet in filled if sheet[2]] or filled
    name, frame, _ = max(choices, key=lambda sheet: _worth(sheet[0], sheet[1], known))
    marks = look(data, name, frame.height * frame.width, caps.look)
    if marks is not None:
        frame = _styled(frame, marks)
    issues = [*_named(name, filled, known), *(marks.issues if marks else ())]
    if len(book.sheet_names) > caps.sheets:
        issues.append(_too_large(len(book.sheet_names)))
    frame = _shown(frame)
    top = [_without_tail(row) for row in frame.head(TOP).rows()]
    lines = pl.int_range(1, frame.height + 1, dtype=pl.Int64, eager=True).alias(LINE)
    return Leaf(name, Grid(frame.with_columns(lines), top), tuple(issues))


def _too_large(found: int) -> Issue:
    return Issue(Code.FILE_TOO_LARGE, found=str(found), details={"found": str(found)})


def _open(data: bytes) -> "fastexcel.ExcelReader | Code":
    try:
        return fastexcel.read_excel(data)
    except Exception as error:
        return Code.FILE_LOCKED if "assword" in str(error) else Code.FILE_BROKEN
    except BaseException as error:
        # A panic of the Rust reader is not an Exception; broken workbooks cause it.
        if isinstance(error, (KeyboardInterrupt, SystemExit, MemoryError)):
            raise
        return Code.FILE_BROKEN


def _load(book: "fastexcel.ExcelReader", name: str) -> tuple[pl.DataFrame, bool] | None:
    """The cells of a sheet as text and whether it is visible; None where it holds no cells or is broken."""
    try:
        sheet = book.load_sheet(name, header_row=None, dtypes="string", whitespace_as_null=False)
        frame = sheet.to_polars()
    except Exception:
        # A chart sheet, or a sheet that is broken: the others may be whole.
        return None
    except BaseException as error:
        if isinstance(error, (KeyboardInterrupt, SystemExit, MemoryError)):
            raise
        return None
    frame = frame.rename({old: letters(at) for at, old in enumerate(frame.columns)})
    return frame.cast(pl.String), sheet.visible == "visible"


def _worth(name: str, frame: pl.DataFrame, known: frozenset[str]) -> tuple[float, int]:
    """How much a sheet looks like the table: header × rows, few rows weighing nearly as much as many."""
    rows = frame.head(TOP).rows()
    head = find_head([_without_tail(row) for row in rows], known)
    labels = known_labels(head.labels, known)
    body = frame.height - head.first
    worth = (1 + labels) * (1.0 if body > 0 else 0.2) * (1 + min(body, 1000) / 1000)
    return (worth * (0.1 if AIDE.search(name) else 1.0), -len(name))


def _named(name: str, sheets: Sequence[tuple[str, pl.DataFrame, bool]], known: frozenset[str]) -> list[Issue]:
    """Say which sheet was read, which others go on with its table, and which are hidden."""
    labels = {
        sheet: find_head([_without_tail(row) for row in frame.head(TOP).rows()], known).labels
        for sheet, frame, _ in sheets
    }
    others = [sheet for sheet, _, visible in sheets if sheet != name and visible]
    split = [sheet for sheet in others if same_header(labels[name], labels[sheet]) and not AIDE.search(sheet)]
    rest = [sheet for sheet in others if sheet not in split]
    hidden = [sheet for sheet, _, visible in sheets if not visible and sheet != name]
    issues: list[Issue] = []
    if split:
        text = "、".join(split[:5])
        issues.append(
            Issue(Code.TABLE_SPLIT, found=text, count=len(split), details={"found": text, "others": text})
        )
    if rest:
        issues.append(
            Issue(Code.SHEET_CHOICE, found=name, details={"found": name, "others": "、".join(rest[:5])})
        )
    if hidden:
        text = "、".join(hidden[:5])
        issues.append(Issue(Code.SHEET_HIDDEN, found=text, count=len(hidden), details={"found": text}))
    return issues


def _styled(frame: pl.DataFrame, marks: Marks) -> pl.DataFrame:
    """Put in what the styles say that a cell shows."""
    changes: dict[str, dict[int, str]] = {}
    for (row, column), text in marks.shown.items():
        if row < frame.height and column < frame.width:
            changes.setdefault(letters(column), {})[row] = text
    for name, cells in changes.items():
        values = frame[name].to_list()
        for row, text in cells.items():
            values[row] = text
        frame = frame.with_columns(pl.Series(name, values, dtype=pl.String))
    return frame


def _shown(frame: pl.DataFrame) -> pl.DataFrame:
    """Dates without midnight, times without a day, breaks as line ends, blanks as null."""
    dated = [
        name for name in frame.columns if frame[name].str.contains(r"^[0-9]{4}-[0-9]{2}-[0-9]{2} ").any()
    ]
    broken = [name for name in frame.columns if frame[name].str.contains("_x000[dD]_|\r").any()]
    if dated:
        cells = pl.col(dated)
        frame = frame.with_columns(cells.str.replace(DAYLESS, "${1}").str.replace(MIDNIGHT, "${1}"))
    if broken:
        frame = frame.with_columns(pl.col(broken).str.replace_all("(?:_x000[dD]_|\r)\n?", "\n"))
    return frame.with_columns(pl.when(pl.all() != "").then(pl.all()))


def _without_tail(row: tuple[str | None, ...]) -> list[str | None]:
    """A record as written ends with its last cell."""
    cells = list(row)
    while cells and not cells[-1]:
        cells.pop()
    return cells


def place(row: int, column: int) -> Place:
    """Place of a cell by its 0-based row and column."""
    return Place(line=row + 1, position=letters(column))
