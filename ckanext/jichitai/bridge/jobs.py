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


WROTE, WAITING = "jichitai_wrote", "jichitai_waiting"  # in session.info


def enqueue(
    fn: Callable[..., Any],
    args: list[Any],
    queue: str = QUEUE,
    title: str = "",
    timeout: int = FOUR_HOURS,
) -> None:
    """Run fn(*args) in a worker once the running transaction is committed; never if it is rolled back."""
    session = model.Session()

    def send() -> None:
        jobs.enqueue(fn, args, title=title or fn.__name__, queue=queue, rq_kwargs={"timeout": timeout})

    if session.new or session.dirty or session.deleted or session.info.get(WROTE):
        session.info.setdefault(WAITING, []).append(send)
    else:
        send()


def wrote() -> None:
    """Mark the running transaction as one that writes, for statements that bypass the unit of work."""
    model.Session().info[WROTE] = True


def _committed(session: Any) -> None:
    # A savepoint's end says "committed" too; only the outermost one makes rows visible.
    if not session.in_nested_transaction():
        session.info.pop(WROTE, None)
        for send in session.info.pop(WAITING, []):
            send()


def _rolled_back(session: Any, previous: Any) -> None:
    if not previous.nested:
        session.info.pop(WROTE, None)
        session.info.pop(WAITING, None)


sa.event.listen(model.Session, "after_commit", _committed)
sa.event.listen(model.Session, "after_soft_rollback", _rolled_back)
