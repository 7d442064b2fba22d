"""A small invented item and files for it, as the checker would leave them."""

from typing import Any

import msgspec
import polars as pl

from ckanext.jichitai.core.check.values import TIDY
from ckanext.jichitai.core.definitions.model import Item, RuleBook
from ckanext.jichitai.core.merge.consolidate import consolidate
from ckanext.jichitai.core.merge.values import InputFile, Merged

COLUMNS = [
    {"name": "コード", "term": "localGovernmentCode", "label": {"en": "code"}, "type": "area_code"},
    {"name": "番号", "term": "identifier", "label": {"en": "number"}, "type": "id"},
    {"name": "名称", "term": "name", "label": {"en": "name"}, "need": {"level": "required"}},
    {"name": "住所", "term": "fullAddress", "label": {"en": "address"}, "need": {"level": "recommended"}},
    {
        "name": "所在コード",
        "term": "locatedLocalGovernmentCode",
        "label": {"en": "lies in"},
        "type": "area_code",
    },
    {"name": "緯度", "term": "latitude", "label": {"en": "latitude"}, "type": "latitude"},
    {"name": "経度", "term": "longitude", "label": {"en": "longitude"}, "type": "longitude"},
    {"name": "電話", "term": "phoneNumber", "label": {"en": "phone"}, "type": "phone"},
    {"name": "台数", "term": "numberOfSpaces", "label": {"en": "spaces"}, "type": "integer"},
    {"name": "更新日", "term": "modified", "label": {"en": "modified"}, "type": "date"},
]
NAMES = [column["name"] for column in COLUMNS]


def item(**changes: Any) -> Item:
    """The invented item 28: places where sleds are lent."""
    said = {
        "id": "sled_rental",
        "number": 28,
        "national": "99",
        "title": {"ja": "そり貸出所一覧", "en": "Sled rentals"},
        "short": {"ja": "そり", "en": "Sleds"},
        "question": {"ja": "そりはどこで借りられますか。", "en": "Where can I borrow a sled?"},
        "edition": {"name": "1.00"},
        "key": ["コード", "番号"],
        "identity": ["名称", "住所"],
        "columns": COLUMNS,
        "position": ["緯度", "経度"],
        **changes,
    }
    return msgspec.convert(said, Item)


def book(*items: Item) -> RuleBook:
    """A rule book of these items."""
    return RuleBook(items={one.id: one for one in items}, lists={}, municipalities={}, digest="d1")


def row(name: str | None, **cells: Any) -> dict[str, Any]:
    """A row by its Japanese columns."""
    return {"名称": name, **cells}


def tidy(*rows: dict[str, Any]) -> pl.DataFrame:
    """A tidy table: lines counted from 2, all rows valid unless said otherwise."""
    lines = [{"src_line": line, "row_verdict": "valid", **cells} for line, cells in enumerate(rows, 2)]
    return pl.DataFrame(lines, schema={**dict.fromkeys(NAMES, pl.String), **TIDY})


def file(*rows: dict[str, Any], **facts: Any) -> InputFile:
    """A file with these rows; town 131016 unless said otherwise."""
    town = facts.pop("town", "131016")
    table = tidy(*rows)
    said = {
        "municipality": town,
        "municipality_name": f"town {town}",
        "dataset": f"d-{town}",
        "resource": "r1",
        "url": "https://town.example/r1.csv",
        "sha256": "a" * 64,
        "verdict": "valid",
        "item": "sled_rental",
        "format": "csv",
        "fetched": "2026-04-01T00:00:00Z",
        "rows_total": table.height,
        "table": table,
        **facts,
    }
    return InputFile(**said)


def merged(
    *files: InputFile, last: pl.DataFrame | None = None, now: str = "2026-04-02", **more: Any
) -> Merged:
    """The files merged as the invented item."""
    it = more.pop("item", None) or item()
    return consolidate(it, book(it), files, last, now, **more)


def fates(result: Merged) -> list[tuple[str, str | None]]:
    """(name, fate) of every dropped row."""
    return result.dropped.select("名称", "fate").rows()
