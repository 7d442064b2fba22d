"""Datasets into the search index, after the database has them.

`index_todo` is written with the dataset and erased when the index has it: a kill between the two
leaves work, never a difference that nobody knows of.
"""

import logging
from collections.abc import Callable

import sqlalchemy as sa
from ckan import logic, model
from ckan.lib import search
from sqlalchemy.dialects.postgresql import insert

from .model import index_todo

log = logging.getLogger(__name__)

BATCH = 500  # documents between two commits of the index


class IndexDown(RuntimeError):
    """The search server does not answer; what waits is done by the next run."""


def drain(told: Callable[[int], None] | None = None) -> int:
    """Index all that waits; how many. Raises IndexDown."""
    done, stuck = 0, set[str]()
    while ids := _waiting(stuck):
        indexed = [dataset_id for dataset_id in ids if _index(dataset_id)]
        stuck |= set(ids) - set(indexed)
        _commit()
        model.Session.execute(sa.delete(index_todo).where(index_todo.c.dataset_id.in_(indexed)))
        model.Session.commit()
        # CKAN keeps every object of the session; without this a large load fills the memory.
        model.Session.expunge_all()
        done += len(indexed)
        if told:
            told(done)
    return done


def later(dataset_ids: list[str]) -> None:
    """Put datasets on the list. The caller commits."""
    rows = [{"dataset_id": dataset_id} for dataset_id in dataset_ids]
    if rows:
        model.Session.execute(insert(index_todo).values(rows).on_conflict_do_nothing())


def waiting() -> int:
    """How many datasets wait to be indexed."""
    return model.Session.execute(sa.select(sa.func.count()).select_from(index_todo)).scalar_one()


def _waiting(stuck: set[str]) -> list[str]:
    statement = sa.select(index_todo.c.dataset_id).where(index_todo.c.dataset_id.not_in(stuck))
    return list(model.Session.execute(statement.order_by(index_todo.c.at).limit(BATCH)).scalars())


def _index(dataset_id: str) -> bool:
    """Whether the index took the dataset. One that it refuses stays on the list; the others go on."""
    try:
        if model.Package.get(dataset_id) is None:
            logic.index_remove_package(dataset_id)
        else:
            logic.index_update_package({"ignore_auth": True}, dataset_id, defer_commit=True)
    except search.SearchIndexError as error:
        if not search.is_available():
            raise IndexDown(str(error)) from error
        log.error("The search index refuses dataset %s: %s", dataset_id, error)
        return False
    except sa.exc.SQLAlchemyError:
        raise
    except Exception:
        # A plugin that stumbles over one dataset must not keep the others out of the index.
        log.exception("Dataset %s cannot be indexed", dataset_id)
        return False
    return True


def _commit() -> None:
    try:
        search.commit()
    except search.SearchIndexError as error:
        raise IndexDown(str(error)) from error
