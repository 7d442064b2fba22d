"""What bytes a resource has now: arrived here by upload, or fetched from its publisher."""

import datetime as dt
from typing import Literal

import msgspec
import sqlalchemy as sa
from ckan import model
from sqlalchemy.dialects.postgresql import insert

from . import archive, jobs
from .rulebook import now
from .tables import file


class StoredFile(msgspec.Struct, frozen=True):
    """A resource's bytes: where they are (sha256 in the archive) and how they came."""

    resource_id: str
    dataset_id: str
    sha256: str
    name: str
    bytes: int
    url: str
    origin: Literal["harvest", "upload"]
    state: str
    state_class: str | None
    first_seen: dt.datetime
    last_seen: dt.datetime
    etag: str | None = None
    last_modified: str | None = None
    next_due: dt.datetime | None = None


def arrived(
    resource_id: str,
    dataset_id: str,
    data: bytes,
    name: str,
    origin: Literal["harvest", "upload"],
    url: str = "",
    etag: str | None = None,
    last_modified: str | None = None,
    next_due: dt.datetime | None = None,
) -> StoredFile:
    """Keep the bytes in the archive and note them for the resource, in the running transaction.

    `first_seen` stays where the same bytes come again. The signal is the caller's to send, after commit.
    """
    digest = archive.archive().put(data)
    moment = now()
    values = {
        "resource_id": resource_id,
        "dataset_id": dataset_id,
        "sha256": digest,
        "name": name,
        "bytes": len(data),
        "url": url,
        "origin": origin,
        "state": "current",
        "state_class": None,
        "last_seen": moment,
        "etag": etag,
        "last_modified": last_modified,
        "next_due": next_due,
    }
    statement = insert(file).values(**values, first_seen=moment)
    same = file.c.sha256 == statement.excluded.sha256
    kept = sa.case((same, file.c.first_seen), else_=statement.excluded.first_seen)
    statement = statement.on_conflict_do_update(
        index_elements=[file.c.resource_id], set_={**values, "first_seen": kept}
    ).returning(file)
    row = model.Session.execute(statement).mappings().one()
    jobs.wrote()
    return StoredFile(**row)


def current(resource_id: str) -> StoredFile | None:
    """What the resource has now, or None."""
    found = model.Session.execute(sa.select(file).where(file.c.resource_id == resource_id)).mappings().first()
    return StoredFile(**found) if found else None


def of_dataset(dataset_id: str) -> list[StoredFile]:
    """The files of a dataset's resources."""
    return _many(sa.select(file).where(file.c.dataset_id == dataset_id))


def all_current() -> list[StoredFile]:
    """Every file of an active resource in an active dataset, by resource id."""
    statement = (
        sa.select(file)
        .join(model.Resource, model.Resource.id == file.c.resource_id)
        .join(model.Package, model.Package.id == model.Resource.package_id)
        .where(model.Resource.state == "active", model.Package.state == "active")
        .order_by(file.c.resource_id)
    )
    return _many(statement)


def mark(resource_id: str, state: str, state_class: str | None = None, **columns: object) -> None:
    """Note a new state of a resource's file (current, stale, gone) and other columns of the table."""
    statement = sa.update(file).where(file.c.resource_id == resource_id)
    model.Session.execute(statement.values(state=state, state_class=state_class, **columns))
    jobs.wrote()


def forget(resource_id: str) -> None:
    """Take the note away; the archive keeps the bytes."""
    model.Session.execute(sa.delete(file).where(file.c.resource_id == resource_id))
    jobs.wrote()


def _many(statement: sa.Select[tuple[object, ...]]) -> list[StoredFile]:
    return [StoredFile(**row) for row in model.Session.execute(statement).mappings()]
