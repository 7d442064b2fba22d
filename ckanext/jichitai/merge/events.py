"""Row changes as events of the feed that all changes share."""

import io
from collections.abc import Iterator

import msgspec
import polars as pl
import sqlalchemy as sa
from ckan import model

from ckanext.jichitai.bridge import archive
from ckanext.jichitai.bridge.feed import Event
from ckanext.jichitai.bridge.tables import change

from .releases import Release


def of(changes: pl.DataFrame, run: str, item: str) -> list[Event]:
    """CHANGES as events."""
    return list(_events(changes, run, item))


def _events(changes: pl.DataFrame, run: str, item: str) -> Iterator[Event]:
    for line in changes.iter_rows(named=True):
        body = msgspec.json.decode(line["body"])
        yield Event(run, line["kind"], line["cause"], item, line["municipality"], line["row_id"], body=body)


def removed(rows: pl.DataFrame, before: pl.DataFrame | None) -> frozenset[str]:
    """Of the rows that are new, those that an earlier event removed: they are restored."""
    if before is None:
        return frozenset()
    fresh = rows.select("row_id").join(before.select("row_id"), on="row_id", how="anti")["row_id"].to_list()
    if not fresh:
        return frozenset()
    statement = sa.select(change.c.row_id).where(change.c.kind == "removed", change.c.row_id.in_(fresh))
    return frozenset(model.Session.execute(statement).scalars())


def outcomes_before(last: Release | None, like: pl.DataFrame) -> pl.DataFrame:
    """The outcomes that the last release wrote."""
    if last is None:
        return like.head(0)
    data = archive.exports().read(last.files["outcomes"]["name"])
    return pl.read_csv(io.BytesIO(data), schema=like.schema)
