"""Rows as actions and pages show them: JSON values, times ISO with zone."""

import datetime as dt
from typing import Any

import msgspec

from . import plans, sources
from .report import Report

SHOWN = 500  # entries of a preview


def source(known: sources.Known) -> dict[str, Any]:
    """A source with its health."""
    settings = known.settings
    return {
        "id": known.id,
        "municipality": settings.municipality,
        "type": settings.type,
        "url": settings.url,
        "organization": settings.organization,
        "rank": settings.rank,
        "enabled": known.enabled,
        "state": known.state,
        "since": iso(known.since),
        "fault": known.fault,
        "detail": known.detail,
        "tried": iso(known.tried),
        "succeeded": iso(known.succeeded),
        "altered": iso(known.altered),
        "misses": known.misses,
        "datasets": known.datasets,
        "due": iso(known.due),
    }


def outcome(row: Any) -> dict[str, Any]:
    """What became of a source in a run."""
    return {
        "run": row["run_id"],
        "source": row["source_id"],
        "at": iso(row["at"]),
        **{
            key: row[key]
            for key in ("outcome", "fault", "detail", "complete", "live", "seconds", "bytes", "plan_id")
        },
        "counts": row["counts"],
        "names": row["names"],
    }


def run(row: Any) -> dict[str, Any]:
    """A run."""
    return {
        "id": row["id"],
        "started": iso(row["started"]),
        "ended": iso(row["ended"]),
        **{
            key: row[key] for key in ("state", "trigger", "by", "exit", "step", "memory", "version", "counts")
        },
    }


def plan(stored: plans.Stored) -> dict[str, Any]:
    """A stored plan without its entries."""
    plain = msgspec.structs.asdict(stored)
    for name in ("made", "decided", "silent_until"):
        plain[name] = iso(plain[name])
    return {key: value for key, value in plain.items() if key not in ("basis", "silence")}


def entry(one: plans.StoredEntry) -> dict[str, Any]:
    """An entry of a stored plan."""
    return {
        "action": one.entry.action,
        "name": one.entry.name,
        "title": one.title,
        "remote_id": one.entry.remote_id,
        "reason": one.entry.reason,
        "held": one.entry.held,
        "done": iso(one.done),
        "changes": {field: list(pair) for field, pair in one.entry.changes.items()},
    }


def preview(report: Report) -> dict[str, Any]:
    """What a dry run of one source found."""
    found = report.outcomes[0]
    entries = [e for one in report.plans for e in one.entries if e.action != "keep"]
    return {
        **{key: getattr(found, key) for key in ("outcome", "fault", "detail", "complete", "counts")},
        "entries": [
            entry(plans.StoredEntry(place, one.record.title if one.record else "", None, one))
            for place, one in enumerate(entries[:SHOWN])
        ],
        "refusals": [msgspec.to_builtins(refusal) for one in report.plans for refusal in one.refusals],
    }


def iso(moment: dt.datetime | None) -> str | None:
    """A time with its zone, UTC."""
    return moment.astimezone(dt.UTC).isoformat() if moment else None
