"""A workbook: every cell text, no formula, no link, and a sheet of notes in both languages.

xlsxwriter makes the book; the rows of its data sheets are put in column by column, because a call a
cell takes a minute for a table that takes a second so. A table longer than a sheet goes on in the next.
Source of the cell's form: ECMA-376 part 1, 18.3.1.4 (inline strings).
"""

import datetime as dt
import io
import zipfile
from typing import IO, BinaryIO

import polars as pl
import xlsxwriter
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from ..definitions.model import Item, RuleBook
from .form import PLAIN, Form, facts, renamed

ENDING, POSITION = "xlsx", False
MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ROWS = 1_048_575  # a sheet's limit without the heading
CELL = 32_767  # characters that a cell holds
PIECE = 10_000  # rows made at once
# Workbooks carry a date of making; ours is fixed, so that equal tables are equal files.
MADE = dt.datetime(2000, 1, 1)
ZIP_DATE = (1980, 1, 1, 0, 0, 0)
OPTIONS = {
    "constant_memory": True,
    "strings_to_numbers": False,
    "strings_to_formulas": False,
    "strings_to_urls": False,
}
END = b"</sheetData>"
ILLEGAL = "[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]"  # characters that XML cannot hold
ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def write(rows: pl.DataFrame, item: Item, book: RuleBook, out: BinaryIO, form: Form = PLAIN) -> None:
    """Write a merged table."""
    table = renamed(rows, item, form)
    parts = [table.slice(start, ROWS) for start in range(0, max(table.height, 1), ROWS)]
    empty = io.BytesIO(_book_without_rows(table.columns, len(parts), item, form))
    with (
        zipfile.ZipFile(empty) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=5) as new,
    ):
        for entry in old.infolist():
            made = zipfile.ZipInfo(entry.filename, ZIP_DATE)
            made.compress_type = zipfile.ZIP_DEFLATED
            with new.open(made, "w", force_zip64=True) as member:
                number = _number(entry.filename)
                _copy(old.read(entry), parts[number] if number < len(parts) else None, member)


def _book_without_rows(columns: list[str], sheets: int, item: Item, form: Form) -> bytes:
    """The book with headings and notes."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, OPTIONS) as workbook:
        workbook.set_properties({"title": item.title.ja, "created": MADE})
        text = workbook.add_format({"num_format": "@"})
        head = workbook.add_format({"num_format": "@", "bold": True, "bottom": 1})
        for number in range(1, sheets + 1):
            sheet = workbook.add_worksheet("data" if number == 1 else f"data{number}")
            sheet.freeze_panes(1, 0)
            sheet.set_column(0, len(columns), 16, text)
            for column, name in enumerate(columns):
                sheet.write_string(0, column, name, head)
        _notes(workbook.add_worksheet("notes"), item, form)
    return made.getvalue()


def _number(name: str) -> int:
    """Position of a data sheet among the worksheets; a number beyond all for other members."""
    digits = name.removeprefix("xl/worksheets/sheet").removesuffix(".xml")
    return int(digits) - 1 if digits.isdecimal() else 10**9


def _copy(member: bytes, rows: pl.DataFrame | None, out: IO[bytes]) -> None:
    if rows is None:
        out.write(member)
        return
    before, end, after = member.partition(END)
    out.write(before)
    cells = [_cell(xl_col_to_name(place), name) for place, name in enumerate(rows.columns)]
    line = pl.concat_str([pl.lit('<row r="'), "_line", pl.lit('">'), *cells, pl.lit("</row>")])
    texts = rows.with_columns(pl.exclude(pl.String).cast(pl.String)).with_row_index("_line", 2)
    for piece in texts.iter_slices(PIECE):
        made = piece.with_columns(pl.col("_line").cast(pl.String)).select(line.str.join("")).item()
        out.write(made.encode())
    out.write(end + after)


def _cell(letters: str, name: str) -> pl.Expr:
    """A cell as an inline string; nothing where it is blank."""
    text = pl.col(name).str.slice(0, CELL).str.replace_all(ILLEGAL, "")
    # A text that looks like the format's own escape is told from one.
    text = text.str.replace_all("_(x[0-9A-Fa-f]{4}_)", "_x005F_${1}")
    for found, written in ESCAPES.items():
        text = text.str.replace_all(found, written, literal=True)
    before = f'<c r="{letters}'
    cell = [pl.lit(before), pl.col("_line"), pl.lit('" s="1" t="inlineStr"><is><t xml:space="preserve">')]
    return pl.concat_str([*cell, text, pl.lit("</t></is></c>")]).fill_null("")


def _notes(sheet: Worksheet, item: Item, form: Form) -> None:
    """What the table is, and what each column means."""
    lines = [
        (item.title.ja, item.title.en, ""),
        (item.question.ja, item.question.en, ""),
        *((name, text, "") for name, text in facts(item, form).items()),
        *(("ライセンス / licence", text, "") for text in form.licences),
        ("", "", ""),
        ("列 / column", "意味", "meaning"),
        *(
            (
                column.name if form.keys == "name" else column.term,
                column.note.ja if column.note else column.label.ja or column.name,
                column.note.en if column.note else column.label.en,
            )
            for column in item.columns
        ),
    ]
    sheet.set_column(0, 2, 40)
    for number, line in enumerate(lines):
        for column, cell in enumerate(line):
            sheet.write_string(number, column, cell)
