"""What became of each file: the table jichitai_outcome, one row a file."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
import sqlalchemy as sa
from ckan import model

from ckanext.jichitai.bridge import jobs

from .model import outcome


class Known(msgspec.Struct, frozen=True):
    """What the last run knew about a file. question: sha256, told and definitions."""

    item: str
    verdict: str
    format: str
    edition: str
    rows: int
    question: tuple[str, str, str]


def known() -> dict[str, Known]:
    """Resource → what the last run knew."""
    columns = outcome.c
    statement = sa.select(
        columns.resource,
        columns.item,
        columns.verdict,
        columns.format,
        columns.edition,
        columns.rows_total,
        columns.sha256,
        columns.told,
        columns.definitions,
    )
    return {row[0]: Known(*row[1:6], tuple(row[6:])) for row in model.Session.execute(statement)}


def replace(item: str, rows: Sequence[dict[str, Any]]) -> None:
    """The outcomes of one item ("" for files of none), in the running transaction."""
    mine = [row["resource"] for row in rows]
    gone = sa.or_(outcome.c.item == item, outcome.c.resource.in_(mine))
    model.Session.execute(sa.delete(outcome).where(gone))
    if rows:
        model.Session.execute(sa.insert(outcome), list(rows))
    jobs.wrote()


def forget_others(resources: Iterable[str]) -> None:
    """Take away the outcomes of files that are no longer there."""
    there = set(resources)
    gone = [
        name for name in model.Session.execute(sa.select(outcome.c.resource)).scalars() if name not in there
    ]
    if gone:
        model.Session.execute(sa.delete(outcome).where(outcome.c.resource.in_(gone)))
        jobs.wrote()


def of(item: str | None = None, municipality: str | None = None) -> list[dict[str, Any]]:
    """Outcomes, most rows at stake first."""
    statement = sa.select(outcome)
    if item is not None:
        statement = statement.where(outcome.c.item == item)
    if municipality is not None:
        statement = statement.where(outcome.c.municipality == municipality)
    at_stake = outcome.c.rows_total - outcome.c.rows_merged
    order = statement.order_by(at_stake.desc(), outcome.c.municipality, outcome.c.resource)
    return [dict(row) for row in model.Session.execute(order).mappings()]


def counts() -> dict[str, dict[str, int]]:
    """Item → fate → files."""
    statement = sa.select(outcome.c.item, outcome.c.fate, sa.func.count()).group_by(
        outcome.c.item, outcome.c.fate
    )
    found: dict[str, dict[str, int]] = {}
    for item, fate, count in model.Session.execute(statement):
        found.setdefault(item, {})[fate] = count
    return found
