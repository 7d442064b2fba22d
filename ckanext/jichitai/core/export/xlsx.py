"""A workbook: every cell text, no formula, no link, and a sheet of notes in both languages.

Written in constant memory; a table longer than a sheet goes on in the next.
"""

import datetime as dt
from typing import BinaryIO

import polars as pl
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from ..definitions.model import Item, RuleBook
from .form import PLAIN, Form, facts, renamed

ENDING, POSITION = "xlsx", False
MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ROWS = 1_048_575  # a sheet's limit without the heading
CELL = 32_767  # characters that a cell holds
# Workbooks carry a date of making; ours is fixed, so that equal tables are equal files.
MADE = dt.datetime(2000, 1, 1)
OPTIONS = {
    "constant_memory": True,
    "strings_to_numbers": False,
    "strings_to_formulas": False,
    "strings_to_urls": False,
}


def write(rows: pl.DataFrame, item: Item, book: RuleBook, out: BinaryIO, form: Form = PLAIN) -> None:
    """Write a merged table."""
    table = renamed(rows, item, form)
    with xlsxwriter.Workbook(out, OPTIONS) as workbook:
        workbook.set_properties({"title": item.title.ja, "created": MADE})
        text = workbook.add_format({"num_format": "@"})
        head = workbook.add_format({"num_format": "@", "bold": True, "bottom": 1})
        for number, start in enumerate(range(0, max(table.height, 1), ROWS), 1):
            sheet = workbook.add_worksheet("data" if number == 1 else f"data{number}")
            sheet.freeze_panes(1, 0)
            sheet.set_column(0, table.width, 16, text)
            for column, name in enumerate(table.columns):
                sheet.write_string(0, column, name, head)
            _fill(sheet, table.slice(start, ROWS))
        _notes(workbook.add_worksheet("notes"), item, form)


def _fill(sheet: Worksheet, table: pl.DataFrame) -> None:
    texts = table.with_columns(pl.exclude(pl.String).cast(pl.String))
    for line, row in enumerate(texts.iter_rows(), 1):
        for column, cell in enumerate(row):
            if cell is not None:
                sheet.write_string(line, column, cell[:CELL])


def _notes(sheet: Worksheet, item: Item, form: Form) -> None:
    """What the table is, and what each column means."""
    lines = [
        (item.title.ja, item.title.en, ""),
        (item.question.ja, item.question.en, ""),
        *((name, text, "") for name, text in facts(item, form).items()),
        *(("ライセンス / licence", text, "") for text in form.licences),
        ("", "", ""),
        ("列 / column", "説明（日本語）", "note (English)"),
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
