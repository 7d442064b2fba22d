"""The ledger: which of our datasets stands for which record of which source.

What a person did to a dataset by hand is read from the dataset itself, at the moment of planning:
one deleted here stays away, one purged comes back with the same id.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any, Literal

import msgspec
import sqlalchemy as sa
from ckan import model
from sqlalchemy.dialects.postgresql import insert

from ckanext.jichitai.bridge.rulebook import now
from ckanext.jichitai.core.catalog.planned import Entry, Present, State

from .model import record

MAPPING = "1"  # raised when packages.py puts the same record into other fields


class Gone(msgspec.Struct, frozen=True):
    """A withdrawn dataset, as its old address tells it."""

    source_id: str
    dataset_id: str
    name: str
    title: str
    withdrawn: dt.datetime | None
    reason: str | None
    landing: str


def present(source_id: str) -> list[Present]:
    """All ledger rows of a source as the plan takes them, by remote id."""
    package = model.Package.__table__
    statement = (
        sa.select(record, package.c.state.label("dataset_state"))
        .outerjoin(package, package.c.id == record.c.dataset_id)
        .where(record.c.source_id == source_id)
        .order_by(record.c.remote_id)
    )
    return [_present(row) for row in model.Session.execute(statement).mappings()]


def live(source_id: str) -> int:
    """How many records of the source are live."""
    statement = sa.select(sa.func.count()).where(record.c.source_id == source_id, record.c.state == "live")
    return model.Session.execute(statement).scalar_one()


def of_dataset(dataset_id: str) -> Any:
    """The ledger row that a dataset is written from, or None."""
    statement = sa.select(record).where(record.c.dataset_id == dataset_id, record.c.state != "twin")
    return model.Session.execute(statement.order_by(record.c.state)).mappings().first()


def gone(name_or_id: str) -> Gone | None:
    """The withdrawn dataset that had this name, id or resource, or None."""
    resource = sa.select(model.Resource.package_id).where(model.Resource.id == name_or_id)
    statement = sa.select(record).where(
        record.c.state == "withdrawn",
        sa.or_(
            record.c.name == name_or_id,
            record.c.dataset_id == name_or_id,
            record.c.dataset_id.in_(resource),
        ),
    )
    row = model.Session.execute(statement).mappings().first()
    return Gone(**{name: row[name] for name in Gone.__struct_fields__}) if row else None


def taken(names: Iterable[str], source_id: str) -> frozenset[str]:
    """Those of the names that a dataset of ours or of others has, apart from this source's own."""
    package = model.Package.__table__
    own = sa.select(record.c.dataset_id).where(record.c.source_id == source_id)
    statement = sa.select(package.c.name).where(package.c.name.in_(list(names)), package.c.id.not_in(own))
    return frozenset(model.Session.execute(statement).scalars())


def write(
    source_id: str, entry: Entry, dataset_id: str, state: Literal["live", "twin"] = "live", **more: Any
) -> None:
    """Note a dataset that was created, updated or restored from a record, or that the record is a twin of."""
    found = entry.record
    assert found is not None, entry.action
    values = {
        "dataset_id": dataset_id,
        "name": entry.name,
        "title": found.title,
        "state": state,
        "digest": entry.digest,
        "raw": found.raw,
        "mapping": MAPPING,
        "files": [file.url for file in found.files],
        "licence": found.licence,
        "identifiers": list(found.identifiers),
        "landing": found.landing,
        "misses": 0,
        "first_miss": None,
        "altered": now(),
        "withdrawn": None,
        "reason": None,
        **more,
    }
    if entry.former:
        _take_over(source_id, entry.former, entry.remote_id)
    statement = insert(record).values(
        source_id=source_id, remote_id=entry.remote_id, first_seen=now(), **values
    )
    model.Session.execute(
        statement.on_conflict_do_update(index_elements=[record.c.source_id, record.c.remote_id], set_=values)
    )


def withdrawn(source_id: str, remote_id: str, reason: str) -> None:
    """Note that a record was withdrawn; everything else of its row stays."""
    _update(source_id, remote_id, state="withdrawn", withdrawn=now(), reason=reason, altered=now())


def returned(source_id: str, remote_id: str) -> None:
    """Note that a withdrawal was taken back."""
    _update(
        source_id,
        remote_id,
        state="live",
        withdrawn=None,
        reason=None,
        misses=0,
        first_miss=None,
        altered=now(),
    )


def misses(source_id: str, entries: Iterable[Entry]) -> None:
    """Note how often in a row records were absent, for entries that change nothing else."""
    wanted = {entry.remote_id: (entry.misses, entry.first_miss) for entry in entries}
    there = sa.select(record.c.remote_id, record.c.misses, record.c.first_miss)
    there = there.where(record.c.source_id == source_id, record.c.remote_id.in_(list(wanted)))
    for remote_id, count, first in model.Session.execute(there).all():
        new, moment = wanted[remote_id]
        if (new, moment) != (count, _iso(first)):
            _update(source_id, remote_id, misses=new, first_miss=_moment(moment))


def hand_over(source_id: str, remote_id: str, misses: int) -> None:
    """Note that a record is gone from its source and that another source goes on with its dataset."""
    _update(source_id, remote_id, state="twin", misses=misses, altered=now())


def override(dataset_id: str, overrides: dict[str, Any]) -> None:
    """Keep a sysadmin's changes to harvested fields; they hold until lifted."""
    model.Session.execute(
        sa.update(record).where(record.c.dataset_id == dataset_id).values(overrides=overrides)
    )


def _take_over(source_id: str, former: str, remote_id: str) -> None:
    statement = sa.update(record).where(record.c.source_id == source_id, record.c.remote_id == former)
    model.Session.execute(statement.values(remote_id=remote_id))


def _update(source_id: str, remote_id: str, **values: Any) -> None:
    statement = sa.update(record).where(record.c.source_id == source_id, record.c.remote_id == remote_id)
    model.Session.execute(statement.values(**values))


def _present(row: Any) -> Present:
    return Present(
        remote_id=row["remote_id"],
        dataset_id=row["dataset_id"],
        name=row["name"],
        title=row["title"],
        state=_state(row["state"], row["dataset_state"]),
        digest=row["digest"] if row["mapping"] == MAPPING else "",
        raw=row["raw"],
        files=tuple(row["files"]),
        licence=row["licence"],
        misses=row["misses"],
        first_miss=_iso(row["first_miss"]),
        identifiers=tuple(row["identifiers"]),
    )


def _state(ours: Literal["live", "withdrawn", "twin"], dataset: str | None) -> State:
    if ours == "twin":
        return "twin"
    if dataset is None:
        return "purged"
    if ours == "live":
        return "deleted_here" if dataset == "deleted" else "live"
    return "live" if dataset == "active" else "withdrawn"


def _iso(moment: dt.datetime | None) -> str | None:
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if moment else None


def _moment(text: str | None) -> dt.datetime | None:
    return dt.datetime.fromisoformat(text) if text else None
