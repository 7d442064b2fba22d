"""The feed of row and dataset changes, under one cursor.

Cursors rise strictly and are given under one advisory lock held to commit: a reader who has seen
cursor n has seen all before it, whoever wrote them.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import msgspec
import sqlalchemy as sa
from ckan import model

from .jobs import wrote
from .lock import held_in_transaction
from .rulebook import now
from .tables import change


class Event(msgspec.Struct, frozen=True):
    """One change. kind: added, changed, removed, restored, file (rows); created, updated, withdrawn,
    restored (datasets). cause: publisher, rules, mapping, precedence, guard, withdrawal.
    body: the row, {column: [old, new]}, or the tombstone."""

    run: str
    kind: str
    cause: str
    item: str | None = None
    municipality: str | None = None
    row_id: str | None = None
    dataset: str | None = None
    body: dict[str, Any] = {}
    cursor: int = 0
    at: dt.datetime | None = None


class CursorTooOld(ValueError):
    """The cursor lies before what is kept: start again from the full files."""


def add(events: Sequence[Event]) -> int:
    """Number the events and write them in the running transaction; the last cursor given out.

    Call it last before the commit: the lock is held until then.
    """
    if not events:
        return newest()
    held_in_transaction(model.Session(), "feed")
    first = newest() + 1
    moment = now()
    rows = [
        {**msgspec.structs.asdict(event), "cursor": number, "at": moment}
        for number, event in enumerate(events, first)
    ]
    model.Session.execute(sa.insert(change), rows)
    wrote()
    return rows[-1]["cursor"]


def newest() -> int:
    """The last cursor, 0 when there is none."""
    return model.Session.execute(sa.select(sa.func.coalesce(sa.func.max(change.c.cursor), 0))).scalar_one()


def since(
    cursor: int,
    limit: int = 1000,
    item: str | None = None,
    municipality: str | None = None,
    kinds: Sequence[str] = (),
) -> list[Event]:
    """Changes after a cursor, oldest first. Raises CursorTooOld where the feed no longer reaches back."""
    oldest = model.Session.execute(sa.select(sa.func.min(change.c.cursor))).scalar()
    if cursor and oldest and cursor < oldest - 1:
        raise CursorTooOld(str(cursor))
    return _events(_filtered(item, municipality, kinds).where(change.c.cursor > cursor), limit)


def latest(
    limit: int = 20,
    item: str | None = None,
    municipality: str | None = None,
    kinds: Sequence[str] = (),
    before: int | None = None,
) -> list[Event]:
    """The newest changes, newest first; `before` a cursor for the next page."""
    statement = _filtered(item, municipality, kinds)
    if before:
        statement = statement.where(change.c.cursor < before)
    rows = model.Session.execute(statement.order_by(change.c.cursor.desc()).limit(limit)).mappings()
    return [Event(**row) for row in rows]


def _filtered(item: str | None, municipality: str | None, kinds: Sequence[str]) -> sa.Select[Any]:
    statement = sa.select(change)
    if item:
        statement = statement.where(change.c.item == item)
    if municipality:
        statement = statement.where(change.c.municipality == municipality)
    if kinds:
        statement = statement.where(change.c.kind.in_(kinds))
    return statement


def _events(statement: sa.Select[Any], limit: int) -> list[Event]:
    rows = model.Session.execute(statement.order_by(change.c.cursor).limit(limit)).mappings()
    return [Event(**row) for row in rows]
