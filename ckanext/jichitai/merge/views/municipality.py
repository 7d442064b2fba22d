"""/municipality and /municipality/<slug>: what a town publishes, and what its clerk does next."""

from typing import Any

from ckan.plugins import toolkit as tk
from flask import Blueprint, Response, redirect, request

from ckanext.jichitai.bridge import feed
from ckanext.jichitai.bridge.rulebook import book, organization_of
from ckanext.jichitai.core.definitions.model import Municipality

from .. import matrix, outcomes
from . import answer
from .matrix import rows

jichitai_municipality = Blueprint("jichitai_municipality", __name__)

# Fates that ask for something; whose turn it is.
TO_MEND = (
    "invalid",
    "unreadable",
    "included_in_part",
    "unreachable",
    "too_large",
    "empty",
    "licence_closed",
    "held",
)
OURS = ("unchecked",)


@jichitai_municipality.route("/municipality")
def index() -> Response:
    """The municipalities by area: cells, rows."""

    def build() -> dict[str, Any]:
        return {"rows": rows(matrix.cells(), request.args.get("sort", ""))}

    return answer.page("jichitai/municipality/index.html", matrix.version(), build, ("sort",))


@jichitai_municipality.route("/municipality/<slug>")
def read(slug: str) -> Response:
    """One municipality: worklist, its cells, its files."""
    by_code = book().municipalities.get(slug)
    if by_code:
        return redirect(tk.h.url_for("jichitai_municipality.read", slug=by_code.slug), 301)
    town = next((town for town in book().municipalities.values() if town.slug == slug), None)
    if town is None:
        return tk.abort(404, tk._("{} is not a municipality of this site.").format(slug))
    version = (*matrix.version(), feed.newest())
    return answer.page(
        "jichitai/municipality/read.html", version, lambda: _built(town), ("item", "state", "q")
    )


def _built(town: Municipality) -> dict[str, Any]:
    cells = [cell for cell in matrix.cells() if cell.municipality == town.code]
    files = outcomes.of(municipality=town.code)
    wanted, state = request.args.get("item", ""), request.args.get("state", "")
    shown = [
        cell for cell in cells if (not wanted or cell.item == wanted) and (not state or cell.state == state)
    ]
    mine = [file for file in files if not wanted or file["item"] == wanted]
    return {
        "town": town,
        "organization": organization_of(town.code),
        "cells": shown,
        "totals": matrix.totals(cells),
        "items": book().items,
        "files": [file for file in mine if file["item"]],
        "work": [file for file in mine if file["item"] and file["fate"] in TO_MEND],
        "ours": [file for file in mine if file["fate"] in OURS],
        "others": sum(not file["item"] for file in mine),
        "item": wanted,
        "state": state,
    }
