"""What was told about a resource's file: item, publisher, confirmed mapping, accepted fixes, day."""

from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from ckan import model

from ..core.check.values import Fix, Told
from ..core.definitions.model import Municipality
from . import rulebook
from .files import StoredFile
from .tables import fix, mapping

TOKYO = ZoneInfo("Asia/Tokyo")


def told(
    resource: dict[str, Any],
    dataset: dict[str, Any],
    stored: StoredFile,
    town: Municipality | None = None,
    answered: frozenset[str] | None = None,
) -> Told:
    """What is known about this file beside its bytes.

    An item set on the resource, else on the dataset by a person, is final. Harvested datasets carry
    an item that we guessed from their words: it is evidence, and goes with the titles.
    The day is the one on which these bytes first came, so that the same file keeps its report.
    For callers with thousands of files: town, the publisher where it is known; answered, the municipalities
    that gave any answer (None: not known), so that the others are not asked about one by one.
    """
    town = town or rulebook.municipality_of(dataset.get("owner_org"))
    code = town.code if town else None
    asks = code is not None and (answered is None or code in answered)
    set_by_person = None if dataset.get("source_id") else dataset.get("item")
    item = resource.get("item") or set_by_person or None
    return Told(
        item=item,
        municipality=code,
        mapping=confirmed(code, item) if code and asks else {},
        fixes=accepted(code, item) if code and asks else (),
        date=stored.first_seen.astimezone(TOKYO).date().isoformat(),
        title=tuple(text for text in (resource.get("name"), dataset.get("title")) if text),
    )


def that_answered() -> frozenset[str]:
    """Municipalities with a confirmed heading or an accepted fix."""
    statement = sa.union(sa.select(mapping.c.municipality), sa.select(fix.c.municipality))
    return frozenset(model.Session.execute(statement).scalars())


def confirmed(municipality: str, item: str | None) -> dict[str, str]:
    """Headings that the publisher confirmed, for an item or, without one, for all of them."""
    statement = sa.select(mapping.c.label, mapping.c.column).where(mapping.c.municipality == municipality)
    if item:
        statement = statement.where(mapping.c.item == item)
    rows = model.Session.execute(statement.order_by(mapping.c.id)).all()
    return dict(tuple(row) for row in rows)


def accepted(municipality: str, item: str | None) -> tuple[Fix, ...]:
    """Fixes in force, in the order in which they were accepted."""
    statement = sa.select(fix).where(fix.c.municipality == municipality, fix.c.revoked.is_(None))
    if item:
        statement = statement.where(fix.c.item == item)
    rows = model.Session.execute(statement.order_by(fix.c.id)).mappings()
    return tuple(Fix(row["column"], row["code"], row["found"], row["value"], row["row"]) for row in rows)
