"""All tables in one archive: `jichitai-all`, for whoever wants the whole and no API."""

import hashlib
import io
import zipfile
from typing import Any

import msgspec
from ckan import model
from ckan.plugins import toolkit as tk

from ckanext.jichitai.bridge import archive
from ckanext.jichitai.bridge.rulebook import book
from ckanext.jichitai.core.data import folder

from . import config, packages, releases
from .releases import Release

NAME = "jichitai-all"
NOTE = f"{NAME}.json"  # beside it in the store: of which releases it is
ENDINGS = {"csv": "csv", "parquet": "parquet"}  # the forms of a table that are in it
DATE = (1980, 1, 1, 0, 0, 0)  # of its members: equal tables are an equal archive
DEFINITIONS = ("*.yaml", "parts/*.yaml", "lists/*.yaml", "municipalities/*")


def address() -> str:
    """Where the archive always is."""
    return f"{tk.config['ckan.site_url'].rstrip('/')}/{NAME}.zip"


def ensure() -> None:
    """Make the dataset where there is none."""
    if model.Package.get(NAME) is not None:
        return
    packages.call(
        "package_create",
        {
            "name": NAME,
            "type": config.dataset_type(),
            "title": "自治体標準オープンデータセット 統合表一式",
            "notes": "すべての項目の統合表（CSV、Parquet）と定義、自治体の輪郭をまとめたものです。\n\n"
            "All merged tables (CSV, Parquet) with the definitions and the municipalities' outlines.",
            "owner_org": config.merged_organization(),
            "license_id": "other-open",
            "resources": [
                {
                    "id": packages.resource_id(NAME, "zip"),
                    "url": address(),
                    "name": f"{NAME}.zip",
                    "format": "ZIP",
                }
            ],
        },
    )


def file() -> dict[str, Any]:
    """The archive of the current releases: {name, sha256, bytes}; made when first asked for.

    One archive is kept, with a note of the releases that it holds. The note is written last: a reader
    between the two finds the older note, and the archive is made once more.
    """
    known = releases.all_current()
    parts = [f"{item}:{one.files['rows']['sha256']}" for item, one in sorted(known.items())]
    state = hashlib.sha256("|".join([book().digest, *parts]).encode()).hexdigest()
    store = archive.exports()
    if store.has(NOTE):
        note = msgspec.json.decode(store.read(NOTE))
        if note["state"] == state and store.has(note["name"]):
            return note
    data = _made(known)
    note = {"name": f"{NAME}.zip", "sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
    store.write(note["name"], data)
    store.write(NOTE, msgspec.json.encode({**note, "state": state}))
    return note


def _made(known: dict[str, Release]) -> bytes:
    out = io.BytesIO()
    store = archive.exports()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=5) as made:
        _put(made, "README.txt", _readme(known).encode())
        for item, one in sorted(known.items()):
            for kind, ending in ENDINGS.items():
                _put(made, f"tables/{item}.{ending}", store.read(one.files[kind]["name"]))
            _put(made, f"tables/{item}.attribution.txt", store.read(one.files["attribution"]["name"]))
        schemas = folder("schemas")
        for path in sorted(path for pattern in DEFINITIONS for path in schemas.glob(pattern)):
            _put(made, f"definitions/{path.relative_to(schemas).as_posix()}", path.read_bytes())
    return out.getvalue()


def _put(made: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name, DATE)
    entry.compress_type = zipfile.ZIP_DEFLATED
    made.writestr(entry, data)


def _readme(known: dict[str, Release]) -> str:
    """What is in it, in both languages."""
    lines = [
        "自治体標準オープンデータセット 統合表 / Merged tables of the municipal standard datasets",
        tk.config["ckan.site_url"],
        "",
        "tables/ 項目ごとの表 / one table an item; definitions/ 定義 / the definitions",
        "どの行も src_url、src_licence、src_attribution を持っています。 / Every row names its source and licence.",
        "",
    ]
    for item in book().items.values():
        if one := known.get(item.id):
            lines.append(f"{item.number:2} {item.id:28} {one.rows:>9,}  {item.title.ja} / {item.title.en}")
    return "\r\n".join(lines) + "\r\n"
