"""Validators of our fields."""

import re
from difflib import get_close_matches
from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from ckan.types import Context, FlattenDataDict, FlattenErrorDict, FlattenKey

from ckanext.jichitai.bridge import rulebook

__all__ = ["jichitai_date", "jichitai_item", "jichitai_municipality_code"]

DAY = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?")
MOMENT = re.compile(DAY.pattern + r"T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?(Z|[+-][0-9]{2}:[0-9]{2})?")


def jichitai_item(value: Any) -> Any:
    """An item's id. Refused with the nearest one otherwise."""
    items = rulebook.book().items
    if value in items:
        return value
    near = get_close_matches(str(value), items, n=1)
    hint = tk._(" Did you mean {}?").format(near[0]) if near else ""
    raise tk.Invalid(tk._("{} is not one of the standard items.").format(value) + hint)


def jichitai_date(value: Any) -> Any:
    """A year, month, day or moment, ISO 8601, kept as text: publishers know it only so far."""
    text = str(value)
    if DAY.fullmatch(text) or MOMENT.fullmatch(text):
        return text
    raise tk.Invalid(tk._("{} is not a date. Write it as 2026-04-01.").format(value))


def jichitai_municipality_code(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """A municipality of the rule book that no other organization stands for; only operators change it.

    A clerk may edit an organization's name and picture, not which municipality it is: left out or
    blanked by one, the code stays.
    """
    value, before = data.get(key), _code_before(data, context)
    operator = _is_operator(context)
    if value is tk.missing or value is None or (value == "" and not operator):
        value = before
    if not value:
        data.pop(key, None)
        raise tk.StopOnError
    data[key] = value
    if value == before:
        return
    if not operator:
        raise tk.Invalid(tk._("Only an operator may change the municipality code."))
    if value not in rulebook.book().municipalities:
        raise tk.Invalid(tk._("{} is not a municipality of this site.").format(value))
    holder = rulebook.organization_of(value)
    if holder and holder != _group_id(data, context):
        raise tk.Invalid(tk._("Another organization stands for {} already.").format(value))


def _is_operator(context: Context) -> bool:
    user = context.get("auth_user_obj")
    return bool(context.get("ignore_auth") or (user and user.sysadmin))


def _group_id(data: FlattenDataDict, context: Context) -> str | None:
    group = context.get("group")
    return group.id if group else data.get(("id",)) or None


def _code_before(data: FlattenDataDict, context: Context) -> str | None:
    group = model.Group.get(_group_id(data, context) or "")
    return (group.extras or {}).get(rulebook.CODE) if group else None
