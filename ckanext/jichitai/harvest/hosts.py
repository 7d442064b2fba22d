"""Servers as rows: until when one asked to be left alone, and its robots.txt."""

import datetime as dt

import sqlalchemy as sa
from ckan import model
from sqlalchemy.dialects.postgresql import insert

from ckanext.jichitai.bridge import fetcher
from ckanext.jichitai.bridge.rulebook import now
from ckanext.jichitai.net import Rules

from .model import host as table
from .sources import host_of


def wait_for(name: str, seconds: float) -> None:
    """The server asked to be left alone for so long, 24 hours at most. The caller commits."""
    until = now() + dt.timedelta(seconds=min(seconds, 24 * 3600))
    _put(name, {"not_before": until})


def waiting() -> dict[str, dt.datetime]:
    """Servers that asked to be left alone, and until when."""
    statement = sa.select(table.c.name, table.c.not_before).where(table.c.not_before > now())
    return dict(tuple(row) for row in model.Session.execute(statement))


def free_at(name: str) -> dt.datetime | None:
    """When the server may be asked again; None: now."""
    return waiting().get(name)


def recall() -> None:
    """Give the fetcher what is known of robots.txt, so that it is read once a day on all machines."""
    statement = sa.select(table.c.origin, table.c.robots, table.c.robots_at).where(
        table.c.origin.is_not(None)
    )
    for origin, text, read_at in model.Session.execute(statement):
        fetcher.robots().setdefault(origin, Rules(text or "", read_at.timestamp()))


def keep() -> None:
    """Write down what the fetcher learnt of robots.txt since. Commits."""
    known = dict(tuple(row) for row in model.Session.execute(sa.select(table.c.origin, table.c.robots_at)))
    for origin, rules in list(fetcher.robots().items()):
        read_at = dt.datetime.fromtimestamp(rules.at, dt.UTC)
        if known.get(origin) == read_at:
            continue
        _put(host_of(origin), {"origin": origin, "robots": rules.text, "robots_at": read_at})
    model.Session.commit()


def _put(name: str, values: dict[str, object]) -> None:
    statement = insert(table).values(name=name, **values)
    model.Session.execute(statement.on_conflict_do_update(index_elements=[table.c.name], set_=values))
