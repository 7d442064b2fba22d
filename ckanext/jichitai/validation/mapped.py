"""Headings that a person maps: which are asked about, what was answered, and how it is remembered."""

from collections.abc import Mapping
from typing import Any

import msgspec
from ckan import model
from sqlalchemy.dialects.postgresql import insert

from ckanext.jichitai.bridge import jobs, rulebook
from ckanext.jichitai.bridge.tables import mapping as table

from .drafts import Draft

FIELD = "map-"  # name of a form field: this and the column's letters
SURE = ("exact", "folded", "alias", "former", "prefix")


class Question(msgspec.Struct, frozen=True):
    """A heading that the engine is not sure of: where it stands, and the columns it may name.

    chosen: the column it is taken for now, "" for none.
    """

    field: str
    position: str
    label: str
    chosen: str
    columns: list[str]


def questions(draft: Draft) -> list[Question]:
    """Headings that were guessed, answered or not understood, where an item is claimed."""
    if draft.report is None or draft.report.item is None:
        return []
    names = [column.name for column in rulebook.book().items[draft.report.item.id].columns]
    return [
        Question(FIELD + one.position, one.position, one.label, one.column or "", names)
        for one in draft.report.columns
        if one.label and one.how not in SURE
    ]


def chosen(draft: Draft, form: Mapping[str, str]) -> dict[str, str]:
    """What is told about headings after this form: an answer that changes nothing is none.

    What the engine says by itself stays the engine's, so that a better one may say otherwise later.
    """
    told = dict(draft.told.mapping)
    for question in questions(draft):
        answer = form.get(question.field)
        if answer is not None and answer != question.chosen and (not answer or answer in question.columns):
            told[question.label] = answer
    return told


def remember(draft: Draft, user: str) -> None:
    """Keep the answers for the publisher's next file, in the running transaction."""
    if not (draft.told.mapping and draft.told.municipality and draft.report and draft.report.item):
        return
    for label, column in draft.told.mapping.items():
        values: dict[str, Any] = {"column": column, "by": user, "at": rulebook.now()}
        key = {"municipality": draft.told.municipality, "item": draft.report.item.id, "label": label}
        statement = insert(table).values(**key, **values)
        model.Session.execute(statement.on_conflict_do_update(index_elements=list(key), set_=values))
    jobs.wrote()
