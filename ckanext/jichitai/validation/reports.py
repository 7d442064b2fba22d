"""Stored reports: one for each question asked about a resource's bytes, history kept."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
import sqlalchemy as sa
from ckan import model
from sqlalchemy.dialects.postgresql import insert

from ckanext.jichitai.bridge import jobs, rulebook
from ckanext.jichitai.bridge.files import StoredFile
from ckanext.jichitai.bridge.tables import file
from ckanext.jichitai.core.check.values import Report

from .model import report as table

# Everything but the report itself, which is long.
SUMMARY = [column for column in table.c if column.name not in ("report", "told")]


def store(stored: StoredFile, municipality: str | None, told: str, found: Report) -> None:
    """Keep a report, in the running transaction; asked the same before, it becomes the latest again.

    told: digest of what was told. A report that was `unchecked` is replaced by a real one.
    """
    moment = rulebook.now()
    values = {
        "resource_id": stored.resource_id,
        "dataset_id": stored.dataset_id,
        "municipality": municipality,
        "sha256": stored.sha256,
        "definitions": found.definitions,
        "told": told,
        "item": found.item.id if found.item else None,
        "verdict": found.verdict,
        "errors": _of(found, "error"),
        "warnings": _of(found, "warning"),
        "rows_total": found.rows.total,
        "rows_usable": found.rows.valid + found.rows.repaired,
        "codes": _codes(found),
        "report": msgspec.json.encode(found).decode(),
        "latest": moment,
    }
    statement = insert(table).values(**values, at=moment)
    question = ["resource_id", "sha256", "definitions", "told"]
    model.Session.execute(statement.on_conflict_do_update(index_elements=question, set_=values))
    jobs.wrote()


def latest(resource_ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Of each resource that has a file: its newest report without its text, or an `unchecked` one.

    A report of other bytes than the resource has now does not count: the new ones wait for theirs.
    Keys of a value: those of SUMMARY; beside `unchecked` stand only resource_id and sha256.
    """
    ids = list(resource_ids)
    if not ids:
        return {}
    files = sa.select(file.c.resource_id, file.c.sha256).where(file.c.resource_id.in_(ids))
    waiting = {
        row.resource_id: {"resource_id": row.resource_id, "sha256": row.sha256, "verdict": "unchecked"}
        for row in model.Session.execute(files)
    }
    statement = (
        sa.select(*SUMMARY)
        .join(file, sa.and_(file.c.resource_id == table.c.resource_id, file.c.sha256 == table.c.sha256))
        .where(table.c.resource_id.in_(ids))
        .distinct(table.c.resource_id)
        .order_by(table.c.resource_id, table.c.latest.desc(), table.c.id.desc())
    )
    return waiting | {row["resource_id"]: dict(row) for row in model.Session.execute(statement).mappings()}


def newest(resource_id: str) -> dict[str, Any] | None:
    """The newest report of a resource, whole (`report` decoded), of whatever bytes."""
    statement = sa.select(table).where(table.c.resource_id == resource_id)
    return _whole(statement.order_by(table.c.latest.desc(), table.c.id.desc()).limit(1))


def one(number: int) -> dict[str, Any] | None:
    """The report with that id, whole."""
    return _whole(sa.select(table).where(table.c.id == number))


def history(resource_id: str) -> list[dict[str, Any]]:
    """All reports of a resource without their texts, newest first."""
    statement = sa.select(*SUMMARY).where(table.c.resource_id == resource_id)
    rows = model.Session.execute(statement.order_by(table.c.latest.desc(), table.c.id.desc())).mappings()
    return [dict(row) for row in rows]


def has(stored: StoredFile, told: str) -> bool:
    """Whether this question about these bytes has an answer that is not our own failure."""
    statement = sa.select(table.c.id).where(
        table.c.resource_id == stored.resource_id,
        table.c.sha256 == stored.sha256,
        table.c.definitions == rulebook.book().digest,
        table.c.told == told,
        table.c.verdict != "unchecked",
    )
    return model.Session.execute(statement.limit(1)).first() is not None


def counts() -> dict[str, int]:
    """Files of active datasets by verdict, those that wait among `unchecked`."""
    newest_of_each = (
        sa.select(table.c.resource_id, table.c.sha256, table.c.verdict)
        .distinct(table.c.resource_id, table.c.sha256)
        .order_by(table.c.resource_id, table.c.sha256, table.c.latest.desc(), table.c.id.desc())
        .subquery()
    )
    same = sa.and_(
        newest_of_each.c.resource_id == file.c.resource_id, newest_of_each.c.sha256 == file.c.sha256
    )
    verdict = sa.func.coalesce(newest_of_each.c.verdict, "unchecked")
    statement = (
        sa.select(verdict, sa.func.count())
        .select_from(file)
        .join(model.Resource, model.Resource.id == file.c.resource_id)
        .join(model.Package, model.Package.id == model.Resource.package_id)
        .outerjoin(newest_of_each, same)
        .where(model.Resource.state == "active", model.Package.state == "active")
        .group_by(verdict)
        .order_by(verdict)
    )
    return dict(tuple(row) for row in model.Session.execute(statement))


def select(conditions: Sequence[Any], limit: int, offset: int) -> list[dict[str, Any]]:
    """Newest reports without their texts, one a resource, where all conditions on the table hold."""
    newest_of_each = (
        sa.select(table.c.id)
        .distinct(table.c.resource_id)
        .order_by(table.c.resource_id, table.c.latest.desc(), table.c.id.desc())
    )
    statement = (
        sa.select(*SUMMARY)
        .join(model.Package, model.Package.id == table.c.dataset_id)
        .where(table.c.id.in_(newest_of_each), *conditions)
        .order_by(table.c.latest.desc(), table.c.id.desc())
    )
    return [dict(row) for row in model.Session.execute(statement.limit(limit).offset(offset)).mappings()]


def sweep() -> None:
    """Take away reports whose resource is gone from the database for good, and commit."""
    there = sa.exists().where(model.Resource.id == table.c.resource_id)
    model.Session.execute(sa.delete(table).where(~there))
    model.Session.commit()


def _whole(statement: sa.Select[Any]) -> dict[str, Any] | None:
    row = model.Session.execute(statement).mappings().first()
    return {**row, "report": msgspec.json.decode(row["report"])} if row else None


def _of(found: Report, severity: str) -> int:
    return sum(issue.severity == severity and issue.owner == "publisher" for issue in found.issues)


def _codes(found: Report) -> dict[str, int]:
    codes: dict[str, int] = {}
    for issue in found.issues:
        if issue.owner == "publisher":
            codes[issue.code] = codes.get(issue.code, 0) + issue.count
    return codes
