"""What can be taken from a checked file, and which fixes it offers."""

from pathlib import PurePosixPath
from typing import Any, Literal

import msgspec

from ckanext.jichitai.bridge import rulebook
from ckanext.jichitai.core.check.values import Examined, Report
from ckanext.jichitai.core.export import findings, fixed, json, marked

from . import drafts

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
TABLES = ("csv", "tsv", "xlsx", "xls")  # formats, by content, that hold a table
# Last part of the address → what it is; in the order in which they are offered.
FORMS = ("fixed.xlsx", "fixed.csv", "marked.xlsx", "findings.csv", "report.json")


class Offer(msgspec.Struct, frozen=True):
    """Fixes of one code in one column: how many cells, how sure we are, examples before → after."""

    column: str
    code: str
    confidence: str
    count: int
    examples: list[Any]
    message: dict[str, str]


def offered(report: Report) -> list[Offer]:
    """What can be mended, safe ones first; one offer a column and code."""
    offers = []
    for issue in report.issues:
        examples = [each for each in issue.examples if each.suggested is not None and each.confidence]
        if examples:
            sure = examples[0].confidence or "ask"
            offers.append(Offer(issue.column or "", issue.code, sure, issue.count, examples, issue.message))
    return sorted(offers, key=lambda offer: ("safe", "likely", "ask").index(offer.confidence))


def forms(report: Report | None) -> list[str]:
    """Which files can be taken: nothing is corrected where no item is claimed, nothing marked in no table."""
    if report is None:
        return []
    table = report.file.format in TABLES
    known = {"fixed": table and report.item is not None and report.rows.total > 0, "marked": table}
    return [form for form in FORMS if known.get(form.partition(".")[0], True)]


def file_of(draft: drafts.Draft, form: str) -> tuple[bytes, str, str]:
    """One file of a draft: bytes, type, name. Raises KeyError when it cannot be had."""
    if draft.report is None or form not in forms(draft.report):
        raise KeyError(form)
    stem = PurePosixPath(draft.name).stem or "file"
    kind, _, ending = form.partition(".")
    if form == "report.json":
        return json.render(draft.report), "application/json", f"{stem}-report.json"
    data = _made(drafts.examined(draft), kind, ending)
    if data is None:
        raise KeyError(form)
    return data, XLSX if ending == "xlsx" else CSV, f"{stem}-{kind}.{ending}"


def corrected(draft: drafts.Draft, ending: Literal["xlsx", "csv"]) -> bytes:
    """The corrected file, for publication. Raises KeyError when there is none."""
    return file_of(draft, f"fixed.{ending}")[0]


def _made(examined: Examined, kind: str, ending: str) -> bytes | None:
    book = rulebook.book()
    if kind == "findings":
        return b"".join(findings.render(examined, book))
    if kind == "marked":
        return marked.render(examined, book)
    return fixed.render(examined, book, "csv" if ending == "csv" else "xlsx")
