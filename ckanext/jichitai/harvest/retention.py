"""How long answers are kept: log and bodies 400 days, and the last 10 of every list and file whatever their age.

A body that a resource still has is never removed, nor one that any kept answer names.
"""

import datetime as dt

import sqlalchemy as sa
from ckan import model

from ckanext.jichitai.bridge import archive
from ckanext.jichitai.bridge.rulebook import now
from ckanext.jichitai.bridge.tables import file

from .model import fetch, payload

KEPT = dt.timedelta(days=400)
LAST = 10  # answers of one list or file
MOST = 2000  # bodies removed in a run


def tidy_up() -> tuple[int, int]:
    """Remove what is past its time; how many log rows and bodies. Commits."""
    limit = now() - KEPT
    newest = sa.func.row_number().over(
        partition_by=(fetch.c.source_id, sa.func.coalesce(fetch.c.resource_id, ""), fetch.c.kind),
        order_by=(fetch.c.at.desc(), fetch.c.id.desc()),
    )
    numbered = sa.select(fetch.c.id, fetch.c.at, newest.label("number")).subquery()
    old = sa.select(numbered.c.id).where(numbered.c.at < limit, numbered.c.number > LAST)
    rows = model.Session.execute(sa.delete(fetch).where(fetch.c.id.in_(old))).rowcount
    named = sa.exists().where(fetch.c.sha256 == payload.c.sha256)
    held = sa.exists().where(file.c.sha256 == payload.c.sha256)
    free = sa.select(payload.c.sha256).where(payload.c.last_seen < limit, ~named, ~held).limit(MOST)
    bodies = list(model.Session.execute(free).scalars())
    model.Session.execute(sa.delete(payload).where(payload.c.sha256.in_(bodies)))
    model.Session.commit()
    # After the commit: a row without a body would be a difference, a body without a row is only room.
    store = archive.archive()
    for sha256 in bodies:
        store.remove(sha256)
    return rows, len(bodies)
