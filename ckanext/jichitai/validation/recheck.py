"""Files whose question changed without new bytes: another item set, another title's owner, a fix revoked."""

import sqlalchemy as sa
from ckan import model

from ckanext.jichitai.bridge import jobs
from ckanext.jichitai.bridge.files import StoredFile
from ckanext.jichitai.bridge.tables import file

from . import checking, tasks
from .model import report


def uploaded(stored_files: list[StoredFile]) -> None:
    """Put those uploads of a dataset on the queue whose question has no answer yet.

    Harvested files are left out: their harvest says what arrived, and asking here for each of
    thousands would slow it.
    """
    due = [each.resource_id for each in stored_files if each.origin == "upload" and checking.is_due(each)]
    if due:
        jobs.enqueue(tasks.check_resources, [due], title=f"check {len(due)} files")


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
