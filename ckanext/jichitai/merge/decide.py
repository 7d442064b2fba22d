"""Work for CKAN's queue: merges that a signal or a decision asks for."""

from ckan.lib.redis import connect_to_redis
from ckan.plugins import toolkit as tk

from ckanext.jichitai.bridge import jobs

from . import config, run

QUEUED = "jichitai:merge-due"
QUEUED_FOR = 300  # seconds: should the job be lost, the next signal after that time asks again


def merge_item(item: str) -> None:
    """Job: merge one item."""
    run.merge([item])


def merge_due() -> None:
    """Job: merge every item whose inputs changed."""
    connect_to_redis().delete(_queued())
    run.merge()


def due(sender: str, **_: object) -> None:
    """Signal: a report was stored, or a dataset came or went. One job answers for all; none is queued twice."""
    if config.automatic() and connect_to_redis().set(_queued(), "1", nx=True, ex=QUEUED_FOR):
        jobs.enqueue(merge_due, [], title="merge items whose files changed")


def _queued() -> str:
    return f"{QUEUED}:{tk.config['ckan.site_id']}"
