"""Records of a municipality's other sources, and datasets that more than one of them publishes.

One ledger row of a dataset is `live`: the dataset is written from it. The rows of its twins are
`twin`; the dataset names their pages, and one of them takes over when the first goes.
"""

from collections.abc import Iterable, Sequence

import sqlalchemy as sa
from ckan import model

from ckanext.jichitai.bridge.rulebook import now
from ckanext.jichitai.core.catalog.planned import Entry, Other, Plan
from ckanext.jichitai.core.catalog.values import Source

from . import ledger, sources
from .model import record
from .model import source as source_table

LAST = 1_000_000  # rank of a source that is off: whoever is listed comes before it


def others(source: Source, planned: Iterable[tuple[Source, Plan]] = ()) -> tuple[Other, ...]:
    """What other sources of the municipality have, or will have.

    planned: other sources with plans of the same run that are not applied yet.
    """
    ranks = {known.id: known.settings.rank if known.enabled else LAST for known in sources.every()}
    statement = (
        sa.select(record)
        .join(source_table, source_table.c.id == record.c.source_id)
        .where(source_table.c.municipality == source.municipality, record.c.source_id != source.id)
        .where(record.c.state.in_(("live", "twin")))
    )
    there = [
        Other(
            source=row["source_id"],
            rank=ranks.get(row["source_id"], LAST),
            remote_id=row["remote_id"],
            dataset_id=row["dataset_id"],
            name=row["name"],
            state=row["state"],
            misses=row["misses"],
            identifiers=tuple(row["identifiers"]),
            landing=row["landing"],
            files=tuple(row["files"]),
        )
        for row in model.Session.execute(statement).mappings()
    ]
    return (*there, *(other for one, plan in planned for other in _coming(one, plan, source)))


def _coming(one: Source, plan: Plan, source: Source) -> list[Other]:
    if one.municipality != source.municipality or one.id == source.id:
        return []
    return [
        Other(
            source=one.id,
            rank=one.rank,
            remote_id=entry.remote_id,
            dataset_id=entry.dataset_id,
            name=entry.name,
            state="live",
            identifiers=entry.record.identifiers,
            landing=entry.record.landing,
            files=tuple(file.url for file in entry.record.files),
        )
        for entry in plan.entries
        if entry.action == "create" and entry.record
    ]


def note(source_id: str, entries: Sequence[Entry]) -> set[str]:
    """Bring the ledger up to date about twins; ids of datasets whose list of pages may differ now."""
    wanted = {entry.remote_id: entry for entry in entries if entry.reason in ("twin", "handed_over")}
    if not wanted:
        return set()
    statement = sa.select(record.c.remote_id, record.c.state, record.c.digest, record.c.misses)
    statement = statement.where(record.c.source_id == source_id, record.c.remote_id.in_(list(wanted)))
    known = {row.remote_id: row for row in model.Session.execute(statement)}
    touched = set[str]()
    for key, entry in wanted.items():
        row = known.get(key)
        if row and (row.state, row.digest, bool(row.misses)) == ("twin", entry.digest, bool(entry.misses)):
            continue
        if entry.record:
            ledger.write(source_id, entry, entry.dataset_id, state="twin")
        elif entry.reason == "handed_over":
            ledger.hand_over(source_id, key, entry.misses)
        touched.add(entry.dataset_id)
    return touched


def lead(source_id: str, dataset_id: str) -> dict[str, object]:
    """The rows of all other sources are twins from now on; a sysadmin's overrides, to go on with."""
    theirs = (record.c.dataset_id == dataset_id, record.c.source_id != source_id)
    kept = model.Session.execute(sa.select(record.c.overrides).where(*theirs, record.c.state == "live"))
    overrides = kept.scalars().first() or {}
    statement = sa.update(record).where(*theirs, record.c.state == "live")
    model.Session.execute(statement.values(state="twin", altered=now()))
    return overrides


def heirs(source_id: str, dataset_id: str) -> list[str]:
    """Sources that still list a twin of the dataset; they are due at once, to take it over."""
    statement = sa.select(record.c.source_id).where(
        record.c.dataset_id == dataset_id,
        record.c.source_id != source_id,
        record.c.state == "twin",
        record.c.misses == 0,
    )
    found = list(model.Session.execute(statement).scalars())
    due = sa.update(source_table).where(source_table.c.id.in_(found), source_table.c.enabled)
    model.Session.execute(due.values(due=now()))
    return found


def pages(dataset_id: str) -> list[str]:
    """Where else a dataset is published: the landing pages of its twins that are listed now."""
    statement = sa.select(record.c.landing).where(
        record.c.dataset_id == dataset_id, record.c.state == "twin", record.c.misses == 0
    )
    return sorted({page for page in model.Session.execute(statement).scalars() if page})
