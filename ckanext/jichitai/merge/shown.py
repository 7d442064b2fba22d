"""Records as actions and pages give them: plain values."""

from typing import Any

import msgspec

from ckanext.jichitai.bridge.feed import Event
from ckanext.jichitai.core.definitions.model import Item
from ckanext.jichitai.core.merge.fate import words

from . import exports, packages
from .releases import Release

PRIVATE = ("told",)  # of an outcome: our own short names


def table(item: Item, one: Release | None, fates: dict[str, int]) -> dict[str, Any]:
    """A merged table in a few figures."""
    parts = one.parts if one else []
    rows = sum(part["rows"] for part in parts)
    weighed = [part["missing"] * part["rows"] for part in parts if part["missing"] is not None]
    return {
        "item": item.id,
        "number": item.number,
        "title": msgspec.to_builtins(item.title),
        "dataset": packages.name_of(item.id),
        "url": packages.address(item.id, "csv").removesuffix(".csv"),
        "rows": one.rows if one else 0,
        "municipalities": len(parts),
        "missing": sum(weighed) / rows if weighed and rows else None,
        "dropped": one.dropped if one else 0,
        "stale": sum(part["stale"] for part in parts),
        "held": one.carried if one else 0,
        "files": sum(fates.values()),
        "fates": fates,
        "at": one.at.isoformat() if one else None,
        "cursor": one.cursor if one else None,
        "definitions": one.definitions if one else None,
        "downloads": [_download(item, kind, one) for kind in [*exports.formats(item), *exports.SIDE]]
        if one
        else [],
    }


def outcome(row: dict[str, Any]) -> dict[str, Any]:
    """What became of a file."""
    return {name: value for name, value in row.items() if name not in PRIVATE}


def hold(row: dict[str, Any]) -> dict[str, Any]:
    """Something held, with its reason in both languages."""
    known = words().get(row["reason"])
    return {
        **{name: value for name, value in row.items() if name != "about"},
        "since": row["since"].isoformat(),
        "decided": row["decided"].isoformat() if row["decided"] else None,
        "words": msgspec.to_builtins(known) if known else None,
    }


def event(one: Event) -> dict[str, Any]:
    """A change."""
    return {**msgspec.structs.asdict(one), "at": one.at.isoformat() if one.at else None}


def _download(item: Item, kind: str, one: Release) -> dict[str, Any]:
    file = one.files[kind]
    title, form = packages.TITLES[kind]
    return {
        "kind": kind,
        "title": title,
        "format": form,
        "url": packages.address(item.id, kind),
        "bytes": file["bytes"],
        "sha256": file["sha256"],
    }
