"""Our own tables, harvested back from a site that took them over: never an input."""

from functools import cache

import sqlalchemy as sa
from ckan import model
from ckan.plugins import toolkit as tk

from .model import release


def is_ours(url: str, sha256: str, ours: frozenset[str]) -> bool:
    """Whether a file is one that a release of ours wrote: by its address here, or by its bytes.

    ours: `written()`, asked for once by callers with thousands of files.
    """
    return url.startswith(_site()) or sha256 in ours


def written() -> frozenset[str]:
    """Digests of all files of releases in the history."""
    return _written(newest())


def newest() -> int:
    """Number of the newest release of any item, 0 for none: the version of all that is shown."""
    return model.Session.execute(sa.select(sa.func.coalesce(sa.func.max(release.c.id), 0))).scalar_one()


@cache
def _site() -> str:
    return f"{tk.config['ckan.site_url'].rstrip('/')}/item/"


@cache
def _written(version: int) -> frozenset[str]:
    rows = model.Session.execute(sa.select(release.c.files)).scalars()
    return frozenset(entry["sha256"] for files in rows for entry in files.values())
