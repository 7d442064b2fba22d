"""Files worth fetching: which, from where, and when again."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from ckan import model
from sqlalchemy.dialects.postgresql import insert

from ckanext.jichitai.bridge.rulebook import now
from ckanext.jichitai.core.catalog.record import resource_id
from ckanext.jichitai.core.catalog.values import Record, Source

from . import items, schedule
from .model import link
from .model import source as source_table
from .sources import host_of

GONE_HOURS = 20  # least time between the two answers that say a file is gone


def note(source: Source, datasets: Iterable[tuple[str, Record]]) -> None:
    """Bring the candidates of written datasets up to date, in the running transaction.

    A record that changed is a reason to ask for its files at once.
    """
    for dataset_id, record in datasets:
        wanted = items.of_files(record)
        rows = [
            {
                "resource_id": resource_id(dataset_id, file.id or file.url),
                "dataset_id": dataset_id,
                "source_id": source.id,
                "url": file.url,
                "host": host_of(file.url),
                "name": file.url.rsplit("/", 1)[-1] or file.name,
                "item": wanted[file.id],
                "modified": file.modified or file.created or record.modified or "",
                "due": now(),
            }
            for file in record.files
            if file.id in wanted
        ]
        kept = [row["resource_id"] for row in rows]
        model.Session.execute(
            sa.delete(link).where(link.c.dataset_id == dataset_id, link.c.resource_id.not_in(kept))
        )
        if rows:
            statement = insert(link).values(rows)
            fresh = {name: statement.excluded[name] for name in rows[0] if name != "resource_id"}
            model.Session.execute(
                statement.on_conflict_do_update(index_elements=[link.c.resource_id], set_=fresh)
            )


def due(moment: dt.datetime, most: int, sources: Iterable[str] | None = None) -> list[dict[str, Any]]:
    """Links whose time has come, of live datasets; `most` of a municipality and item, newest first."""
    rank = sa.func.row_number().over(
        partition_by=(source_table.c.municipality, link.c.item),
        order_by=(link.c.modified.desc(), link.c.resource_id),
    )
    ranked = (
        sa.select(link, rank.label("rank"))
        .join(source_table, source_table.c.id == link.c.source_id)
        .join(model.Package, model.Package.id == link.c.dataset_id)
        .where(model.Package.state == "active", source_table.c.enabled)
        .subquery()
    )
    statement = sa.select(ranked).where(ranked.c.rank <= most, ranked.c.due <= moment)
    if sources is not None:
        statement = statement.where(ranked.c.source_id.in_(list(sources)))
    return [
        dict(row) for row in model.Session.execute(statement.order_by(ranked.c.host, ranked.c.url)).mappings()
    ]


def got(row: dict[str, Any], moment: dt.datetime, **validators: Any) -> None:
    """The file came: new bytes, or the word that they are the same."""
    same = validators.get("sha256", row["sha256"]) == row["sha256"]
    quiet = row["quiet"] + 1 if same else 0
    _set(
        row["resource_id"],
        state="current",
        fault=None,
        misses=0,
        first_miss=None,
        asked=moment,
        quiet=quiet,
        due=moment + dt.timedelta(days=schedule.file_days(quiet)),
        **validators,
    )


def failed(row: dict[str, Any], moment: dt.datetime, fault: str, missing: bool) -> str:
    """The file did not come; the state it has now: stale, or gone after two 404 or 410, 20 hours apart."""
    first = row["first_miss"] or moment
    long_gone = row["misses"] >= 1 and moment - first >= dt.timedelta(hours=GONE_HOURS)
    state = "gone" if missing and long_gone else "stale" if row["sha256"] else row["state"]
    _set(
        row["resource_id"],
        state=state,
        fault=fault,
        misses=row["misses"] + 1,
        first_miss=first if missing else None,
        asked=moment,
        due=moment + dt.timedelta(hours=min(2 ** row["misses"], 24)),
    )
    return state


def _set(resource_id_: str, **values: Any) -> None:
    model.Session.execute(sa.update(link).where(link.c.resource_id == resource_id_).values(**values))
