"""Files named on the command line → files as the merge takes them."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from ..check.values import Examined, Told
from ..definitions.model import Municipality, RuleBook
from ..merge.suggest import file_faults
from ..merge.values import InputFile

# What stands beside data in folders and is none.
IGNORED = re.compile(r"^(\.|~\$|Thumbs\.db$|desktop\.ini$)", re.IGNORECASE)
CODE = re.compile(r"(?<![0-9])([0-9]{6})(?![0-9])")
# 2026-04, 202604, 20260401: a month or a day in a file's name is the period it states.
PERIOD = re.compile(r"(?<![0-9])(20[0-9]{2})[-_.]?(0[1-9]|1[0-2])[-_.]?([0-3][0-9])?(?![0-9])")


def found(paths: Iterable[Path]) -> Iterator[Path]:
    """The files among the paths and in their folders, each once, in order of their names."""
    seen: set[Path] = set()
    for path in paths:
        inside = sorted(one for one in path.rglob("*") if one.is_file()) if path.is_dir() else [path]
        for one in inside:
            if one not in seen and not IGNORED.match(one.name):
                seen.add(one)
                yield one


def town_of(path: Path, book: RuleBook) -> Municipality | None:
    """The municipality whose code, slug or name stands in the file's name or in a folder's, nearest first."""
    by_name = {town.slug: town for town in book.municipalities.values()}
    by_name |= {town.name: town for town in book.municipalities.values()}
    for part in reversed(path.parts):
        for code in CODE.findall(part):
            if code in book.municipalities:
                return book.municipalities[code]
        stem = part.partition(".")[0].lower()
        if stem in by_name:
            return by_name[stem]
        if held := [town for name, town in by_name.items() if name in part]:
            return max(held, key=lambda town: len(town.name))
    return None


def input_file(path: Path, book: RuleBook, date: str | None) -> InputFile:
    """The file, examined. A failure of our own makes it `unchecked`, with the failure in its reason."""
    from ..check.examine import examine

    data = path.read_bytes()
    town = town_of(path, book)
    told = Told(municipality=town.code if town else None, date=date, title=tuple(path.parts[-3:-1]))
    try:
        result = examine(path.name, data, book, told)
    except Exception as fault:
        return _file(
            path, hashlib.sha256(data).hexdigest(), town, None, book, f"{type(fault).__name__}: {fault}"
        )
    return _file(path, result.report.file.sha256, town, result, book, "")


def _file(
    path: Path, sha256: str, town: Municipality | None, result: Examined | None, book: RuleBook, fault: str
) -> InputFile:
    code, name = (town.code, town.name) if town else _publisher(path, result, book)
    period = PERIOD.search(path.name)
    report = result.report if result else None
    return InputFile(
        municipality=code,
        municipality_name=name,
        dataset=path.parent.as_posix(),
        resource=path.as_posix(),
        url=path.name,
        sha256=sha256,
        verdict=report.verdict if report else "unchecked",
        item=report.item.id if report and report.item else None,
        format=report.file.format if report else "",
        sheet=report.file.sheet if report else None,
        period="".join(filter(None, period.groups())) if period else "",
        edition=report.item.edition if report and report.item else "",
        definitions=book.digest,
        rows_total=report.rows.total if report else 0,
        table=result.table if result else None,
        faults=file_faults(
            (one.code for one in report.issues if one.severity == "error"), result.table if result else None
        )
        if report
        else (),
        columns=tuple(sorted({one.column for one in report.columns if one.column})) if report else None,
        reason=fault,
    )


def _publisher(path: Path, result: Examined | None, book: RuleBook) -> tuple[str, str]:
    """Who the rows say published them; else the folder stands for a publisher of its own."""
    if result and result.table is not None and result.report.item:
        item = book.items[result.report.item.id]
        codes = [
            column.name for column in item.columns if column.type == "area_code" and column.name in item.key
        ]
        for name in codes:
            said = result.table[name].drop_nulls().mode().sort()
            if said.len():
                code = str(said[0])
                town = book.municipalities.get(code)
                return code, town.name if town else ""
    return f"unknown-{path.parent.name or 'folder'}", ""
