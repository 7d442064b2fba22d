"""The check of a resource's current bytes, and the search for those that are due.

Work is found in state: a file without a report for (sha256, definitions) is due. Signals hurry it.
"""

import logging
import time
from typing import Any

import sqlalchemy as sa
from ckan import model
from ckan.lib import search

from ckanext.jichitai.bridge import examined, files, rulebook, signals
from ckanext.jichitai.bridge import told as telling
from ckanext.jichitai.bridge.files import StoredFile
from ckanext.jichitai.bridge.tables import file
from ckanext.jichitai.core.check.values import Report, Told

from . import judge, reports
from .model import report as table

log = logging.getLogger(__name__)

BATCH = 10  # files that one transaction takes; other workers pass them over


def facts(stored: StoredFile) -> tuple[dict[str, Any], dict[str, Any]]:
    """What of a resource and its dataset a check is told: read from the tables, not from the index."""
    resource = model.Session.get(model.Resource, stored.resource_id)
    dataset = model.Session.get(model.Package, stored.dataset_id)
    of_resource = {**(resource.extras or {}), "name": resource.name} if resource else {}
    of_dataset = (
        {**(dataset.extras or {}), "title": dataset.title, "owner_org": dataset.owner_org} if dataset else {}
    )
    return of_resource, of_dataset


def told_of(stored: StoredFile) -> Told:
    """What is told about a resource's file now."""
    return telling.told(*facts(stored), stored)


def check(stored: StoredFile, seconds: float) -> Report:
    """Check a resource's bytes and store the report, in the running transaction.

    Raises NotDone after that time; our own failures are stored as `unchecked`.
    """
    told = told_of(stored)
    arguments = (stored.name, stored.sha256, told)
    try:
        found = judge.in_time(examined.report_of, arguments, seconds)
    except judge.NotDone:
        raise
    except Exception as error:
        log.exception("check of %s", stored.resource_id)
        found = judge.unchecked(stored.name, stored.bytes, stored.sha256, type(error).__name__)
    reports.store(stored, told.municipality, examined.told_digest(told), found)
    return found


def check_patiently(stored: StoredFile, seconds: float) -> Report:
    """As check, but a time-out is stored too, as `unchecked`."""
    try:
        return check(stored, seconds)
    except judge.NotDone:
        found = judge.unchecked(stored.name, stored.bytes, stored.sha256, "timeout")
        told = told_of(stored)
        reports.store(stored, told.municipality, examined.told_digest(told), found)
        return found


def is_due(stored: StoredFile) -> bool:
    """Whether the question that stands now has no answer yet."""
    return not reports.has(stored, examined.told_digest(told_of(stored)))


def due(limit: int) -> list[StoredFile]:
    """Files without any report under the present rule book, oldest first, locked for this transaction."""
    statement = (
        _due(sa.select(file))
        .order_by(file.c.first_seen, file.c.resource_id)
        .limit(limit)
        .with_for_update(of=file, skip_locked=True)
    )
    return [StoredFile(**row) for row in model.Session.execute(statement).mappings()]


def count_due() -> int:
    """How many files have no report under the present rule book."""
    return model.Session.execute(_due(sa.select(sa.func.count()).select_from(file))).scalar_one()


def _due(statement: sa.Select[Any]) -> sa.Select[Any]:
    answered = sa.exists().where(
        table.c.resource_id == file.c.resource_id,
        table.c.sha256 == file.c.sha256,
        table.c.definitions == rulebook.book().digest,
    )
    resource = sa.and_(model.Resource.id == file.c.resource_id, model.Resource.state == "active")
    return statement.join(model.Resource, resource).where(~answered)


def check_all_due(seconds: float, per_minute: int | None = None) -> int:
    """Check what is due until nothing is, commit by batches, then bring the index up; how many.

    per_minute: at most so many; None for as fast as it goes.
    """
    done = 0
    changed: set[str] = set()
    while batch := due(BATCH):
        started = time.monotonic()
        changed |= _check_and_commit(batch, seconds)
        done += len(batch)
        if per_minute:
            time.sleep(max(0.0, len(batch) * 60 / per_minute - (time.monotonic() - started)))
    index(changed)
    return done


def check_these(resource_ids: list[str], seconds: float) -> dict[str, str]:
    """Check these resources anew, whether due or not; verdicts by id. Unknown ones are left out."""
    found = [stored for resource_id in resource_ids if (stored := files.current(resource_id))]
    index(_check_and_commit(found, seconds))
    return {name: row["verdict"] for name, row in reports.latest(each.resource_id for each in found).items()}


def _check_and_commit(batch: list[StoredFile], seconds: float) -> set[str]:
    """Check, commit, tell; the datasets whose verdict or item is another than before."""
    ids = [stored.resource_id for stored in batch]
    before = reports.latest(ids)
    for stored in batch:
        check_patiently(stored, seconds)
    after = reports.latest(ids)
    model.Session.commit()
    tell(batch)
    seen = ("verdict", "item")
    return {
        stored.dataset_id
        for stored in batch
        if any(before[stored.resource_id].get(key) != after[stored.resource_id].get(key) for key in seen)
    }


def tell(checked: list[StoredFile]) -> None:
    """Say that reports were stored; after the commit."""
    for stored in checked:
        signals.file_checked.send(stored.resource_id)


def index(dataset_ids: set[str]) -> None:
    """Bring these datasets' verdicts into the search index, one commit for all."""
    there = sa.select(model.Package.id).where(
        model.Package.id.in_(dataset_ids), model.Package.state != "deleted"
    )
    ids = sorted(model.Session.execute(there).scalars()) if dataset_ids else []
    if ids:
        # By `package_ids`: only then rebuild leaves the commit to us.
        search.rebuild(package_ids=ids)
        search.commit()
