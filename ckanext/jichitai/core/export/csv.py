"""CSV in UTF-8 with CRLF: with a BOM for people, plain for machines.

For people a cell that a spreadsheet would run as a formula gets a ' in front, unless it is a number;
for machines no value is changed.
"""

from typing import BinaryIO

import polars as pl

from ..definitions.model import Item, RuleBook
from .form import PLAIN, Form, renamed

ENDING, MEDIA, POSITION = "csv", "text/csv; charset=utf-8", False
FORMULA = "^[=+\\-@\t\r]"
NUMBER = r"^[+-]?[0-9]+(?:\.[0-9]+)?$"


def write(rows: pl.DataFrame, item: Item, book: RuleBook, out: BinaryIO, form: Form = PLAIN) -> None:
    """Write a merged table."""
    write_frame(renamed(rows, item, form), out, people=form.people)


def write_frame(frame: pl.DataFrame, out: BinaryIO, *, people: bool = True) -> None:
    """Write any table: outcomes, dropped rows, missing rates."""
    guarded = frame.with_columns(_guarded(name) for name, kind in frame.schema.items() if kind == pl.String)
    (guarded if people else frame).write_csv(out, include_bom=people, line_terminator="\r\n")


def _guarded(name: str) -> pl.Expr:
    text = pl.col(name)
    runs = text.str.contains(FORMULA) & ~text.str.contains(NUMBER)
    return pl.when(runs).then(pl.concat_str([pl.lit("'"), text])).otherwise(text).alias(name)
