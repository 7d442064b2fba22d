"""Files whose question changed without new bytes: another item set, another title's owner, a fix revoked."""

import sqlalchemy as sa
from ckan import model

from ckanext.jichitai.bridge import files, jobs
from ckanext.jichitai.bridge.tables import file

from . import checking, tasks
from .model import report


def dataset(dataset_id: str) -> None:
    """Put a dataset's uploaded files on the queue whose question has no answer yet.

    Harvested files are left out: their harvest says what arrived, and asking here for each of
    thousands would slow it.
    """
    uploaded = [stored for stored in files.of_dataset(dataset_id) if stored.origin == "upload"]
    due = [stored.resource_id for stored in uploaded if checking.is_due(stored)]
    if due:
        jobs.enqueue(tasks.check_resources, [due], title=f"check files of {dataset_id}")


def municipality(code: str, item: str | None) -> int:
    """Put the files of a municipality (and item) on the queue, after a mapping or fix changed; how many."""
    statement = sa.select(file.c.resource_id).where(
        sa.exists().where(
            report.c.resource_id == file.c.resource_id,
            report.c.municipality == code,
            sa.true() if item is None else report.c.item == item,
        )
    )
    ids = list(model.Session.execute(statement.order_by(file.c.resource_id)).scalars())
    if ids:
        jobs.enqueue(tasks.check_resources, [ids], title=f"check {code}")
    return len(ids)
