"""Files that somebody checked without publishing them: kept for a while under an id nobody can guess.

Nothing here is in the catalog. Bytes stand in the archive's store under `draft/<id>`, not under their
digest: "delete now" then takes them away without touching equal bytes of somebody's dataset.
"""

import datetime as dt
import hashlib
import logging
import secrets
from collections.abc import Collection
from typing import Any

import msgspec
import sqlalchemy as sa
from ckan import model

from ckanext.jichitai.bridge import archive, jobs, rulebook
from ckanext.jichitai.core import examine
from ckanext.jichitai.core.check.values import Examined, Report, Told

from . import config, judge
from .model import check as table

log = logging.getLogger(__name__)


class Draft(msgspec.Struct):
    """A checked file outside the catalog. report None: still waiting for its job."""

    id: str
    by: str | None
    name: str
    url: str | None
    sha256: str
    bytes: int
    told: Told
    dataset_id: str | None
    resource_id: str | None
    refused: bool
    state: str
    verdict: str | None
    report: Report | None
    at: dt.datetime
    bytes_until: dt.datetime
    report_until: dt.datetime

    @property
    def has_bytes(self) -> bool:
        """Whether the file itself is still there."""
        return self.bytes_until > rulebook.now()


def create(
    name: str,
    data: bytes,
    told: Told,
    seconds: float,
    *,
    by: str | None = None,
    url: str | None = None,
    dataset_id: str | None = None,
    resource_id: str | None = None,
    refusable: Collection[str] = (),
) -> Draft | None:
    """Judge a file and keep it, committed; with `refusable`, only if its verdict is one of these.

    Raises NotDone when judging takes longer; with `refusable` nothing is kept then, otherwise the
    draft waits for its job and nothing is raised.
    """
    try:
        report = _judged(name, data, told, seconds)
    except judge.NotDone:
        if refusable:
            raise
        report = None
    if refusable and (report is None or report.verdict not in refusable):
        return None
    now = rulebook.now()
    keep = dt.timedelta(days=config.report_days())
    draft = Draft(
        id=secrets.token_urlsafe(18),
        by=by,
        name=name,
        url=url,
        sha256=hashlib.sha256(data).hexdigest(),
        bytes=len(data),
        told=told,
        dataset_id=dataset_id,
        resource_id=resource_id,
        refused=bool(refusable),
        state="done" if report else "waiting",
        verdict=report.verdict if report else None,
        report=report,
        at=now,
        # A refused upload is somebody's only copy here: it stays as long as its report.
        bytes_until=now + (keep if refusable else dt.timedelta(hours=config.bytes_hours())),
        report_until=now + keep,
    )
    archive.archive().write(_place(draft.id), data)
    # On a connection of its own: a refusal rolls the caller's transaction back, and the draft must stay.
    with model.meta.engine.begin() as connection:
        connection.execute(sa.insert(table).values(**_row(draft)))
    if report is None:
        from . import tasks

        jobs.enqueue(tasks.check_draft, [draft.id], title=f"check {name}")
    return draft


def load(draft_id: str) -> Draft | None:
    """The draft with that id, or None."""
    row = model.Session.execute(sa.select(table).where(table.c.id == draft_id)).mappings().first()
    if row is None:
        return None
    report = msgspec.json.decode(row["report"], type=Report) if row["report"] else None
    return Draft(**{**row, "told": msgspec.convert(row["told"], Told), "report": report})


def data_of(draft: Draft) -> bytes:
    """The file. Raises KeyError when it is no longer kept."""
    if not draft.has_bytes:
        raise KeyError(draft.id)
    return archive.archive().read(_place(draft.id))


def examined(draft: Draft) -> Examined:
    """The whole outcome, computed anew: report, table, findings. Raises KeyError without the bytes."""
    return examine(draft.name, data_of(draft), rulebook.book(), draft.told)


def judge_anew(draft: Draft, told: Told, seconds: float) -> None:
    """Judge a draft with other things told, in the running transaction; a long one becomes a job."""
    change: dict[str, Any] = {"told": msgspec.to_builtins(told)}
    try:
        report = _judged(draft.name, data_of(draft), told, seconds)
        change |= {"state": "done", "verdict": report.verdict, "report": _text(report)}
    except judge.NotDone:
        from . import tasks

        change |= {"state": "waiting", "verdict": None, "report": None}
        jobs.wrote()
        jobs.enqueue(tasks.check_draft, [draft.id], title=f"check {draft.name}")
    model.Session.execute(sa.update(table).where(table.c.id == draft.id).values(**change))


def judge_now(draft_id: str, seconds: float) -> None:
    """Judge a waiting draft and commit; a time-out leaves it `unchecked`."""
    draft = load(draft_id)
    if draft is None or not draft.has_bytes:
        return
    try:
        report = _judged(draft.name, data_of(draft), draft.told, seconds)
    except judge.NotDone:
        report = judge.unchecked(draft.name, draft.bytes, draft.sha256, "timeout")
    values = {"state": "done", "verdict": report.verdict, "report": _text(report)}
    model.Session.execute(sa.update(table).where(table.c.id == draft_id).values(**values))
    model.Session.commit()


def delete(draft_id: str) -> None:
    """Take file and report away, in the running transaction."""
    archive.archive().remove(_place(draft_id))
    model.Session.execute(sa.delete(table).where(table.c.id == draft_id))


def sweep() -> int:
    """Take away what has been kept long enough, and commit; how many files and reports."""
    now = rulebook.now()
    gone = model.Session.execute(sa.select(table.c.id).where(table.c.bytes_until < now)).scalars().all()
    for draft_id in gone:
        archive.archive().remove(_place(draft_id))
    model.Session.execute(sa.delete(table).where(table.c.report_until < now))
    model.Session.commit()
    return len(gone)


def _judged(name: str, data: bytes, told: Told, seconds: float) -> Report:
    """Raises NotDone; our own failure is an `unchecked` report."""
    try:
        return judge.in_time(examine, (name, data, rulebook.book(), told), seconds).report
    except judge.NotDone:
        raise
    except Exception as error:
        log.exception("check of %s", name)
        return judge.unchecked(name, len(data), hashlib.sha256(data).hexdigest(), type(error).__name__)


def _row(draft: Draft) -> dict[str, Any]:
    row = {name: getattr(draft, name) for name in draft.__struct_fields__}
    return {**row, "told": msgspec.to_builtins(draft.told), "report": _text(draft.report)}


def _text(report: Report | None) -> str | None:
    return msgspec.json.encode(report).decode() if report else None


def _place(draft_id: str) -> str:
    return f"draft/{draft_id}"
