"""Actions of the merged tables."""

from typing import Any

import msgspec
from ckan.logic import validate
from ckan.plugins import toolkit as tk
from ckan.types import Context, DataDict

from ckanext.jichitai.bridge import feed, jobs
from ckanext.jichitai.bridge.rulebook import book

from .. import asked, decide, matrix, outcomes, releases, search, shown
from .. import holds as held
from . import schema

__all__ = [
    "jichitai_change_list",
    "jichitai_coverage_show",
    "jichitai_hold_approve",
    "jichitai_hold_discard",
    "jichitai_hold_list",
    "jichitai_merged_list",
    "jichitai_merged_search",
    "jichitai_merged_show",
]
MOST_CHANGES = 10_000


@tk.side_effect_free
def jichitai_merged_list(context: Context, data_dict: DataDict) -> list[dict[str, Any]]:
    """The merged tables, one an item, in the order of the items' numbers.

    :returns: for each: item, number, title in both languages, rows, municipalities, missing (share of blank
        cells in required and recommended columns, 0 to 1), dropped, held and stale rows, files by fate,
        at (time of the release), cursor (of the change feed), dataset, url and downloads
    """
    tk.check_access("jichitai_merged_list", context, data_dict)
    known, fates = releases.all_current(), outcomes.counts()
    return [shown.table(item, known.get(item.id), fates.get(item.id, {})) for item in book().items.values()]


@tk.side_effect_free
def jichitai_merged_show(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """One merged table: as in jichitai_merged_list, with its municipalities, the fate of every file, and holds.

    :param id: id of the item
    """
    tk.check_access("jichitai_merged_show", context, data_dict)
    item = _item(tk.get_or_bust(data_dict, "id"))
    one = releases.current(item.id)
    return {
        **shown.table(item, one, outcomes.counts().get(item.id, {})),
        "parts": one.parts if one else [],
        "outcomes": [shown.outcome(row) for row in outcomes.of(item.id)],
        "holds": [shown.hold(row) for row in held.listed(item=item.id)],
    }


@tk.side_effect_free
def jichitai_merged_search(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Rows of a merged table. Pages by `next`: give it as `after`, and nothing is shown twice or left out.

    :param item: id of the item
    :param municipality: 6-digit code or slug, several with commas (optional)
    :param text: words that must all be in the row; width, case and hyphens do not matter (optional)
    :param bbox: west,south,east,north in degrees (optional)
    :param near: latitude,longitude[,metres]: nearest first, with distance_m (optional)
    :param columns: only these of the item's columns, by name or term (optional)
    :param row: only the row with this row_id (optional)
    :param distinct: true hides rows that another municipality's row stands for (optional)
    :param values: published for cells as their publisher wrote them (optional)
    :param sort: a column, with - in front for descending (optional)
    :param limit: rows a page, at most 1000 (optional, default: 50)
    :param after: `next` of the page before (optional)
    :returns: item, total, rows, next (null on the last page), cursor and at of the release
    """
    tk.check_access("jichitai_merged_search", context, data_dict)
    item = _item(tk.get_or_bust(data_dict, "item"))
    query = asked.query(data_dict)
    one = releases.current(item.id)
    if one is None:
        return {"item": item.id, "total": 0, "rows": [], "next": None, "cursor": None, "at": None}
    page = search.search(one, item, query)
    return {
        "item": item.id,
        "total": page.total,
        "rows": page.rows.to_dicts(),
        "next": page.next,
        "cursor": one.cursor,
        "at": one.at.isoformat(),
    }


@tk.side_effect_free
def jichitai_coverage_show(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """The matrix: every municipality and item, and how usable what is published is.

    :param item: only cells of this item (optional)
    :param municipality: only cells of this municipality, code or slug (optional)
    :returns: cells, each with municipality (code), item, state, datasets, files, rows, quarantined, missing,
        fresh, changed, dataset and report (resource) of the newest file, why; then totals
    """
    tk.check_access("jichitai_coverage_show", context, data_dict)
    towns = search.town_codes(data_dict.get("municipality"))
    item = data_dict.get("item")
    cells = [
        cell
        for cell in matrix.cells()
        if (not item or cell.item == item) and (not towns or cell.municipality in towns)
    ]
    return {"cells": msgspec.to_builtins(cells), "totals": matrix.totals(cells)}


@tk.side_effect_free
@validate(schema.change_list)
def jichitai_change_list(context: Context, data_dict: DataDict) -> list[dict[str, Any]]:
    """Changes of rows and datasets after a cursor, oldest first, withdrawals included.

    :param since: the last cursor that was seen (optional, default: 0, the beginning)
    :param limit: most changes to give, at most 10000 (optional, default: 1000)
    :param item: only changes of this item (optional)
    :param municipality: only changes of this municipality, 6-digit code (optional)
    :param kind: only this kind: added, changed, removed, restored, file, created, updated, withdrawn (optional)
    :returns: list of {cursor, at, run, kind, cause, item, municipality, row_id, dataset, body}
    """
    tk.check_access("jichitai_change_list", context, data_dict)
    kind = data_dict.get("kind")
    try:
        found = feed.since(
            data_dict["since"],
            min(data_dict["limit"], MOST_CHANGES),
            data_dict.get("item"),
            data_dict.get("municipality"),
            [kind] if kind else (),
        )
    except feed.CursorTooOld as error:
        raise tk.ValidationError(
            {"since": [tk._("The feed no longer reaches back to this cursor: begin with the full files.")]}
        ) from error
    return [shown.event(one) for one in found]


@tk.side_effect_free
def jichitai_hold_list(context: Context, data_dict: DataDict) -> list[dict[str, Any]]:
    """What the collapse guard holds: the last good rows stay until a person decides.

    :param state: waiting, approved, released, discarded or gone (optional, default: waiting)
    :param item: only holds of this item (optional)
    """
    tk.check_access("jichitai_hold_list", context, data_dict)
    rows = held.listed(data_dict.get("state", "waiting"), data_dict.get("item"))
    return [shown.hold(row) for row in rows]


@validate(schema.decision)
def jichitai_hold_approve(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Let what is held pass: the item is merged again with it, in the background. Operators only.

    :param id: number of the hold
    :param comment: why (optional)
    """
    return _decide(context, data_dict, "jichitai_hold_approve", "approved")


@validate(schema.decision)
def jichitai_hold_discard(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Keep the last good rows until the publisher's files change. Operators only.

    :param id: number of the hold
    :param comment: why (optional)
    """
    return _decide(context, data_dict, "jichitai_hold_discard", "discarded")


def _decide(context: Context, data_dict: DataDict, action: str, state: str) -> dict[str, Any]:
    tk.check_access(action, context, data_dict)
    row = held.get(data_dict["id"])
    if row is None:
        raise tk.ObjectNotFound(tk._("There is no such hold."))
    if row["state"] != "waiting":
        raise tk.ValidationError({"id": [tk._("This was decided already.")]})
    held.decide(row["id"], state, context.get("user", ""), data_dict["comment"])
    if state == "approved":
        jobs.enqueue(decide.merge_item, [row["item"]], title=f"merge {row['item']}")
    context["model"].Session.commit()
    return shown.hold(held.get(row["id"]) or row)


def _item(name: str) -> Any:
    items = book().items
    if name not in items:
        raise tk.ObjectNotFound(tk._("{} is not one of the standard items.").format(name))
    return items[name]
