"""The matrix of municipalities and items, out of outcomes and releases; cached by their version."""

import datetime as dt
from functools import lru_cache
from typing import Any

import msgspec
import sqlalchemy as sa
from ckan import model

from ckanext.jichitai.bridge import rulebook
from ckanext.jichitai.core import coverage
from ckanext.jichitai.core.merge.coverage import Judged
from ckanext.jichitai.core.merge.missing import Share
from ckanext.jichitai.core.merge.values import Cell, InputFile

from . import holds, outcomes, own, releases
from .model import hold, outcome

WEEK = dt.timedelta(days=7)


def cells() -> list[Cell]:
    """All cells, by municipality's code and item's number."""
    return _cells(version(), rulebook.today())


def version() -> tuple[Any, ...]:
    """Changes with everything that the matrix shows."""
    facts = sa.select(sa.func.count(), sa.func.max(outcome.c.fetched), sa.func.sum(outcome.c.rows_merged))
    decided = sa.select(sa.func.count(), sa.func.max(hold.c.id), sa.func.max(hold.c.decided))
    files = tuple(model.Session.execute(facts).one())
    return (own.newest(), rulebook.book().digest, *files, *model.Session.execute(decided).one())


def totals(found: list[Cell]) -> dict[str, Any]:
    """Sums over the matrix: cells by state, rows, municipalities that publish at all."""
    states: dict[str, int] = {}
    for cell in found:
        states[cell.state] = states.get(cell.state, 0) + 1
    publishing = {cell.municipality for cell in found if cell.state not in ("none", "not_applicable")}
    return {"states": states, "rows": sum(cell.rows for cell in found), "municipalities": len(publishing)}


@lru_cache(maxsize=4)
def _cells(at: tuple[Any, ...], today: str) -> list[Cell]:
    known = releases.all_current()
    judged = [_judged(row) for row in outcomes.of() if row["item"]]
    parts = {item: [msgspec.convert(part, Share) for part in one.parts] for item, one in known.items()}
    waiting = holds.waiting()
    towns = {part.municipality for some in parts.values() for part in some}
    whole = {(town, item) for code, item in waiting if not code for town in towns}
    return coverage(
        rulebook.book(), judged, parts, today, frozenset({pair for pair in waiting if pair[0]} | whole)
    )


def _judged(row: dict[str, Any]) -> Judged:
    file = InputFile(
        municipality=row["municipality"],
        municipality_name="",
        dataset=row["dataset_name"],
        resource=row["resource"],
        url=row["url"],
        sha256=row["sha256"],
        verdict=row["verdict"],
        item=row["item"],
        format=row["format"],
        fetched=row["fetched"],
        date=row["date"],
        frequency=row["frequency"],
        rows_total=row["rows_total"],
    )
    return Judged(file, row["item"], row["fate"], row["rows_quarantined"])
