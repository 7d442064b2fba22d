"""The dataset of each merged table: jichitai-<item id>, with one resource a file at an address that stays."""

import uuid
from typing import Any

import msgspec
from ckan import model
from ckan.plugins import toolkit as tk

from ckanext.jichitai.bridge.rulebook import today
from ckanext.jichitai.core.definitions.model import Item

from . import config, exports, store
from .releases import Release

NAMESPACE = uuid.UUID("2f0c4b6e-8d0d-5c55-9c0c-6a3b1f6f9a27")  # of our resource ids; never changed
TITLES = {
    "csv": ("CSV", "CSV"),
    "xlsx": ("Excel", "XLSX"),
    "geojson": ("GeoJSON", "GeoJSON"),
    "parquet": ("Parquet", "Parquet"),
    "jsonld": ("JSON-LD", "JSON-LD"),
    "ngsi-ld": ("NGSI-LD", "JSON"),
    "outcomes": ("ファイルごとの取り込み結果", "CSV"),
    "dropped": ("統合していない行とその理由", "CSV"),
    "missing": ("欠損率（列×自治体）", "CSV"),
    "attribution": ("出所とライセンス", "TXT"),
}
TABLE = "csv"  # the resource whose rows are in the DataStore
SIDE_FILES = {
    "outcomes": "outcomes.csv",
    "dropped": "dropped.csv",
    "missing": "missing.csv",
    "attribution": "attribution.txt",
}


def name_of(item: str) -> str:
    """Name of an item's merged dataset."""
    return f"jichitai-{item}"


def resource_id(item: str, kind: str) -> str:
    """Id of one of its resources: the same on every site and after every rebuild."""
    return str(uuid.uuid5(NAMESPACE, f"{item}/{kind}"))


def address(item: str, kind: str) -> str:
    """Where a file always is, whatever release is current."""
    site = tk.config["ckan.site_url"].rstrip("/")
    return f"{site}/item/{item}/{SIDE_FILES[kind]}" if kind in SIDE_FILES else f"{site}/item/{item}.{kind}"


def ensure(item: Item) -> None:
    """Make the dataset where there is none, so that the DataStore table has a resource to belong to."""
    if model.Package.get(name_of(item.id)) is None:
        call("package_create", {**_dataset(item), "resources": _resources(item, None)})


def write(item: Item, files: dict[str, dict[str, Any]], towns: int, rows: int) -> bool:
    """Bring the dataset up to date with a release; False where it says all that already."""
    current = call("package_show", {"id": name_of(item.id)})
    wanted = {**_dataset(item), "modified": today(), "notes": _notes(item, towns, rows)}
    resources = _resources(item, files)
    shown = {resource["id"]: resource for resource in current["resources"]}
    same = all(
        current.get(key) == value for key, value in wanted.items() if key not in ("modified", "owner_org")
    )
    if (
        same
        and all(_says(shown.get(one["id"], {}), one) for one in resources)
        and len(shown) == len(resources)
    ):
        return False
    merged = [{**shown.get(one["id"], {}), **one} for one in resources]
    call("package_update", {**current, **wanted, "resources": merged})
    return True


def is_whole(item: Item, one: Release) -> bool:
    """Whether the dataset names the files of that release."""
    current = call("package_show", {"id": name_of(item.id)})
    shown = {resource["id"]: resource.get("hash") for resource in current["resources"]}
    return all(shown.get(made["id"]) == made["hash"] for made in _resources(item, one.files))


def _says(shown: dict[str, Any], wanted: dict[str, Any]) -> bool:
    return all(shown.get(key) == value for key, value in wanted.items())


def _dataset(item: Item) -> dict[str, Any]:
    return {
        "name": name_of(item.id),
        "type": config.dataset_type(),
        "title": f"{item.title.ja}（統合）",
        "owner_org": config.merged_organization(),
        "item": item.id,
        "license_id": "other-open",
        "licence_text": "行ごとの src_licence と attribution.txt のとおり / as stated in src_licence and attribution.txt",
        "url": f"{tk.config['ckan.site_url'].rstrip('/')}/item/{item.id}",
        "edition": item.edition.name,
    }


def _notes(item: Item, towns: int, rows: int) -> str:
    return (
        f"{item.question.ja}。{towns}の自治体が公開したファイルを一つの形にまとめた表です（{rows:,}行）。"
        "どの行も、もとのファイル・行番号・ライセンスを持っています。\n\n"
        f"{item.question.en} One table of the files that {towns} municipalities publish ({rows:,} rows); "
        "every row names its file, line and licence."
    )


def _resources(item: Item, files: dict[str, dict[str, Any]] | None) -> list[dict[str, Any]]:
    made = []
    for kind in [*exports.formats(item), *exports.SIDE]:
        title, form = TITLES[kind]
        one = {"id": resource_id(item.id, kind), "url": address(item.id, kind), "name": title, "format": form}
        if files:
            one |= {"hash": files[kind]["sha256"], "size": files[kind]["bytes"]}
        if files and kind == TABLE and store.is_on():
            one["datastore_active"] = True
        made.append(one)
    return made


def call(action: str, data: dict[str, Any]) -> dict[str, Any]:
    """An action as the site itself."""
    user = tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]
    return msgspec.to_builtins(tk.get_action(action)({"ignore_auth": True, "user": user}, data))
