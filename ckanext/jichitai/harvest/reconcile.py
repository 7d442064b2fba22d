"""Database against search index and archive: what differs, and how to mend it."""

from collections.abc import Iterator

import msgspec
import sqlalchemy as sa
from ckan import model
from ckan.common import config
from ckan.lib.search.common import make_connection

from ckanext.jichitai.bridge import archive
from ckanext.jichitai.bridge import files as stored

from . import index
from .model import link

PAGE = 1000  # documents of the index read at once


class Difference(msgspec.Struct):
    """Dataset ids that the index lacks, has in an older form, or has too much; resources without bytes."""

    missing: list[str] = []
    stale: list[str] = []
    surplus: list[str] = []
    lost: list[str] = []

    @property
    def equal(self) -> bool:
        """Whether nothing differs."""
        return not (self.missing or self.stale or self.surplus or self.lost)

    def lines(self) -> list[str]:
        """A line for each kind of difference."""
        told = (
            (self.missing, "datasets are not in the search index"),
            (self.stale, "datasets are in the search index in an older form"),
            (self.surplus, "documents of the search index have no dataset"),
            (self.lost, "files are not in the archive"),
        )
        return [f"{len(ids)} {words}" for ids, words in told if ids]


def compare() -> Difference:
    """What differs between the three stores. A few hundred bytes of memory a dataset."""
    package = model.Package.__table__
    statement = sa.select(package.c.id, package.c.metadata_modified)
    if config.get("ckan.search.remove_deleted_packages"):
        statement = statement.where(package.c.state != "deleted")
    database = {row[0]: row[1].isoformat(timespec="seconds") for row in model.Session.execute(statement)}
    indexed = dict(_indexed())
    store = archive.archive()
    return Difference(
        missing=sorted(database.keys() - indexed.keys()),
        stale=sorted(one for one in database.keys() & indexed.keys() if database[one] != indexed[one]),
        surplus=sorted(indexed.keys() - database.keys()),
        lost=[one.resource_id for one in stored.all_current() if not store.has(one.sha256)],
    )


def repair(found: Difference) -> int:
    """Index what differs; a harvested file that is lost is fetched by the next run. How many were mended."""
    index.later([*found.missing, *found.stale, *found.surplus])
    again = sa.update(link).where(link.c.resource_id.in_(found.lost))
    model.Session.execute(again.values(due=sa.func.now(), etag=None, last_modified=None, sha256=None))
    model.Session.commit()
    return index.drain() + len(found.lost)


def _indexed() -> Iterator[tuple[str, str]]:
    """(dataset id, metadata_modified to the second) of every document of this site."""
    solr, mark = make_connection(decode_dates=False), "*"
    while True:
        page = solr.search(
            q="entity_type:package",
            fq=f'site_id:"{config["ckan.site_id"]}"',
            fl="id,metadata_modified",
            rows=PAGE,
            sort="index_id asc",
            cursorMark=mark,
        )
        for document in page.docs:
            yield document["id"], document["metadata_modified"][:19]
        if page.nextCursorMark == mark:
            return
        mark = page.nextCursorMark
