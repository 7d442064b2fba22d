"""What the guard must know of the past of a source and of its server."""

import datetime as dt

import msgspec
import sqlalchemy as sa
from ckan import model

from ckanext.jichitai.bridge.rulebook import now
from ckanext.jichitai.core.catalog.guard import missing
from ckanext.jichitai.core.catalog.planned import History, Plan

from .model import plan as plan_table
from .model import run_source
from .sources import Known

WINDOW = dt.timedelta(days=30)


def of(known: Known, live: int) -> History:
    """A source's own history: its highest count in 30 days, and what was withdrawn since.

    An approval sets both anew. live: records that are live now.
    """
    since = max(now() - WINDOW, known.approved or dt.datetime.min.replace(tzinfo=dt.UTC))
    statement = sa.select(run_source.c.live, run_source.c.counts["withdraw"].as_integer()).where(
        run_source.c.source_id == known.id, run_source.c.at > since
    )
    peak, withdrawn, later = live, 0, 0
    for count, taken in model.Session.execute(statement.order_by(run_source.c.run_id.desc())):
        # Newest first: what runs after the one with the highest count took away adds up.
        if count > peak:
            peak, withdrawn = count, later
        later += taken or 0
    applied = sa.select(plan_table.c.id).where(
        plan_table.c.source_id == known.id, plan_table.c.state.in_(("applied", "undone"))
    )
    planned = live > 0 or model.Session.execute(applied.limit(1)).first() is not None
    return History(peak=peak, withdrawn=withdrawn, planned=planned)


def of_host(plans: dict[str, Plan], histories: dict[str, History]) -> dict[str, History]:
    """The same with what all other sources of the server have and miss in this run."""
    lost = {source: missing(plan, histories[source]) for source, plan in plans.items()}
    peak = {source: histories[source].peak for source in plans}
    return {
        source: msgspec.structs.replace(
            histories[source],
            host_peak=sum(peak.values()) - peak[source],
            host_missing=sum(lost.values()) - lost[source],
        )
        for source in plans
    }
