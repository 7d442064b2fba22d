"""What the collapse guard holds, and what people decide about it."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from ckan import model

from ckanext.jichitai.bridge import jobs
from ckanext.jichitai.bridge.rulebook import now
from ckanext.jichitai.core.merge.values import Trip

from .model import hold

OPEN = ("waiting", "approved", "discarded")


def approved(item: str, about: dict[str, str]) -> frozenset[str]:
    """Municipalities ("" for the whole item) whose fall a person has let pass, for the files they have now."""
    rows = _open(item)
    return frozenset(
        row["municipality"]
        for row in rows
        if row["state"] == "approved" and row["about"] == about.get(row["municipality"], "")
    )


def since_approval(item: str) -> dt.datetime | None:
    """When an approval last set the measure anew."""
    statement = sa.select(sa.func.max(hold.c.decided)).where(
        hold.c.item == item, hold.c.state.in_(("approved", "released"))
    )
    return model.Session.execute(statement).scalar()


def note(item: str, trips: Iterable[Trip], about: dict[str, str], passed: frozenset[str]) -> None:
    """Write down what waits now, in the running transaction; what no longer trips is closed.

    passed: approvals that this release made use of.
    """
    known = {(row["municipality"], row["reason"]): row for row in _open(item)}
    tripped = {(trip.municipality or "", trip.reason): trip for trip in trips if trip.holds}
    for key, row in known.items():
        state = "released" if key[0] in passed else "gone" if key not in tripped else None
        if state:
            _set(row["id"], state=state)
    for key, trip in tripped.items():
        row = known.get(key)
        files = about.get(key[0], "")
        if row and row["about"] == files:
            continue
        if row:
            _set(row["id"], state="gone")
        values = {
            "item": item,
            "municipality": key[0],
            "reason": trip.reason,
            "before": trip.before,
            "after": trip.after,
            "ours": trip.ours,
            "since": row["since"] if row else now(),
            "state": "waiting",
            "about": files,
        }
        model.Session.execute(sa.insert(hold).values(**values))
    jobs.wrote()


def get(number: int) -> dict[str, Any] | None:
    """One hold."""
    row = model.Session.execute(sa.select(hold).where(hold.c.id == number)).mappings().first()
    return dict(row) if row else None


def listed(state: str | None = "waiting", item: str | None = None) -> list[dict[str, Any]]:
    """Holds, newest first."""
    statement = sa.select(hold).order_by(hold.c.id.desc())
    if state:
        statement = statement.where(hold.c.state == state)
    if item:
        statement = statement.where(hold.c.item == item)
    return [dict(row) for row in model.Session.execute(statement).mappings()]


def decide(number: int, state: str, by: str, comment: str) -> None:
    """Write a person's decision."""
    _set(number, state=state, by=by, comment=comment, decided=now())
    jobs.wrote()


def waiting() -> frozenset[tuple[str, str]]:
    """(municipality, item) whose last good rows stand in for newer ones."""
    statement = sa.select(hold.c.municipality, hold.c.item).where(hold.c.state.in_(("waiting", "discarded")))
    return frozenset((town, item) for town, item in model.Session.execute(statement))


def _open(item: str) -> list[dict[str, Any]]:
    statement = sa.select(hold).where(hold.c.item == item, hold.c.state.in_(OPEN)).order_by(hold.c.id)
    return [dict(row) for row in model.Session.execute(statement).mappings()]


def _set(number: int, **values: Any) -> None:
    model.Session.execute(sa.update(hold).where(hold.c.id == number).values(**values))
