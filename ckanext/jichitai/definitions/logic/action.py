"""Actions: the standard items as data."""

from typing import Any

import msgspec
from ckan.plugins import toolkit as tk
from ckan.types import Context, DataDict

from ckanext.jichitai.bridge import rulebook
from ckanext.jichitai.core.export.table_schema import table_schema

__all__ = ["jichitai_item_list", "jichitai_item_show"]


@tk.side_effect_free
def jichitai_item_list(context: Context, data_dict: DataDict) -> list[dict[str, Any]]:
    """The standard items, in the order of their numbers.

    :returns: for each: id, number, national (number of the national sheet), title and question in
        both languages, edition, keeps (latest or series), columns (how many), key, position, period
    """
    tk.check_access("jichitai_item_list", context, data_dict)
    return [
        {
            "id": item.id,
            "number": item.number,
            "national": item.national,
            "title": msgspec.to_builtins(item.title),
            "short": msgspec.to_builtins(item.short),
            "question": msgspec.to_builtins(item.question),
            "edition": msgspec.to_builtins(item.edition),
            "keeps": item.keeps,
            "columns": len(item.columns),
            "key": list(item.key),
            "position": list(item.position) if item.position else None,
            "period": item.period,
        }
        for item in rulebook.book().items.values()
    ]


@tk.side_effect_free
def jichitai_item_show(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """One standard item, resolved: every column with its need, type, labels, aliases and example.

    :param id: the item's id, as jichitai_item_list gives it
    :param as: table-schema for a Frictionless Table Schema (optional)
    :param lang: language of the Table Schema's titles, ja or en (optional, default: ja)
    """
    tk.check_access("jichitai_item_show", context, data_dict)
    items = rulebook.book().items
    name = tk.get_or_bust(data_dict, "id")
    if name not in items:
        raise tk.ObjectNotFound(tk._("{} is not one of the standard items.").format(name))
    form = data_dict.get("as", "json")
    if form == "json":
        return {**msgspec.to_builtins(items[name]), "definitions": rulebook.book().digest}
    if form == "table-schema":
        return table_schema(items[name], data_dict.get("lang", "ja"))
    raise tk.ValidationError({"as": [tk._("Only json and table-schema can be asked for.")]})
