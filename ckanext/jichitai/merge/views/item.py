"""/item and /item/<id>: one item for all municipalities."""

from typing import Any

from ckan.plugins import toolkit as tk
from flask import Blueprint, Response, request

from ckanext.jichitai.bridge import feed
from ckanext.jichitai.bridge.rulebook import book
from ckanext.jichitai.core.definitions.model import Item

from .. import asked, matrix, own, releases, search, shown
from ..releases import Release
from . import answer

jichitai_item = Blueprint("jichitai_item", __name__)

PARAMETERS = ("q", "m", "bbox", "near", "cols", "sort", "after", "row", "distinct", "values", "columns")
SORTS = {
    "number": lambda table: table["number"],
    "rows": lambda table: -table["rows"],
    "municipalities": lambda table: -table["municipalities"],
    "missing": lambda table: 2 if table["missing"] is None else table["missing"],
    "newest": lambda table: "" if table["at"] is None else table["at"],
}
SHOWN = 8  # columns of a table's first view; all of them by `cols`


@jichitai_item.route("/item")
def index() -> Response:
    """The items: what each answers, how many municipalities, rows, missing rate, newest."""

    def build() -> dict[str, Any]:
        sort = request.args.get("sort", "number")
        tables = answer.act("jichitai_merged_list")
        ordered = sorted(tables, key=SORTS.get(sort, SORTS["number"]), reverse=sort == "newest")
        return {"tables": ordered, "sort": sort, "items": book().items}

    return answer.page("jichitai/item/index.html", own.newest(), build, ("sort",))


@jichitai_item.route("/item/<item>")
def read(item: str) -> Response:
    """One item: downloads, table, missing rates, changes, outcomes, provenance, definition."""
    known = book().items.get(item)
    if known is None:
        return tk.abort(404, tk._("{} is not one of the standard items.").format(item))
    version = (*matrix.version(), feed.newest())
    return answer.page("jichitai/item/read.html", version, lambda: _built(known), PARAMETERS)


def _built(item: Item) -> dict[str, Any]:
    one = releases.current(item.id)
    cells = [cell for cell in matrix.cells() if cell.item == item.id]
    found = answer.act("jichitai_merged_show", id=item.id)
    row = _row(item, one) if request.args.get("row") else None
    page = None
    if one and not row:
        try:
            page = search.search(one, item, asked.query(request.args))
        except tk.ValidationError as error:
            tk.abort(400, answer.said(error))
    return {
        "item": item,
        "table": found,
        "release": one,
        "row": row,
        "page": page,
        "rows": page.rows.to_dicts() if page else [],
        "columns": _columns(item),
        "missing": _missing(item, one),
        "cells": cells,
        "changes": [shown.event(event) for event in feed.latest(20, item=item.id)],
        "args": {name: request.args.get(name, "") for name in PARAMETERS},
        "waiting": [hold for hold in found["holds"] if hold["state"] == "waiting"],
    }


def _row(item: Item, one: Release | None) -> dict[str, Any]:
    """One place: every value with the published one, source, winner and losers."""
    page = search.search(one, item, search.Query(row=request.args["row"], limit=1)) if one else None
    if page is None or not page.rows.height:
        tk.abort(404, tk._("There is no such row in the current table."))
    return page.rows.to_dicts()[0]


def _columns(item: Item) -> list[Any]:
    """Columns that the table shows: those asked for, else the key, the names and what is wanted most."""
    asked_for = [name.strip() for name in request.args.get("cols", "").split(",") if name.strip()]
    if asked_for:
        chosen = [column for column in item.columns if column.name in asked_for or column.term in asked_for]
        return chosen or list(item.columns[:SHOWN])
    first = [column for column in item.columns if column.name in item.identity]
    rest = sorted(
        (
            column
            for column in item.columns
            if column not in first and column.type not in ("area_code", "town_id")
        ),
        key=lambda column: ("required", "recommended", "optional").index(column.need.level),
    )
    return [*first, *rest][:SHOWN]


def _missing(item: Item, one: Release | None) -> dict[str, Any] | None:
    """The heat map: columns as rows, worst first among what is wanted, municipalities as columns."""
    if one is None or not one.rows:
        return None
    table = releases.side(one, "missing")
    every = request.args.get("columns") == "all"
    lines: dict[str, dict[str, Any]] = {}
    for line in table.iter_rows(named=True):
        if not every and line["need"] == "optional":
            continue
        entry = lines.setdefault(
            line["column"],
            {"column": line["column"], "need": line["need"], "cells": {}, "blank": 0.0, "rows": 0},
        )
        share, rows = float(line["missing"]), int(line["rows"])
        entry["cells"][line["municipality_code"]] = {"share": share, "why": line["why"], "step": step(share)}
        entry["blank"] += share * rows
        entry["rows"] += rows
    made = [
        {**entry, "share": entry["blank"] / entry["rows"], "step": step(entry["blank"] / entry["rows"])}
        for entry in lines.values()
    ]
    made.sort(
        key=lambda entry: (("required", "recommended", "optional").index(entry["need"]), -entry["share"])
    )
    towns = [part for part in one.parts if part["rows"]]
    return {"lines": made, "towns": towns, "every": every}


def step(share: float) -> int:
    """Heat, 0 to 5."""
    return min(int(share * 5.999), 5) if share else 0
