"""/changes, /changes.jsonl, /changes.atom: what came, changed and went, rows and datasets."""

import itertools
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

import msgspec
from ckan.plugins import toolkit as tk
from flask import Blueprint, Response, request

from ckanext.jichitai.bridge import feed
from ckanext.jichitai.bridge.feed import Event
from ckanext.jichitai.bridge.rulebook import TOKYO, book

from .. import search, shown
from . import answer

jichitai_changes = Blueprint("jichitai_changes", __name__)

KNOWN = ("item", "m", "kind", "before")
KINDS = ("added", "changed", "removed", "restored", "file", "created", "updated", "withdrawn")
A_PAGE, A_FEED, MOST = 500, 2000, 10_000
ATOM = "http://www.w3.org/2005/Atom"


@jichitai_changes.route("/changes")
def index() -> Response:
    """Changes by day, newest first, folded by run, item and municipality."""
    return answer.page("jichitai/changes.html", feed.newest(), _built, KNOWN)


@jichitai_changes.route("/changes.jsonl")
def lines() -> Response:
    """One change a line after the cursor `since`; 410 where the feed no longer reaches back."""
    try:
        events = feed.since(_number("since", 0), min(_number("limit", MOST), MOST), **_filters())
    except feed.CursorTooOld:
        words = tk._("The feed no longer reaches back to this cursor: begin with the full files.")
        gone = {
            "error": words,
            "files": [f"/item/{item}.parquet" for item in book().items],
            "cursor": feed.newest(),
        }
        return answer.open_to_all(
            Response(msgspec.json.encode(gone) + b"\n", 410, mimetype="application/json"), 0
        )
    body = b"".join(msgspec.json.encode(shown.event(event)) + b"\n" for event in events)
    made = Response(body, mimetype="application/x-ndjson")
    made.headers["X-Jichitai-Cursor"] = str(events[-1].cursor if events else _number("since", 0))
    return answer.open_to_all(made, 60)


@jichitai_changes.route("/changes.atom")
def atom() -> Response:
    """An entry for each run, item and municipality."""
    root = ElementTree.Element("feed", xmlns=ATOM)
    site = tk.config["ckan.site_url"].rstrip("/")
    folds = list(_folded(feed.latest(A_FEED, **_filters())))
    _add(root, "id", f"{site}/changes.atom")
    _add(root, "title", tk._("Changes"))
    _add(root, "updated", folds[0]["at"].isoformat() if folds else "1970-01-01T00:00:00Z")
    ElementTree.SubElement(root, "link", rel="self", href=f"{site}/changes.atom")
    for fold in folds:
        entry = ElementTree.SubElement(root, "entry")
        _add(entry, "id", f"{site}/changes#{fold['cursor']}")
        _add(entry, "title", _title(fold))
        _add(entry, "updated", fold["at"].isoformat())
        address = f"{site}/item/{fold['item']}" if fold["item"] else f"{site}/dataset/{fold['dataset'] or ''}"
        ElementTree.SubElement(entry, "link", href=address)
        _add(entry, "summary", ", ".join(f"{kind} {count}" for kind, count in fold["counts"].items()))
    body = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return answer.open_to_all(Response(body, mimetype="application/atom+xml"), 60)


def _built() -> dict[str, Any]:
    before = _number("before", 0) or None
    events = feed.latest(A_PAGE, before=before, **_filters())
    folds = list(_folded(events))
    days = [
        (day, list(some))
        for day, some in itertools.groupby(folds, lambda fold: fold["at"].astimezone(TOKYO).date())
    ]
    return {
        "days": days,
        "next": events[-1].cursor if len(events) == A_PAGE else None,
        "args": {name: request.args.get(name, "") for name in KNOWN},
        "kinds": KINDS,
        "items": book().items,
        "cursor": feed.newest(),
    }


def _folded(events: list[Event]) -> Iterator[dict[str, Any]]:
    """Neighbouring events of one run, item and municipality as one, with counts and the first few."""
    for (run, item, town), some in itertools.groupby(
        events, lambda one: (one.run, one.item, one.municipality)
    ):
        mine = list(some)
        counts: dict[str, int] = {}
        for event in mine:
            counts[event.kind] = counts.get(event.kind, 0) + 1
        yield {
            "run": run,
            "item": item,
            "municipality": town,
            "at": mine[0].at,
            "cursor": mine[0].cursor,
            "dataset": mine[0].dataset,
            "counts": counts,
            "events": [shown.event(event) for event in mine[:5]],
        }


def _title(fold: dict[str, Any]) -> str:
    town = tk.h.jichitai_municipality(fold["municipality"])
    names = [tk.h.jichitai_item_title(fold["item"]), town.name if town else ""]
    return " · ".join(name for name in names if name) or tk._("Datasets")


def _filters() -> dict[str, Any]:
    kind = request.args.get("kind", "")
    try:
        towns = search.town_codes(request.args.get("m"))
    except tk.ValidationError as error:
        tk.abort(404, answer.said(error))
    return {
        "item": request.args.get("item") or None,
        "municipality": towns[0] if towns else None,
        "kinds": [kind] if kind in KINDS else (),
    }


def _number(name: str, default: int) -> int:
    text = request.args.get(name, "")
    if not text:
        return default
    if not text.isdecimal():
        tk.abort(400, tk._("{} is a number.").format(name))
    return int(text)


def _add(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, name).text = text
