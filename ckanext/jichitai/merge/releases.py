"""Releases: the record of what each item's table is now, and its files under names of their content."""

import datetime as dt
import hashlib
import io
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import polars as pl
import sqlalchemy as sa
from ckan import model

from ckanext.jichitai.bridge import archive, jobs
from ckanext.jichitai.bridge.rulebook import now
from ckanext.jichitai.core.merge.values import History

from . import config
from .model import release

MONTH = dt.timedelta(days=30)  # how far back the guard looks for the highest count


class Release(msgspec.Struct, frozen=True):
    """One release as it is stored. files: kind → {name, sha256, bytes}."""

    id: int
    item: str
    run: str
    at: dt.datetime
    definitions: str
    cursor: int
    basis: str
    rows: int
    dropped: int
    carried: int
    files: dict[str, dict[str, Any]]
    parts: list[dict[str, Any]]
    quarantined: dict[str, float]

    def part(self, municipality: str) -> dict[str, Any] | None:
        """One municipality's part of the table."""
        return next((part for part in self.parts if part["municipality"] == municipality), None)


def current(item: str) -> Release | None:
    """The newest release of an item."""
    statement = sa.select(release).where(release.c.item == item).order_by(release.c.id.desc()).limit(1)
    row = model.Session.execute(statement).mappings().first()
    return Release(**row) if row else None


def all_current() -> dict[str, Release]:
    """Item → its newest release."""
    newest = sa.select(sa.func.max(release.c.id)).group_by(release.c.item)
    rows = model.Session.execute(sa.select(release).where(release.c.id.in_(newest))).mappings()
    return {row["item"]: Release(**row) for row in rows}


def history(item: str, last: Release | None, approved: frozenset[str], since: dt.datetime | None) -> History:
    """What the guard measures against: the last 30 days, or the days since an approval set it anew."""
    start = max(now() - MONTH, since) if since else now() - MONTH
    statement = sa.select(release.c.parts, release.c.rows).where(release.c.item == item, release.c.at > start)
    peaks: dict[str, int] = {}
    total = 0
    for parts, rows in model.Session.execute(statement):
        total = max(total, rows)
        for part in parts:
            peaks[part["municipality"]] = max(peaks.get(part["municipality"], 0), part["rows"])
    return History(
        peaks=peaks,
        total=total,
        quarantined=last.quarantined if last else {},
        definitions=last.definitions if last else "",
        approved=approved,
    )


def rows_of(one: Release | None) -> pl.DataFrame | None:
    """The table of a release, as the core made it; None without a release."""
    if one is None:
        return None
    return pl.read_parquet(io.BytesIO(archive.exports().read(one.files["rows"]["name"])))


def side(one: Release, kind: str) -> pl.DataFrame:
    """A table beside a release, as text: outcomes, dropped, missing."""
    return pl.read_csv(io.BytesIO(archive.exports().read(one.files[kind]["name"])), infer_schema=False)


def keep(data: bytes, ending: str) -> dict[str, Any]:
    """Put a file under the name of its content; {name, sha256, bytes}."""
    digest = hashlib.sha256(data).hexdigest()
    name = f"{digest}.{ending}"
    store = archive.exports()
    if not store.has(name):
        store.write(name, data)
    return {"name": name, "sha256": digest, "bytes": len(data)}


def store(values: Mapping[str, Any]) -> int:
    """Write the record of a release in the running transaction; its number."""
    number = model.Session.execute(sa.insert(release).values(**values).returning(release.c.id)).scalar_one()
    jobs.wrote()
    return number


def note_basis(one: Release, basis: str) -> None:
    """Other inputs that gave the very same table: known as such from now on."""
    model.Session.execute(sa.update(release).where(release.c.id == one.id).values(basis=basis))
    jobs.wrote()


def retire(item: str) -> None:
    """Remove what is older than the history keeps, and files that no release of the item names.

    The newest two stay whatever their age: readers may still be in the one before.
    """
    rows = model.Session.execute(
        sa.select(release.c.id, release.c.at, release.c.files)
        .where(release.c.item == item)
        .order_by(release.c.id)
    ).all()
    old, kept = rows[:-2], rows[-2:]
    horizon = now() - dt.timedelta(days=config.keep_days())
    past = [row.id for row in old if row.at < horizon]
    if past:
        model.Session.execute(sa.delete(release).where(release.c.id.in_(past)))
        jobs.wrote()
    _remove({entry["name"] for row in old for entry in row.files.values()}, kept)


def _remove(names: set[str], kept: Sequence[Any]) -> None:
    """Files that only older releases name; equal content of another item may share a name, so all are asked."""
    used = {entry["name"] for row in kept for entry in row.files.values()}
    others = model.Session.execute(
        sa.select(release.c.files).where(release.c.id.in_(_newest_two()))
    ).scalars()
    used |= {entry["name"] for files in others for entry in files.values()}
    store = archive.exports()
    for name in names - used:
        store.remove(name)


def _newest_two() -> sa.Select[Any]:
    place = (
        sa.func.row_number().over(partition_by=release.c.item, order_by=release.c.id.desc()).label("place")
    )
    ranked = sa.select(release.c.id, place).subquery()
    return sa.select(ranked.c.id).where(ranked.c.place <= 2)
