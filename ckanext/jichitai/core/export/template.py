"""A blank form of an item as XLSX: headings, notes where the hand is, words to choose from.

Works in Excel 2019: no function at all. Every cell is text, so that codes keep their zeros, house
numbers do not become dates, and the sheet can be published as it is.
"""

import csv
import io
from datetime import datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from ..definitions.model import Column, Item, Municipality, RuleBook
from ..definitions.resolve import word_list

ROWS = 2000  # lines that have drop-downs
MADE = datetime(2000, 1, 1)  # stands in the file's properties: same item, same bytes
LEVELS = {"required": "必須 / required", "recommended": "推奨 / recommended", "optional": "任意 / optional"}
COLOURS = {"required": "#F4C7B5", "recommended": "#FBE7B2", "optional": "#E4E9EE"}
NOTES, WORDS = "説明 Notes", "選択肢 Words"
BODY = {"localGovernmentCode": "code", "localGovernmentName": "name"}  # term → what is filled in


def template(item: Item, book: RuleBook, municipality: Municipality | None = None) -> bytes:
    """The workbook: the form, a sheet of notes, and a sheet of the words in drop-downs.

    With a municipality, its code and name stand in the first line and in their columns' drop-downs.
    """
    columns = [column for column in item.columns if not column.own]
    chosen = {column.name: _choices(column, book, municipality) for column in columns}
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory, {"in_memory": True, "strings_to_numbers": False}) as workbook:
        workbook.set_properties({"title": item.title.ja, "subject": item.title.en, "created": MADE})
        form = workbook.add_worksheet(item.short.ja[:31])
        notes, words = workbook.add_worksheet(NOTES), workbook.add_worksheet(WORDS)
        ranges = _write_words(words, columns, chosen, book)
        _write_form(form, workbook, columns, ranges, municipality)
        _write_notes(notes, workbook, item, columns)
    return memory.getvalue()


def template_csv(item: Item, municipality: Municipality | None = None) -> bytes:
    """The headings alone, and a first line with code and name; UTF-8 with BOM, as spreadsheets want it."""
    columns = [column for column in item.columns if not column.own]
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(column.name for column in columns)
    if municipality is not None:
        writer.writerow(_filled(column, municipality) for column in columns)
    return text.getvalue().encode("utf-8-sig")


def _filled(column: Column, municipality: Municipality) -> str:
    """What is known of the cell before anybody writes."""
    match BODY.get(column.term):
        case "code":
            return municipality.code
        case "name":
            return municipality.prefecture + municipality.name
        case _:
            return ""


def _choices(column: Column, book: RuleBook, municipality: Municipality | None) -> list[str]:
    if municipality is not None and column.term in BODY:
        return [_filled(column, municipality)]
    if column.pair is not None:
        return [word for word in column.pair if word]
    words = word_list(column, book)
    return list(words.words) if words is not None else []


def _write_words(
    sheet: Worksheet, columns: list[Column], chosen: dict[str, list[str]], book: RuleBook
) -> dict[str, str]:
    """Two columns a list: word and what it means. Gives back column name → range of its words."""
    ranges: dict[str, str] = {}
    places: dict[tuple[str, ...], str] = {}
    for column in columns:
        words = tuple(chosen[column.name])
        if not words:
            continue
        if words not in places:
            at = 2 * len(places)
            known = word_list(column, book)
            sheet.write_string(0, at, column.name)
            for line, word in enumerate(words, start=1):
                about = known.words.get(word) if known is not None else None
                sheet.write_string(line, at, word)
                sheet.write_string(line, at + 1, (about and (about.ja or about.en)) or "")
            letters = xl_col_to_name(at)
            places[words] = f"='{WORDS}'!${letters}$2:${letters}${len(words) + 1}"
        ranges[column.name] = places[words]
    return ranges


def _write_form(
    sheet: Worksheet,
    workbook: Workbook,
    columns: list[Column],
    ranges: dict[str, str],
    who: Municipality | None,
) -> None:
    text = workbook.add_format({"num_format": "@"})
    heads = {level: _head(workbook, colour) for level, colour in COLOURS.items()}
    for at, column in enumerate(columns):
        wide = max(
            10, min(40, 2 * len(column.name) + 2, max(2 * len(column.name), 2 * len(column.example or "")))
        )
        sheet.set_column(at, at, wide, text)
        sheet.write_string(0, at, column.name, heads[column.need.level])
        sheet.write_comment(0, at, _comment(column), {"x_scale": 2.2, "y_scale": 1.6, "font_size": 9})
        sheet.data_validation(1, at, ROWS, at, _validation(column, ranges.get(column.name)))
        if who is not None and (value := _filled(column, who)):
            sheet.write_string(1, at, value, text)
    sheet.freeze_panes(1, 0)


def _head(workbook: Workbook, colour: str) -> Format:
    return workbook.add_format(
        {"bold": True, "bg_color": colour, "border": 1, "num_format": "@", "text_wrap": True, "valign": "top"}
    )


def _comment(column: Column) -> str:
    lines = [f"{LEVELS[column.need.level]} · {column.label.en}"]
    if column.note is not None:
        lines += [column.note.ja, column.note.en]
    if column.example is not None:
        lines.append(f"例 / Example: {column.example}")
    return "\n".join(lines)


def _validation(column: Column, words: str | None) -> dict[str, object]:
    """What happens when the hand is in the cell: a hint, and a list where there are words.

    Only where a list is closed is another word refused: an open one may be short of a local word.
    """
    hint = (column.note.ja if column.note else column.name) + (
        f"（例：{column.example}）" if column.example else ""
    )
    told: dict[str, object] = {"input_title": column.name[:32], "input_message": hint[:255]}
    if words is None:
        return {"validate": "any", **told}
    strict = column.closed and column.type != "list"
    return {"validate": "list", "source": words, "show_error": strict, **told}


def _write_notes(sheet: Worksheet, workbook: Workbook, item: Item, columns: list[Column]) -> None:
    bold, wrap = (
        workbook.add_format({"bold": True}),
        workbook.add_format({"text_wrap": True, "valign": "top"}),
    )
    sheet.write_string(0, 0, f"{item.title.ja} / {item.title.en}", bold)
    sheet.write_string(1, 0, f"{item.question.ja} / {item.question.en}")
    heads = (
        "見出し / Heading",
        "English",
        "必要度 / Need",
        "書くこと",
        "What to write",
        "例 / Example",
        "単位 / Unit",
    )
    for at, (head, width) in enumerate(zip(heads, (34, 30, 22, 50, 50, 34, 12), strict=True)):
        sheet.write_string(3, at, head, bold)
        sheet.set_column(at, at, width)
    for line, column in enumerate(columns, start=4):
        note = column.note
        cells = (
            column.name,
            column.label.en,
            LEVELS[column.need.level],
            note.ja if note else "",
            note.en if note else "",
            column.example or "",
            column.unit or "",
        )
        for at, cell in enumerate(cells):
            sheet.write_string(line, at, cell, wrap)
    sheet.freeze_panes(4, 1)
