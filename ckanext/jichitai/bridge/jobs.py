"""Work put on CKAN's queue, after the transaction that asks for it is committed.

A job put there earlier may run before its rows can be seen; one put there by a transaction that is
rolled back would work on rows that never were.
"""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from ckan import model
from ckan.lib import jobs

QUEUE = "jichitai"
FILES = "jichitai-files"
FOUR_HOURS = 4 * 3600  # seconds; CKAN's 180 would kill a harvest


def enqueue(
    fn: Callable[..., Any],
    args: list[Any],
    queue: str = QUEUE,
    title: str = "",
    timeout: int = FOUR_HOURS,
) -> None:
    """Run fn(*args) in a worker once the running transaction is committed."""
    session = model.Session()

    def send(_session: Any = None) -> None:
        jobs.enqueue(fn, args, title=title or fn.__name__, queue=queue, rq_kwargs={"timeout": timeout})

    if session.in_transaction() and (session.new or session.dirty or _written(session)):
        sa.event.listen(session, "after_commit", send, once=True)
    else:
        send()


def wrote() -> None:
    """Mark the running transaction as one that writes, for statements that bypass the unit of work."""
    model.Session().info["jichitai_wrote"] = True


def _written(session: Any) -> bool:
    return bool(session.info.pop("jichitai_wrote", False))
