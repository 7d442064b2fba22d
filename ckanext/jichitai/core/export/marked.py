"""The user's own sheet with the faults marked: colours, comments in both languages, a list with links.

Every cell stands where it stood (line and column of the file), as text. No function is used, so that it
opens in Excel 2019 as well.
"""

import io
from collections.abc import Mapping

import polars as pl
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from ..check.values import Examined
from ..definitions.model import RuleBook
from ..issues.catalogue import Catalogue, Facts, load_catalogue
from ..issues.phrases import load_phrases
from .fixed import LIMIT, MADE
from .text import sentence

COMMENTS = 5_000
COLOURS = {"error": "#F4B6AE", "warning": "#FBE3A2", "info": "#D6E6F5"}
RANK = ("error", "warning", "info")
ROWS = 1_048_576  # lines that a sheet holds
HEADINGS = ("link", "severity", "code", "column", "found", "suggested")


def render(examined: Examined, book: RuleBook) -> bytes | None:
    """The workbook; None where the file is no table."""
    sheet = examined.sheet
    if sheet is None or sheet.frame is None:
        return None
    memory = io.BytesIO()
    options = {
        "constant_memory": False,
        "in_memory": True,
        "strings_to_numbers": False,
        "strings_to_urls": False,
        "strings_to_formulas": False,
    }
    frames = [sheet.frame, *([sheet.aside] if sheet.aside is not None and sheet.aside.height else [])]
    whole = pl.concat(frames, how="diagonal").sort("line")
    graded = {(issue.code, issue.column): issue.severity for issue in examined.report.issues}
    marks = _marks(examined, graded)
    with xlsxwriter.Workbook(memory, options) as workbook:
        workbook.set_properties({"created": MADE})
        name = load_phrases()("data", "ja")
        data = workbook.add_worksheet(name)
        listed = workbook.add_worksheet(load_phrases()("findings", "ja"))
        summary = workbook.add_worksheet(load_phrases()("summary", "ja"))
        formats = {
            name: workbook.add_format({"num_format": "@", "bg_color": colour})
            for name, colour in COLOURS.items()
        }
        _write_data(data, workbook, whole, marks, formats)
        _write_list(listed, workbook, examined, graded, name)
        _write_summary(summary, examined)
        data.activate()
    return memory.getvalue()


def _marks(
    examined: Examined, graded: Mapping[tuple[str, str | None], str]
) -> dict[tuple[int, str], list[tuple[str, str, str | None, str | None]]]:
    """(line, position) → what is said of the cell: severity, code, column, suggestion."""
    marks: dict[tuple[int, str], list[tuple[str, str, str | None, str | None]]] = {}
    header = examined.report.file.header_line
    for line, position, column, _, code, _, suggested, _ in examined.findings.iter_rows():
        at = line if line is not None else header
        if position is None or at is None:
            continue
        severity = graded.get((code, column), "warning")
        marks.setdefault((at, position), []).append((severity, code, column, suggested))
    return marks


def _write_data(
    sheet: Worksheet,
    workbook: Workbook,
    whole: pl.DataFrame,
    marks: Mapping[tuple[int, str], list[tuple[str, str, str | None, str | None]]],
    formats: Mapping[str, Format],
) -> None:
    catalogue = load_catalogue()
    plain = workbook.add_format({"num_format": "@"})
    positions = [name for name in whole.columns if name != "line"]
    numbers = {name: _number(name) for name in positions}
    said = 0
    for row in whole.iter_rows(named=True):
        line = row["line"]
        if line > ROWS:
            break
        for position in positions:
            text = row[position]
            found = marks.get((line, position))
            if text is None and not found:
                continue
            style = formats[min((one[0] for one in found), key=RANK.index)] if found else plain
            sheet.write_string(line - 1, numbers[position], (text or "")[:LIMIT], style)
            if found and said < COMMENTS:
                said += 1
                sheet.write_comment(line - 1, numbers[position], _comment(found, catalogue), {"x_scale": 2})


def _comment(found: list[tuple[str, str, str | None, str | None]], words: Catalogue) -> str:
    """What is said of a cell, in both languages."""
    texts: list[str] = []
    for _, code, column, suggested in found[:4]:
        facts = Facts(code, column=column, suggested=suggested)
        for lang in ("ja", "en"):
            message, remedy = words.sentence(facts, lang)
            texts.append(f"{message} {remedy}".strip())
    return "\n".join(texts)[:2000]


def _write_list(
    sheet: Worksheet,
    workbook: Workbook,
    examined: Examined,
    graded: Mapping[tuple[str, str | None], str],
    data: str,
) -> None:
    say = load_phrases()
    bold = workbook.add_format({"bold": True})
    link = workbook.add_format({"font_color": "#1A4FA0", "underline": 1})
    for at, key in enumerate(HEADINGS):
        sheet.write_string(0, at, f"{say(key, 'ja')} / {say(key, 'en')}", bold)
        sheet.set_column(at, at, 22)
    sheet.freeze_panes(1, 0)
    catalogue = load_catalogue()
    for number, row in enumerate(examined.findings.head(ROWS - 2).iter_rows(), 1):
        line, position, column, label, code, found, suggested, _ = row
        at = line if line is not None else examined.report.file.header_line
        if position and at is not None:
            # Excel keeps 65,530 links in a sheet; behind them the address stands as text.
            cell = f"{position}{at}"
            if number < 60_000:
                sheet.write_url(number, 0, f"internal:'{data}'!{cell}", link, cell)
            else:
                sheet.write_string(number, 0, cell)
        severity = graded.get((code, column), catalogue[code].severity)
        for place, text in enumerate((severity, code, column or label, found, suggested), 1):
            if text is not None:
                sheet.write_string(number, place, str(text)[:LIMIT])


def _write_summary(sheet: Worksheet, examined: Examined) -> None:
    report = examined.report
    sheet.set_column(0, 0, 90)
    lines = [report.file.name, sentence(report, "ja"), sentence(report, "en"), ""]
    for issue in report.issues:
        lines += [
            f"[{issue.code}] {issue.message['ja']} {issue.remedy['ja']}",
            f"{issue.message['en']} {issue.remedy['en']}",
        ]
    for number, text in enumerate(lines):
        sheet.write_string(number, 0, text[:LIMIT])


def _number(position: str) -> int:
    """A column's place from its letters: A is 0."""
    number = 0
    for letter in position:
        number = number * 26 + ord(letter) - 64
    return number - 1
