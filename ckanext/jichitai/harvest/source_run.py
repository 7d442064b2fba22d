"""The sources of one server from their listings to the catalog: plan, guard, store, apply, outcome."""

import datetime as dt
import logging
from collections.abc import Sequence

import msgspec
from ckan import model
from ckan.plugins import toolkit as tk
from sqlalchemy.exc import SQLAlchemyError

from ckanext.jichitai.bridge.lock import advisory
from ckanext.jichitai.bridge.rulebook import now, organization_of
from ckanext.jichitai.core.catalog import guard as guards
from ckanext.jichitai.core.catalog import plan as planning
from ckanext.jichitai.core.catalog.planned import History, Other, Plan, Policy, Present
from ckanext.jichitai.core.catalog.record import dataset_name
from ckanext.jichitai.core.catalog.values import Listing

from . import history, ledger, plans, runs, twins
from .apply import KINDS, Applied, apply
from .host import Asked
from .listen import Heard
from .runs import Outcome
from .sources import Known

log = logging.getLogger(__name__)


class Planned(msgspec.Struct):
    """A source with its guarded plan, and the ledger rows it was made from."""

    asked: Asked
    plan: Plan
    present: list[Present]


def plan_all(group: Sequence[Asked]) -> list[tuple[Asked, Planned | None]]:
    """The sources of a server by rank, each with its guarded plan where its listing may be used.

    A source whose planning breaks is told as broken; the others go on.
    """
    made: dict[str, Planned] = {}
    pasts: dict[str, History] = {}
    told = []
    # The better rank first: what it brings is known when its twins are planned.
    for asked in sorted(group, key=lambda asked: (asked.known.settings.rank, asked.known.id)):
        try:
            if planned := _planned(asked, pasts, list(made.values())):
                made[asked.known.id] = planned
        except SQLAlchemyError:
            raise
        except Exception as error:  # our own fault: told as such
            log.exception("Source %s: no plan could be made", asked.known.id)
            told.append(msgspec.structs.replace(asked, broken=f"{type(error).__name__}: {error}"))
        else:
            told.append(asked)
    pasts = history.of_host({source: one.plan for source, one in made.items()}, pasts)
    for source, one in made.items():
        one.plan = guards.guard(one.plan, one.asked.known.settings, pasts[source])
    return [(asked, made.get(asked.known.id)) for asked in told]


def _planned(asked: Asked, pasts: dict[str, History], made: Sequence[Planned]) -> Planned | None:
    listing, known = asked.heard.listing, asked.known
    if asked.broken or (listing.fault and not (listing.records or listing.refusals)):
        return None
    present = ledger.present(known.id)
    earlier = [(one.asked.known.settings, one.plan) for one in made]
    policy = _policy(asked, present, twins.others(known.settings, earlier))
    plan = planning.plan(present, listing, known.settings, moment(), policy)
    pasts[known.id] = history.of(known, sum(row.state == "live" for row in present))
    return Planned(asked, plan, present)


def finish(run_id: int, asked: Asked, planned: Planned | None) -> tuple[Outcome, list[str]]:
    """Apply a source's plan and note its outcome; ids of the datasets that changed.

    Our own failure is an outcome too (`ours`): the source's datasets stay as they were.
    """
    known, heard = asked.known, asked.heard
    changed: list[str] = []
    try:
        with advisory(f"source {known.id}", wait=True):
            outcome = _outcome(asked, None) if planned is None else _applied(run_id, planned, changed)
    except Exception as error:
        log.exception("Source %s: our own failure", known.id)
        model.Session.rollback()
        detail = f"{type(error).__name__}: {error}"[:500]
        outcome = Outcome(known.id, "failed", "ours", detail, live=ledger.live(known.id))
    outcome.seconds, outcome.bytes = heard.seconds, heard.bytes
    runs.note(run_id, known, outcome)
    model.Session.commit()
    return outcome, changed


def _applied(run_id: int, planned: Planned, changed: list[str]) -> Outcome:
    known = planned.asked.known
    owner = organization_of(known.settings.municipality)
    if owner is None:
        raise LookupError(
            f"no organization stands for municipality {known.settings.municipality}: run `ckan jichitai init`"
        )
    titles = {row.remote_id: row.title for row in planned.present}
    plan_id = plans.store(planned.plan, run_id, titles)
    model.Session.commit()
    applied = apply(known.settings, planned.plan, owner, run_id)
    changed.extend(applied.changed)
    plans.settle(plan_id, known.id, planned.plan.complete)
    model.Session.commit()
    return _outcome(planned.asked, planned.plan, applied, plan_id)


def _outcome(
    asked: Asked, plan: Plan | None, applied: Applied | None = None, plan_id: int | None = None
) -> Outcome:
    known, listing = asked.known, asked.heard.listing
    made = Outcome(known.id, "unchanged", listing.fault, listing.detail, listing.complete, plan_id=plan_id)
    made.live = ledger.live(known.id)
    if asked.broken:
        made.outcome, made.fault, made.detail = "failed", "ours", asked.broken
        return made
    if plan is None or applied is None:
        made.outcome = "deferred" if listing.fault == "busy" else "failed"
        return made
    refusals = [*plan.refusals, *applied.refusals]
    made.names = dict(applied.names)
    if refusals:
        made.names["refused"] = [f"{r.remote_id}: {r.reason} {r.place}".strip() for r in refusals]
    waiting = [entry.name for entry in plan.entries if entry.held]
    silent = plan_id is not None and plans.get(plan_id).state == "discarded"
    if waiting:
        made.names["held"] = waiting
    made.counts = plans.counts(plan) | {"refused": len(refusals)}
    made.counts |= {action: applied.count(kind) for action, kind in KINDS.items()}
    if waiting and not silent:
        made.outcome, made.fault = "held", plan.holds[0]
    elif applied.changed:
        made.outcome = "changed"
    return made


def _policy(asked: Asked, present: list[Present], others: tuple[Other, ...]) -> Policy:
    source = asked.known.id
    there = {row.remote_id for row in present}
    wished = {
        dataset_name(source, record.name, record.remote_id)
        for record in asked.heard.listing.records
        if record.remote_id not in there
    }
    taken = ledger.taken(wished, source) if wished else frozenset[str]()
    return Policy(site=tk.config["ckan.site_url"], taken=taken, others=others)


def moment() -> str:
    """This moment as core takes it."""
    return now().strftime("%Y-%m-%dT%H:%M:%SZ")


def foreseen(asked: Asked, plan: Plan | None) -> Outcome:
    """What a dry run says of a source: the outcome that its plan would have."""
    listing = asked.heard.listing
    made = Outcome(asked.known.id, "unchanged", listing.fault, listing.detail, listing.complete)
    if asked.broken or plan is None:
        made.outcome = "deferred" if listing.fault == "busy" else "failed"
        made.fault, made.detail = ("ours", asked.broken) if asked.broken else (made.fault, made.detail)
        return made
    made.counts = plans.counts(plan)
    made.outcome = (
        "held"
        if made.counts.get("held")
        else "changed"
        if any(made.counts.get(action) for action in KINDS)
        else "unchanged"
    )
    return made


def resting(known: Known, until: dt.datetime) -> Asked:
    """A source that is not asked because its server wants to be left alone."""
    listing = Listing(known.id, (), fault="busy", detail=until.strftime("%Y-%m-%dT%H:%M:%SZ"))
    return Asked(known, Heard(listing, []))
