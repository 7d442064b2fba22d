"""From a clean table to a published file: headings of an edition, columns left out, encoding, title rows."""

import csv
import datetime as dt
import io
import random

import polars as pl
import xlsxwriter

from ckanext.jichitai.core.definitions.model import Item, Layout, Municipality

# Share of encodings among real text files, and of headings by edition.
ENCODINGS = {"utf-8-sig": 60, "utf-8": 24, "cp932": 15.5, "utf-16": 0.5}
EDITIONS = {"current": 40, "former": 35, "own": 25}
TITLE_ROWS = 0.13
NOTE_ROWS = 0.04
MADE = dt.datetime(2026, 1, 1)


def headings(table: pl.DataFrame, item: Item, town: Municipality, dice: random.Random) -> pl.DataFrame:
    """The table under the headings of an edition: the current one, the former one, or a publisher's own."""
    edition = dice.choices(list(EDITIONS), list(EDITIONS.values()))[0]
    former = [
        layout
        for layout in item.layouts
        if layout.edition == "former" and layout.kind == "flat" and layout.labels
    ]
    if edition == "former" and former:
        return _former(table, dice.choice(former), town)
    if edition == "own":
        return _own(table, item, dice)
    return table


def _former(table: pl.DataFrame, layout: Layout, town: Municipality) -> pl.DataFrame:
    """Headings of a former edition: renamed, and what was several columns then taken apart again."""
    names = {column: label for label, column in layout.labels.items() if column in table.columns}
    parts = []
    for column in table.columns:
        if column in layout.join and len(layout.join[column]) == 2:
            first, second = layout.join[column]
            parts += [pl.lit(town.prefecture).alias(first), pl.lit(town.name).alias(second)]
        else:
            parts.append(pl.col(column).alias(names.get(column, column)))
    known = set()
    unique = []
    for part in parts:
        if part.meta.output_name() not in known:
            known.add(part.meta.output_name())
            unique.append(part)
    return table.select(unique)


def _own(table: pl.DataFrame, item: Item, dice: random.Random) -> pl.DataFrame:
    """A publisher's own headings: aliases here and there, optional columns left out, one more at the end."""
    keep = [
        column
        for column in item.columns
        if column.name in table.columns and (column.need.level != "optional" or dice.random() < 0.6)
    ]
    renamed: dict[str, str] = {}
    for column in keep:
        renamed[column.name] = column.name
        if column.aliases and dice.random() < 0.35:
            label = dice.choice(column.aliases).label
            if label not in renamed.values() and label not in table.columns:
                renamed[column.name] = label
    own = table.select(pl.col(name).alias(label) for name, label in renamed.items())
    return own.with_columns(pl.lit("").alias("担当課")) if dice.random() < 0.3 else own


def as_csv(table: pl.DataFrame, title: str, dice: random.Random) -> bytes:
    """A CSV file in one of the usual encodings, now and then with a title above and a note below."""
    rows = [list(table.columns), *[["" if v is None else v for v in row] for row in table.iter_rows()]]
    if dice.random() < TITLE_ROWS:
        rows = [[title], ["令和8年4月1日現在"], [], *rows]
    if dice.random() < NOTE_ROWS:
        rows.append(["※ 最新の情報は担当課へお問い合わせください。"])
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    encoding = dice.choices(list(ENCODINGS), list(ENCODINGS.values()))[0]
    return text.getvalue().encode(encoding, "replace")


def as_xlsx(table: pl.DataFrame, title: str, dice: random.Random) -> bytes:
    """A workbook; numbers are numbers there, as offices keep them."""
    sink = io.BytesIO()
    book = xlsxwriter.Workbook(sink, {"in_memory": True})
    book.set_properties({"created": MADE})
    sheet = book.add_worksheet(title[:28].translate(str.maketrans("", "", "[]:*?/\\")))
    top = 0
    if dice.random() < TITLE_ROWS:
        sheet.write_string(0, 0, title)
        top = 2
    sheet.write_row(top, 0, table.columns)
    numeric = dice.random() < 0.5
    for line, row in enumerate(table.iter_rows(), top + 1):
        for place, text in enumerate(row):
            if text is None or text == "":
                continue
            if numeric and _is_number(text):
                sheet.write_number(line, place, float(text))
            else:
                sheet.write_string(line, place, text)
    book.close()
    return sink.getvalue()


def _is_number(text: str) -> bool:
    plain = text.replace(".", "", 1)
    return (
        text.isascii()
        and plain.isdigit()
        and len(plain) < 12
        and not (text.startswith("0") and len(text) > 1 and text[1] != ".")
    )
