"""Plans as stored: what a run was going to do, and what waits for a person.

A plan is stored before it is used. Entries that keep everything as it is are only counted; of those
done at once the record is not kept, of those held it is: an approval applies exactly it.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from typing import Any

import msgspec
import sqlalchemy as sa
from ckan import model

from ckanext.jichitai.bridge.rulebook import now
from ckanext.jichitai.core.catalog.guard import mark
from ckanext.jichitai.core.catalog.plan import ledger_mark
from ckanext.jichitai.core.catalog.planned import Entry, Plan

from . import ledger
from .model import plan as table
from .model import plan_entry

SILENT = dt.timedelta(days=30)  # a discarded set of changes is not brought up again for so long


class Stored(msgspec.Struct, frozen=True):
    """A plan as the table holds it. state: ready, held, applied, undone, discarded, superseded."""

    id: int
    source_id: str
    run_id: int | None
    made: dt.datetime
    basis: str
    state: str
    complete: bool
    holds: list[str]
    silence: str | None
    silent_until: dt.datetime | None
    refusals: list[dict[str, Any]]
    decided: dt.datetime | None
    decided_by: str | None
    comment: str
    counts: dict[str, int]


class StoredEntry(msgspec.Struct, frozen=True):
    """An entry of a stored plan; title is the dataset's before the plan, or the record's."""

    position: int
    title: str
    done: dt.datetime | None
    entry: Entry


def counts(plan: Plan) -> dict[str, int]:
    """Entries by action, those that are held apart, and refusals."""
    found = Counter("held" if entry.held else entry.action for entry in plan.entries)
    return {**found, "refused": len(plan.refusals)}


def store(plan: Plan, run_id: int, titles: dict[str, str]) -> int | None:
    """Store a plan before it is used; None where it changes, holds and refuses nothing.

    titles: remote id → title of what is present. The caller commits.
    """
    wanted = [entry for entry in plan.entries if entry.action != "keep"]
    if not wanted and not plan.refusals:
        return None
    values = {
        "source_id": plan.source,
        "run_id": run_id,
        "made": now(),
        "basis": plan.ledger,
        "state": "ready",
        "complete": plan.complete,
        "holds": list(plan.holds),
        "silence": mark(plan) if plan.holds else None,
        "refusals": msgspec.to_builtins(plan.refusals),
        "counts": counts(plan),
    }
    made = model.Session.execute(sa.insert(table).values(**values).returning(table.c.id)).scalar_one()
    rows = [_row(made, number, entry, titles) for number, entry in enumerate(wanted)]
    for start in range(0, len(rows), 1000):
        model.Session.execute(sa.insert(plan_entry), rows[start : start + 1000])
    return made


def settle(plan_id: int | None, source_id: str, complete: bool) -> None:
    """Note that what need not wait was done; what waits is held on the ledger as it is now.

    A newer whole listing takes the place of plans that still wait; one that was cut short does not.
    """
    if complete:
        earlier = sa.update(table).where(table.c.source_id == source_id, table.c.state == "held")
        model.Session.execute(earlier.where(table.c.id != (plan_id or 0)).values(state="superseded"))
    if plan_id is None:
        return
    held = sa.select(sa.func.count()).where(plan_entry.c.plan_id == plan_id, plan_entry.c.held.is_not(None))
    waits = model.Session.execute(held).scalar_one() > 0
    done = sa.update(plan_entry).where(plan_entry.c.plan_id == plan_id, plan_entry.c.held.is_(None))
    model.Session.execute(done.values(done=now()))
    silence = model.Session.execute(sa.select(table.c.silence).where(table.c.id == plan_id)).scalar()
    state = ("discarded" if silenced(source_id, silence) else "held") if waits else "applied"
    basis = ledger_mark(ledger.present(source_id))
    model.Session.execute(sa.update(table).where(table.c.id == plan_id).values(state=state, basis=basis))


def silenced(source_id: str, silence: str | None) -> bool:
    """Whether this very set of changes was discarded by a person within 30 days."""
    if silence is None:
        return False
    statement = sa.select(table.c.id).where(
        table.c.source_id == source_id, table.c.silence == silence, table.c.silent_until > now()
    )
    return model.Session.execute(statement).first() is not None


def get(plan_id: int) -> Stored:
    """A stored plan. Raises KeyError."""
    row = model.Session.execute(sa.select(table).where(table.c.id == plan_id)).mappings().first()
    if row is None:
        raise KeyError(plan_id)
    return Stored(**row)


def held(source_id: str | None = None) -> list[Stored]:
    """Plans that wait for a person, oldest first."""
    return every(source_id, "held")


def every(source_id: str | None = None, state: str | None = None, limit: int = 500) -> list[Stored]:
    """Stored plans, oldest first."""
    statement = sa.select(table).order_by(table.c.id).limit(limit)
    if source_id:
        statement = statement.where(table.c.source_id == source_id)
    if state:
        statement = statement.where(table.c.state == state)
    return [Stored(**row) for row in model.Session.execute(statement).mappings()]


def entries(plan_id: int, only_held: bool = False) -> list[StoredEntry]:
    """What a plan does, in its order."""
    statement = sa.select(plan_entry).where(plan_entry.c.plan_id == plan_id).order_by(plan_entry.c.position)
    if only_held:
        statement = statement.where(plan_entry.c.held.is_not(None))
    return [
        StoredEntry(row["position"], row["title"], row["done"], msgspec.convert(row["body"], Entry))
        for row in model.Session.execute(statement).mappings()
    ]


def decide(plan_id: int, state: str, by: str, comment: str, done: Iterable[int] = ()) -> None:
    """Note what a person decided: applied, discarded or undone. The caller commits."""
    values: dict[str, Any] = {"state": state, "decided": now(), "decided_by": by, "comment": comment}
    if state == "discarded":
        values["silent_until"] = now() + SILENT
    model.Session.execute(sa.update(table).where(table.c.id == plan_id).values(**values))
    places = list(done)
    if places:
        statement = sa.update(plan_entry).where(
            plan_entry.c.plan_id == plan_id, plan_entry.c.position.in_(places)
        )
        model.Session.execute(statement.values(done=now()))


def _row(plan_id: int, position: int, entry: Entry, titles: dict[str, str]) -> dict[str, Any]:
    kept = entry if entry.held else msgspec.structs.replace(entry, record=None)
    title = titles.get(entry.remote_id) or (entry.record.title if entry.record else "")
    return {
        "plan_id": plan_id,
        "position": position,
        "remote_id": entry.remote_id,
        "action": entry.action,
        "name": entry.name,
        "title": title,
        "held": entry.held,
        "body": msgspec.to_builtins(kept),
    }
