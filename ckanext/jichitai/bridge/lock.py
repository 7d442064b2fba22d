"""Advisory locks of PostgreSQL on a connection of their own: the holder's death frees them.

Keepalives of 30 s find a dead machine. A pooler between us and the server that hands sessions
around would lose locks: `acquire` checks that the session holds what it took.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from ckan.common import config
from sqlalchemy.pool import NullPool

KEEPALIVE = {"keepalives": 1, "keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3}


class LockLost(RuntimeError):
    """The database took the lock and the session does not hold it: a pooler stands between."""


@contextmanager
def advisory(name: str, wait: bool = False) -> Iterator[bool]:
    """Hold the lock of that name while the block runs; the value says whether we got it.

    wait: stand in line instead of giving up at once.
    Raises LockLost when a connection pooler loses session locks.
    """
    engine = sa.create_engine(config["sqlalchemy.url"], poolclass=NullPool, connect_args=KEEPALIVE)
    key = _number(name)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if wait:
            connection.execute(sa.select(sa.func.pg_advisory_lock(key)))
            got = True
        else:
            got = bool(connection.execute(sa.select(sa.func.pg_try_advisory_lock(key))).scalar())
        if got and not _held(connection, key):
            raise LockLost(
                "The database session does not keep advisory locks. Connect to PostgreSQL directly, "
                "or set the pooler to session mode."
            )
        try:
            yield got
        finally:
            if got:
                connection.execute(sa.select(sa.func.pg_advisory_unlock(key)))
    engine.dispose()


def held_in_transaction(session: sa.orm.Session, name: str) -> None:
    """Wait for the lock of that name and hold it until the session's transaction ends."""
    session.execute(sa.select(sa.func.pg_advisory_xact_lock(_number(name))))


def _number(name: str) -> int:
    """A signed 64-bit number for a name, the same on every machine."""
    return int.from_bytes(hashlib.sha256(f"jichitai:{name}".encode()).digest()[:8], "big", signed=True)


def _held(connection: sa.Connection, key: int) -> bool:
    sql = sa.text(
        "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid() AND granted"
        " AND ((classid::bigint << 32) | objid::bigint) = :key"
    )
    return bool(connection.execute(sql, {"key": key}).scalar())
