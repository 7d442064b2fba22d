"""Sources → files as the core merges them: reports from the cache, or made within a time."""

import logging
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor, TimeoutError
from typing import TypeVar

import msgspec
import polars as pl

from ckanext.jichitai.bridge import examined, rulebook
from ckanext.jichitai.core.check.values import Report
from ckanext.jichitai.core.merge.suggest import file_faults
from ckanext.jichitai.core.merge.values import Fate, InputFile

from . import config, outcomes
from .inputs import Source

log = logging.getLogger(__name__)

# A reading that outlives its time goes on here and fills the cache that the next run finds.
T = TypeVar("T")
POOL = ThreadPoolExecutor(max_workers=2, thread_name_prefix="jichitai-merge")
NO_TABLE = ("html", "pdf", "image", "zip", "empty", "unknown")


class Claim(msgspec.Struct, frozen=True):
    """A source with the item whose table it may be in ("" for none) and its verdict."""

    source: Source
    item: str
    verdict: str
    format: str = ""
    edition: str = ""
    rows: int = 0

    def basis(self) -> tuple[str, ...]:
        """All that can change what becomes of it."""
        one = self.source
        facts = (one.licence, one.attribution, one.date, one.period, one.frequency, one.url, one.dataset)
        state = one.stored.state if one.stored else ""
        return (one.resource, one.sha256, one.told_digest, one.fate or "", state, self.verdict, *facts)


def claims(found: Iterable[Source]) -> list[Claim]:
    """Every source with its item and verdict; only files that are new, changed or judged anew are read."""
    known, digest = outcomes.known(), rulebook.book().digest
    sources = list(found)
    kept = {
        one.resource: before for one in sources if (before := _still(one, known.get(one.resource), digest))
    }
    # All are asked for before the first is waited for: two are read at a time.
    readings = {
        one.resource: _start(examined.report_of, one)
        for one in sources
        if one.stored and not one.fate and one.resource not in kept
    }
    return [_claim(one, kept.get(one.resource), readings.get(one.resource)) for one in sources]


def _still(one: Source, before: outcomes.Known | None, digest: str) -> outcomes.Known | None:
    """What the last run knew, where the same question stands."""
    same = before is not None and before.question == (one.sha256, one.told_digest, digest)
    return before if same and before is not None and before.verdict != "unchecked" else None


def _claim(one: Source, before: outcomes.Known | None, reading: Future[Report] | None) -> Claim:
    if before and not one.fate:
        return Claim(one, before.item, before.verdict, before.format, before.edition, before.rows)
    report = _in_time(reading, one) if reading else None
    if report is None:
        return Claim(one, one.item, "unchecked")
    item, verdict = report.item.id if report.item else "", report.verdict
    if not item and one.item and report.file.format in NO_TABLE:
        # The dataset says what it is, the file is a PDF: listed, and no more.
        item, verdict = one.item, "unreadable"
    edition = report.item.edition if report.item else ""
    return Claim(one, item, verdict, report.file.format, edition, report.rows.total)


def input_file(claim: Claim) -> InputFile:
    """The file with its tidy table, where it has one."""
    one = claim.source
    report, table = (
        _read(one) if claim.verdict not in ("other", "unchecked") and not one.fate else (None, None)
    )
    return InputFile(
        municipality=one.town.code,
        municipality_name=one.town.name,
        dataset=one.dataset_name,
        resource=one.resource,
        url=one.url,
        sha256=one.sha256,
        verdict=claim.verdict,
        item=claim.item or None,
        format=claim.format,
        sheet=report.file.sheet if report else None,
        fetched=one.fetched,
        date=one.date,
        period=one.period,
        edition=claim.edition,
        licence=one.licence,
        attribution=one.attribution,
        staff=one.staff,
        fate=one.fate,
        reason=one.reason,
        definitions=rulebook.book().digest,
        rows_total=claim.rows,
        table=table if report and report.item and report.item.id == claim.item else None,
        faults=file_faults((issue.code for issue in report.issues if issue.severity == "error"), table)
        if report
        else (),
        columns=tuple(sorted({entry.column for entry in report.columns if entry.column})) if report else None,
        frequency=one.frequency,
        stale=bool(one.stored and one.stored.state == "stale"),
        told=one.told_digest,
    )


def fate_of(claim: Claim) -> Fate | None:
    """The fate of a file that belongs to no item's table."""
    if claim.source.fate:
        return claim.source.fate
    return "unchecked" if claim.verdict == "unchecked" else "other"


def _read(one: Source) -> tuple[Report | None, pl.DataFrame | None]:
    return _in_time(_start(examined.examined, one), one) or (None, None)


def _start(work: Callable[..., T], one: Source) -> Future[T]:
    assert one.stored is not None
    return POOL.submit(work, one.stored.name, one.sha256, one.told)


def _in_time(reading: Future[T], one: Source) -> T | None:
    """What the reading gives, or None: too slow, bytes gone, or our own failure, which goes to the log."""
    try:
        return reading.result(config.check_seconds())
    except TimeoutError:
        log.warning("%s takes longer than %s s to read", one.resource, config.check_seconds())
    except Exception:
        log.exception("reading %s failed", one.resource)
    return None
