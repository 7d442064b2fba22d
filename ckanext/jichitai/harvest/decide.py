"""What a person decides about a held plan: approve, discard, undo. No network is asked."""

import msgspec
import sqlalchemy as sa
from ckan import model

from ckanext.jichitai.bridge.lock import advisory
from ckanext.jichitai.bridge.rulebook import now, organization_of
from ckanext.jichitai.core.catalog.plan import ledger_mark
from ckanext.jichitai.core.catalog.planned import Entry, Plan

from . import ledger, plans, sources
from .after import after
from .apply import Applied, apply
from .model import source as source_table


class NotNow(ValueError):
    """The plan cannot be decided in this way; the sentence says why."""


def approve(plan_id: int, by: str, comment: str = "") -> Applied:
    """Apply exactly the held entries. Raises KeyError, NotNow where the plan's basis has moved."""
    stored = plans.get(plan_id)
    with advisory(f"source {stored.source_id}", wait=True):
        stored = _in_state(plan_id, "held")
        if ledger_mark(ledger.present(stored.source_id)) != stored.basis:
            raise NotNow("The catalog has changed since this plan was made. Harvest again first.")
        waiting = plans.entries(plan_id, only_held=True)
        applied = _apply(stored.source_id, [_free(one.entry) for one in waiting])
        plans.decide(plan_id, "applied", by, comment, [one.position for one in waiting])
        _anew(stored.source_id)
        model.Session.commit()
    after(applied.changed)
    return applied


def discard(plan_id: int, by: str, comment: str = "") -> None:
    """Drop a held plan; the same set of changes is not brought up again for 30 days."""
    stored = _in_state(plan_id, "held")
    plans.decide(plan_id, "discarded", by, comment)
    _state(stored.source_id, "ok")
    model.Session.commit()


def undo(plan_id: int, by: str, comment: str = "") -> Applied:
    """Take an approval back: what it withdrew returns under the same ids."""
    stored = plans.get(plan_id)
    with advisory(f"source {stored.source_id}", wait=True):
        stored = _in_state(plan_id, "applied")
        if stored.decided is None:
            raise NotNow("Nobody approved this plan, so there is nothing to undo.")
        back = [one.entry for one in plans.entries(plan_id, only_held=True) if one.entry.action == "withdraw"]
        if not back:
            raise NotNow("This approval withdrew nothing, so there is nothing to bring back.")
        applied = _apply(
            stored.source_id, [msgspec.structs.replace(_free(e), action="restore") for e in back]
        )
        plans.decide(plan_id, "undone", by, comment)
        model.Session.commit()
    after(applied.changed)
    return applied


def _apply(source_id: str, entries: list[Entry]) -> Applied:
    known = sources.get(source_id)
    owner = organization_of(known.settings.municipality)
    if owner is None:
        raise NotNow(f"No organization stands for municipality {known.settings.municipality}.")
    return apply(known.settings, Plan(source_id, tuple(entries)), owner, None)


def _free(entry: Entry) -> Entry:
    return msgspec.structs.replace(entry, held=None)


def _in_state(plan_id: int, state: str) -> plans.Stored:
    stored = plans.get(plan_id)
    if stored.state != state:
        raise NotNow(f"Plan {plan_id} is {stored.state}, not {state}.")
    return stored


def _anew(source_id: str) -> None:
    """From an approval on the guard counts anew."""
    statement = sa.update(source_table).where(source_table.c.id == source_id)
    model.Session.execute(statement.values(approved=now()))
    _state(source_id, "ok")


def _state(source_id: str, state: str) -> None:
    statement = sa.update(source_table).where(source_table.c.id == source_id, source_table.c.state == "held")
    live = ledger.live(source_id)
    model.Session.execute(statement.values(state=state, since=now(), fault=None, detail="", datasets=live))
