"""/matrix: who publishes what, and how usable it is."""

import csv
import io
from typing import Any

import msgspec
from ckan.plugins import toolkit as tk
from flask import Blueprint, Response, request

from ckanext.jichitai.bridge.rulebook import book

from .. import matrix
from . import answer

jichitai_matrix = Blueprint("jichitai_matrix", __name__)

KNOWN = ("view", "item", "m", "area", "state", "fresh", "sort", "format")


@jichitai_matrix.route("/matrix")
def show() -> Response:
    """The matrix as a table, by item or by municipality; filters in the address; CSV with the same filters."""
    if request.args.get("format") == "csv":
        return _csv(chosen(request.args))
    return answer.page("jichitai/matrix.html", matrix.version(), lambda: built(request.args), KNOWN)


def built(args: Any) -> dict[str, Any]:
    """What the template needs."""
    cells = chosen(args)
    view = args.get("view", "matrix")
    made = rows(cells, args.get("sort", ""))
    return {
        "view": view if view in ("matrix", "item", "municipality") else "matrix",
        "args": {name: args.get(name, "") for name in KNOWN},
        "rows": made,
        "items": [item for item in book().items.values() if not args.get("item") or item.id == args["item"]],
        "totals": matrix.totals(cells),
        "by_item": by_item(cells),
        "groups": groups(made, args["item"]) if args.get("item") else [],
    }


def by_item(cells: list[Any]) -> dict[str, dict[str, int]]:
    """Item → state → how many municipalities."""
    counts: dict[str, dict[str, int]] = {}
    for cell in cells:
        states = counts.setdefault(cell.item, {})
        states[cell.state] = states.get(cell.state, 0) + 1
    return counts


def groups(some: list[dict[str, Any]], item: str) -> list[tuple[str, list[tuple[dict[str, Any], Any]]]]:
    """One item's municipalities by state, best first: (state, [(row, cell)])."""
    by_state: dict[str, list[tuple[dict[str, Any], Any]]] = {}
    for row in some:
        if cell := row["cells"].get(item):
            by_state.setdefault(cell.state, []).append((row, cell))
    return [(state, by_state[state]) for state in tk.h.jichitai_states() if state in by_state]


def chosen(args: Any) -> list[Any]:
    """Cells that the filters leave."""
    towns = book().municipalities
    wanted = {"item": args.get("item"), "state": args.get("state"), "fresh": args.get("fresh")}
    area, town = args.get("area"), args.get("m")
    return [
        cell
        for cell in matrix.cells()
        if all(not value or getattr(cell, name) == value for name, value in wanted.items())
        and (not area or towns[cell.municipality].area == area)
        and (not town or town in (cell.municipality, towns[cell.municipality].slug))
    ]


def rows(cells: list[Any], sort: str = "") -> list[dict[str, Any]]:
    """One row a municipality, by area: town, its cells by item, how many are usable and present."""
    by_town: dict[str, dict[str, Any]] = {}
    for cell in cells:
        by_town.setdefault(cell.municipality, {})[cell.item] = cell
    made = [
        {
            "town": book().municipalities[code],
            "cells": some,
            "present": sum(cell.state not in ("none", "not_applicable") for cell in some.values()),
            "usable": sum(cell.rows > 0 for cell in some.values()),
            "rows": sum(cell.rows for cell in some.values()),
        }
        for code, some in by_town.items()
    ]
    if sort == "coverage":
        made.sort(key=lambda row: -row["usable"])
    elif sort == "fresh":
        made.sort(key=lambda row: -sum(cell.fresh == "fresh" for cell in row["cells"].values()))
    order = list(dict.fromkeys(town.area for town in book().municipalities.values()))
    return sorted(made, key=lambda row: order.index(row["town"].area))


def _csv(cells: list[Any]) -> Response:
    out = io.StringIO()
    names = (
        [
            "municipality",
            "municipality_name",
            *(name for name in cells[0].__struct_fields__ if name != "municipality"),
        ]
        if cells
        else ["municipality"]
    )
    writer = csv.DictWriter(out, names, lineterminator="\r\n")
    writer.writeheader()
    for cell in cells:
        town = book().municipalities[cell.municipality]
        writer.writerow({**msgspec.to_builtins(cell), "municipality_name": town.name})
    made = Response("\ufeff" + out.getvalue(), mimetype="text/csv")
    made.headers["Content-Disposition"] = "attachment; filename=matrix.csv"
    return answer.open_to_all(made, 60)


def snippet() -> dict[str, Any]:
    """The whole matrix, for other pages that show it."""
    return built({"view": "matrix"})
