"""Runs as rows: begun, what became of each source, ended; and every answer that came."""

import datetime as dt
import resource
from importlib.metadata import version
from typing import Any

import msgspec
import sqlalchemy as sa
from ckan import model
from sqlalchemy.dialects.postgresql import insert

from ckanext.jichitai.bridge.rulebook import now

from . import hosts, ledger, notices, schedule
from .listen import Fetched
from .model import fetch, payload, run, run_source
from .model import source as source_table
from .sources import Known

NAMES = 500  # most names of one kind that a report keeps; the counts are exact


class Outcome(msgspec.Struct):
    """What became of one source in a run.

    outcome: changed, unchanged, held, deferred, failed. fault: class of schemas/issues/harvest.yaml.
    """

    source_id: str
    outcome: str
    fault: str | None = None
    detail: str = ""
    complete: bool = False
    counts: dict[str, int] = {}
    names: dict[str, list[str]] = {}
    live: int = 0
    seconds: float = 0.0
    bytes: int = 0
    plan_id: int | None = None


def begin(trigger: str, by: str | None) -> int:
    """A new run. Whoever calls holds the run lock, so a run without an end was interrupted."""
    open_ones = sa.update(run).where(run.c.state == "running")
    model.Session.execute(open_ones.values(state="interrupted", ended=now()))
    values = {
        "started": now(),
        "state": "running",
        "trigger": trigger,
        "by": by,
        "version": version("ckanext-jichitai"),
        "mapping": ledger.MAPPING,
    }
    made = model.Session.execute(sa.insert(run).values(**values).returning(run.c.id)).scalar_one()
    model.Session.commit()
    return made


def step(run_id: int, words: str) -> None:
    """Where the run is, for the page that shows it."""
    model.Session.execute(sa.update(run).where(run.c.id == run_id).values(step=words))
    model.Session.commit()


def end(run_id: int, exit_code: int, counts: dict[str, int], state: str = "done") -> None:
    """The run is over."""
    values = {
        "ended": now(),
        "state": state,
        "exit": exit_code,
        "step": "",
        "counts": counts,
        "memory": peak_memory(),
    }
    model.Session.execute(sa.update(run).where(run.c.id == run_id).values(**values))
    model.Session.commit()


def peak_memory() -> int:
    """Most memory that this process ever held, bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def answers(run_id: int, source_id: str, found: list[Fetched], resource_id: str | None = None) -> None:
    """Note answers whose bodies are in the archive. The caller commits."""
    for one in found:
        at = dt.datetime.fromtimestamp(one.at, dt.UTC)
        values = {name: getattr(one, name) for name in Fetched.__struct_fields__}
        values |= {"at": at, "run_id": run_id, "source_id": source_id, "resource_id": resource_id}
        model.Session.execute(sa.insert(fetch).values(**values))
        if one.sha256:
            statement = insert(payload).values(
                sha256=one.sha256, size=one.bytes, kind=one.kind, first_seen=at, last_seen=at
            )
            model.Session.execute(
                statement.on_conflict_do_update(index_elements=[payload.c.sha256], set_={"last_seen": at})
            )


def note(run_id: int, known: Known, outcome: Outcome) -> None:
    """Note what became of a source, and how it is from now on. The caller commits."""
    values: dict[str, Any] = msgspec.structs.asdict(outcome)
    values["names"] = {kind: names[:NAMES] for kind, names in outcome.names.items()}
    model.Session.execute(sa.insert(run_source).values(run_id=run_id, at=now(), **values))
    moment = now()
    healthy = outcome.outcome in ("changed", "unchanged") and outcome.fault is None
    failing = outcome.outcome == "failed" or outcome.fault == "incomplete"
    state = {"held": "held", "deferred": known.state}.get(outcome.outcome, "failing" if failing else "ok")
    misses = known.misses + 1 if failing else known.misses if outcome.outcome == "deferred" else 0
    health: dict[str, Any] = {
        "state": state,
        "since": known.since if state == known.state else moment,
        "fault": outcome.fault,
        "detail": outcome.detail,
        "tried": moment,
        "misses": misses,
        "datasets": outcome.live,
        "due": schedule.next_due(known.id, moment, misses),
    }
    if healthy or outcome.outcome == "held":
        health["succeeded"] = moment
    if outcome.outcome == "changed" or any(outcome.names.values()):
        health["altered"] = moment
    if outcome.outcome == "deferred":
        health = {
            "due": hosts.free_at(known.host) or moment + dt.timedelta(hours=1),
            "detail": outcome.detail,
        }
    notices.note(known, health, outcome.names)
    model.Session.execute(sa.update(source_table).where(source_table.c.id == known.id).values(**health))


def get(run_id: int) -> Any:
    """A run's row. Raises KeyError."""
    row = model.Session.execute(sa.select(run).where(run.c.id == run_id)).mappings().first()
    if row is None:
        raise KeyError(run_id)
    return row


def newest(limit: int = 30, before: int | None = None) -> list[Any]:
    """Runs, newest first."""
    statement = sa.select(run).order_by(run.c.id.desc()).limit(limit)
    if before:
        statement = statement.where(run.c.id < before)
    return list(model.Session.execute(statement).mappings())


def of_run(run_id: int) -> list[Any]:
    """What became of each source in a run, by source."""
    statement = sa.select(run_source).where(run_source.c.run_id == run_id)
    return list(model.Session.execute(statement.order_by(run_source.c.source_id)).mappings())


def of_source(source_id: str, limit: int = 30) -> list[Any]:
    """What became of a source in its last runs, newest first."""
    statement = sa.select(run_source).where(run_source.c.source_id == source_id)
    return list(model.Session.execute(statement.order_by(run_source.c.run_id.desc()).limit(limit)).mappings())


def last_end() -> dt.datetime | None:
    """When a run last ended by itself."""
    statement = sa.select(sa.func.max(run.c.ended)).where(run.c.state == "done")
    return model.Session.execute(statement).scalar()
