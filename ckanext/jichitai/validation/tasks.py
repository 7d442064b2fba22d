"""Work in the background: checks that are too long for a request, and all that is due."""

from ckan.lib.redis import connect_to_redis
from ckan.plugins import toolkit as tk

from ckanext.jichitai.bridge import jobs

from . import checking, config, drafts, reports

QUEUED, SWEPT = "jichitai:check-due", "jichitai:swept"
HOUR = 3600  # seconds
QUEUED_FOR = 600  # seconds: should the job be lost, the next signal after that time asks again


def check_resources(resource_ids: list[str]) -> None:
    """Job: check these resources' files."""
    checking.check_these(resource_ids, config.seconds())


def check_due() -> None:
    """Job: check every file that has no report under the present rules."""
    connect_to_redis().delete(_key(QUEUED))
    checking.check_all_due(config.seconds())


def check_draft(draft_id: str) -> None:
    """Job: judge a file given to /check that was too long for its request."""
    drafts.judge_now(draft_id, config.seconds())


def sweep() -> None:
    """Job: take away what /check has kept long enough, and reports of resources that are gone."""
    drafts.sweep()
    reports.sweep()


def file_arrived(sender: str, **_: object) -> None:
    """Signal: a harvest brought bytes. One job answers for all that are due; none is queued twice."""
    if _first(QUEUED, QUEUED_FOR):
        jobs.enqueue(check_due, [], title="check files that are due")


def sweep_hourly() -> None:
    """Put a sweep on the queue unless one was put there within the hour."""
    if _first(SWEPT, HOUR):
        jobs.enqueue(sweep, [], title="sweep checked files")


def _first(name: str, seconds: int) -> bool:
    """Whether nobody has said so within that time, on this site."""
    return bool(connect_to_redis().set(_key(name), "1", nx=True, ex=seconds))


def _key(name: str) -> str:
    return f"{name}:{tk.config['ckan.site_id']}"
