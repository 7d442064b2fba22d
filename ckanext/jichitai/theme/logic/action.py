"""Actions of the showcase."""

from typing import Any

from ckan import model
from ckan.plugins import toolkit
from ckan.types import Context, DataDict

from .. import showcase_cards as cards
from . import schema

SHOWN = ("id", "title", "maker", "url", "about", "items", "data", "licence", "repository", "state")


@toolkit.side_effect_free
def jichitai_showcase_list(context: Context, data_dict: DataDict) -> list[dict[str, Any]]:
    """Works that others have made with the data, the newest first.

    :param state: approved, pending or rejected; only operators read the last two (optional, default: approved)
    :returns: for each: id, title, maker, url, about, items (ids of standard items), data (other data used),
        licence, repository, state, made (time); mail too where operators read what is pending
    """
    toolkit.check_access("jichitai_showcase_list", context, data_dict)
    state = data_dict.get("state", cards.APPROVED)
    if state not in cards.STATES:
        raise toolkit.ValidationError({"state": [toolkit._("approved, pending or rejected.")]})
    more = () if state == cards.APPROVED else ("mail",)
    return [_shown(row, more) for row in cards.listed(state)]


def jichitai_showcase_create(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Register a work. It is shown once an operator has approved it.

    :param title: what it is called
    :param maker: who made it
    :param url: where it is, https or http
    :param mail: where the operators can ask back; never shown, forgotten once it is decided
    :param about: what it does (optional)
    :param items: list of ids of the standard items it uses (optional)
    :param data: other data it uses (optional)
    :param licence: licence of its code (optional)
    :param repository: where its code is (optional)
    :returns: the work as registered, state pending
    """
    toolkit.check_access("jichitai_showcase_create", context, data_dict)
    data, errors = toolkit.navl_validate(data_dict, schema.card(), context)
    if errors:
        model.Session.rollback()
        raise toolkit.ValidationError(errors)
    if cards.waiting() >= cards.MOST_WAITING:
        words = toolkit._("Many works wait to be looked at. Please come back in some days.")
        raise toolkit.ValidationError({"title": [words]})
    row = cards.add({"items": [], **data})
    model.Session.commit()
    return _shown(row)


def jichitai_showcase_approve(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Show a registered work. Operators only.

    :param id: number of the work
    """
    return _decided("jichitai_showcase_approve", cards.APPROVED, context, data_dict)


def jichitai_showcase_reject(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Turn a registered work down, or take one away that is shown. Operators only.

    :param id: number of the work
    """
    return _decided("jichitai_showcase_reject", cards.REJECTED, context, data_dict)


def _decided(action: str, state: str, context: Context, data_dict: DataDict) -> dict[str, Any]:
    toolkit.check_access(action, context, data_dict)
    number = str(toolkit.get_or_bust(data_dict, "id"))
    row = cards.decide(int(number), state, context["user"]) if number.isdecimal() else None
    if row is None:
        raise toolkit.ObjectNotFound(toolkit._("There is no such work."))
    model.Session.commit()
    return _shown(row)


def _shown(row: dict[str, Any], more: tuple[str, ...] = ()) -> dict[str, Any]:
    return {name: row[name] for name in (*SHOWN, *more)} | {"made": row["made"].isoformat()}
