"""What can be taken from a checked file, and which fixes it offers."""

from pathlib import PurePosixPath
from typing import Any

import msgspec

from ckanext.jichitai.bridge import rulebook
from ckanext.jichitai.core.check.values import Report
from ckanext.jichitai.core.export import REPORTS

from . import drafts

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"


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


def file_of(draft: drafts.Draft, form: str) -> tuple[bytes, str, str]:
    """One file of a draft: bytes, type, name. Raises KeyError when the bytes are gone."""
    stem = PurePosixPath(draft.name).stem or "file"
    kind, _, ending = form.partition(".")
    if form == "report.json":
        return msgspec.json.encode(draft.report), "application/json", f"{stem}-report.json"
    examined = drafts.examined(draft)
    data = REPORTS[kind](examined, drafts.data_of(draft), rulebook.book(), ending)
    return data, XLSX if ending == "xlsx" else CSV, f"{stem}-{kind}.{ending}"
