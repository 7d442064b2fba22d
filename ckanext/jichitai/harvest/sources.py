"""Sources as rows: the file's settings, the operator's over them, and what is known of each.

`load` is what `init` calls; it writes the file's side only, so what operators changed survives.
"""

import datetime as dt
from typing import Any
from urllib.parse import urlsplit

import msgspec
import sqlalchemy as sa
from ckan import model
from sqlalchemy.dialects.postgresql import insert

from ckanext.jichitai.bridge.rulebook import now
from ckanext.jichitai.core.catalog.values import Source

from .model import source as table

PORTS = {"https": 443, "http": 80}


class Known(msgspec.Struct, frozen=True):
    """A source and how it is. state: new, ok, failing, held, off; fault: class of what is wrong now."""

    settings: Source
    host: str
    enabled: bool
    state: str
    since: dt.datetime
    fault: str | None = None
    detail: str = ""
    tried: dt.datetime | None = None
    succeeded: dt.datetime | None = None
    altered: dt.datetime | None = None
    misses: int = 0
    datasets: int = 0
    approved: dt.datetime | None = None
    due: dt.datetime | None = None
    given: bool = True
    changed: dict[str, Any] = {}

    @property
    def id(self) -> str:
        """Id of the source."""
        return self.settings.id


def host_of(url: str) -> str:
    """The server of an address, name:port; "" where there is none (a list of files)."""
    parts = urlsplit(url)
    return f"{parts.hostname}:{parts.port or PORTS.get(parts.scheme, 0)}" if parts.hostname else ""


def load(rows: list[Source]) -> list[str]:
    """Bring the file's side of the table up to date; sentences of what changed. The caller commits."""
    there = {row["id"]: row for row in model.Session.execute(sa.select(table)).mappings()}
    added = changed = 0
    for wanted in rows:
        given = msgspec.to_builtins(wanted)
        row = there.pop(wanted.id, None)
        if row and row["given"] == given and row["listed"]:
            continue
        added, changed = (added, changed + 1) if row else (added + 1, changed)
        _write(wanted.id, given, row["changed"] if row else {}, listed=True)
    gone = [row for row in there.values() if row["given"] is not None and row["listed"]]
    for row in gone:
        _write(row["id"], row["given"], row["changed"], listed=False)
    told = ((added, "sources added"), (changed, "sources changed"), (len(gone), "sources no longer listed"))
    return [f"{count} {words}" for count, words in told if count]


def add(settings: Source) -> Known:
    """Add a source by hand; its first plan waits for a person. Raises ValueError where the id is taken."""
    taken = sa.select(table.c.id).where(table.c.id == settings.id, table.c.removed.is_(None))
    if model.Session.execute(taken).first():
        raise ValueError(f"{settings.id}: there is a source of that id")
    _write(settings.id, None, {**msgspec.to_builtins(settings), "first": True}, listed=True)
    return get(settings.id)


def change(source_id: str, changes: dict[str, Any]) -> Known:
    """Lay settings over the file's. A setting of None takes the operator's away. Raises KeyError, ValueError."""
    row = _row(source_id)
    laid = {**row["changed"], **changes}
    laid = {key: value for key, value in laid.items() if value is not None}
    _write(source_id, row["given"], laid, listed=row["listed"])
    return get(source_id)


def remove(source_id: str) -> None:
    """Take a source away; its datasets stay, and the file's row does not bring it back."""
    _row(source_id)
    statement = sa.update(table).where(table.c.id == source_id)
    model.Session.execute(statement.values(removed=now(), enabled=False, state="off", since=now()))


def get(source_id: str) -> Known:
    """A source. Raises KeyError."""
    return _known(_row(source_id))


def every(state: str | None = None, kind: str | None = None) -> list[Known]:
    """All sources, by id."""
    statement = sa.select(table).where(table.c.removed.is_(None)).order_by(table.c.id)
    if state:
        statement = statement.where(table.c.state == state)
    if kind:
        statement = statement.where(table.c.type == kind)
    return [_known(row) for row in model.Session.execute(statement).mappings()]


def due(moment: dt.datetime) -> list[Known]:
    """Enabled sources whose time has come, those that wait longest first."""
    statement = sa.select(table).where(
        table.c.removed.is_(None),
        table.c.enabled,
        sa.or_(table.c.due.is_(None), table.c.due <= moment),
    )
    rows = model.Session.execute(statement.order_by(table.c.due.nulls_first(), table.c.id)).mappings()
    return [_known(row) for row in rows]


def settings_of(given: dict[str, Any] | None, changed: dict[str, Any]) -> Source:
    """The settings in force. Raises ValueError, naming the key, where one is unknown or has a wrong type."""
    try:
        return msgspec.convert({**(given or {}), **changed}, Source)
    except msgspec.ValidationError as error:
        raise ValueError(str(error)) from error


def _write(source_id: str, given: dict[str, Any] | None, changed: dict[str, Any], listed: bool) -> None:
    settings = settings_of(given, changed)
    enabled = settings.enabled and listed
    values = {
        "given": given,
        "changed": changed,
        "municipality": settings.municipality,
        "type": settings.type,
        "url": settings.url,
        "host": host_of(settings.url),
        "enabled": enabled,
        "listed": listed,
    }
    statement = insert(table).values(id=source_id, state="new" if enabled else "off", since=now(), **values)
    # A source that is turned on or off changes its state; otherwise that is the runs' to say.
    turned = table.c.enabled != statement.excluded.enabled
    statement = statement.on_conflict_do_update(
        index_elements=[table.c.id],
        set_={
            **values,
            "state": sa.case((turned, statement.excluded.state), else_=table.c.state),
            "since": sa.case((turned, statement.excluded.since), else_=table.c.since),
            "due": sa.case((turned, None), else_=table.c.due),
            "removed": None if given is None else table.c.removed,
        },
    )
    model.Session.execute(statement)


def _row(source_id: str) -> Any:
    statement = sa.select(table).where(table.c.id == source_id, table.c.removed.is_(None))
    row = model.Session.execute(statement).mappings().first()
    if row is None:
        raise KeyError(source_id)
    return row


def _known(row: Any) -> Known:
    own = {"settings": settings_of(row["given"], row["changed"]), "given": row["given"] is not None}
    names = {field.name for field in msgspec.structs.fields(Known)} - set(own)
    return Known(**own, **{name: row[name] for name in names})
