"""Rows of a merged table by words, municipality, place: over the release's own Parquet file.

Keyset pages: `next` holds the sort key of the last row, so that a page never shifts.
"""

import base64
import binascii
from typing import Any

import msgspec
import polars as pl
from ckan.plugins import toolkit as tk

from ckanext.jichitai.bridge import archive
from ckanext.jichitai.bridge.rulebook import book
from ckanext.jichitai.core.definitions.model import Item
from ckanext.jichitai.core.merge.distance import metres
from ckanext.jichitai.core.merge.values import ROW, SRC, TEXT

from .releases import Release

LATITUDE, LONGITUDE, DISTANCE = "_lat", "_lon", "distance_m"
RADIUS = 1000.0  # metres, where `near` states none
MOST = 1000  # rows a page
MARKS = r"[\s\-‐‑–—―−ｰー・_]"


class Query(msgspec.Struct, frozen=True):
    """What is asked of one table.

    bbox: west, south, east, north. near: latitude, longitude, metres. columns: item columns wanted
    (empty: all). sort: a column, with - in front for the other way. after: `next` of the page before.
    """

    municipalities: tuple[str, ...] = ()
    text: str = ""
    bbox: tuple[float, float, float, float] | None = None
    near: tuple[float, float, float] | None = None
    columns: tuple[str, ...] = ()
    row: str = ""
    distinct: bool = False
    published: bool = False
    sort: str = ""
    limit: int = 50
    after: str = ""


class Page(msgspec.Struct, frozen=True):
    """total: rows that fit, on all pages. rows: of this page. next: for the next one, None on the last."""

    total: int
    rows: pl.DataFrame
    next: str | None


def search(one: Release, item: Item, query: Query) -> Page:
    """The rows of a release that fit. Raises ValidationError where the query cannot be meant."""
    with archive.exports().path(one.files["rows"]["name"]) as path:
        rows = pl.scan_parquet(path)
        fitting = _fitting(rows, item, query)
        keys = _keys(query, item)
        found = fitting.select(*dict.fromkeys(["row_id", *keys, "src_municipality_code"])).collect()
        total = found.height
        found = _sorted(found, keys, query)
        page = _after(found, keys, query).head(query.limit + 1)
        more = page.height > query.limit
        page = page.head(query.limit)
        wanted = page.select("row_id", *([DISTANCE] if query.near else []))
        whole = rows.filter(pl.col("row_id").is_in(wanted["row_id"].implode())).collect()
    shown = wanted.join(whole, on="row_id", how="left", maintain_order="left")
    if query.published:
        shown = _published(shown)
    return Page(total, shown.select(_columns(item, query, shown)), _token(page, keys) if more else None)


def _fitting(rows: pl.LazyFrame, item: Item, query: Query) -> pl.LazyFrame:
    if query.row:
        rows = rows.filter(pl.col("row_id") == query.row)
    if query.municipalities:
        rows = rows.filter(pl.col("src_municipality_code").is_in(query.municipalities))
    if query.distinct:
        # Of two that nothing tells apart, the one with the smaller id stands for both.
        other = pl.col("row_duplicate_of")
        stands = (pl.col("row_reason") == "undecided") & (pl.col("row_id") < other)
        rows = rows.filter(other.is_null() | stands)
    if query.text:
        names = [column.name for column in item.columns]
        text = pl.concat_str([pl.col(names), pl.col("src_municipality")], separator="\n", ignore_nulls=True)
        for word in query.text.split():
            rows = rows.filter(_folded(text).str.contains(_word(word), literal=True))
    if query.bbox or query.near:
        if item.position is None:
            raise tk.ValidationError({"bbox": [tk._("This item has no positions.")]})
        latitude, longitude = (pl.col(name).cast(pl.Float64, strict=False) for name in item.position)
        rows = rows.with_columns(latitude.alias(LATITUDE), longitude.alias(LONGITUDE))
    if query.bbox:
        west, south, east, north = query.bbox
        rows = rows.filter(
            pl.col(LONGITUDE).is_between(west, east) & pl.col(LATITUDE).is_between(south, north)
        )
    if query.near:
        at_latitude, at_longitude, radius = query.near
        rows = rows.with_columns(pl.lit(at_latitude).alias("_lat0"), pl.lit(at_longitude).alias("_lon0"))
        distance = metres(LATITUDE, LONGITUDE, "_lat0", "_lon0").round(1)
        rows = rows.with_columns(distance.alias(DISTANCE)).filter(pl.col(DISTANCE) <= radius)
    return rows


def _keys(query: Query, item: Item) -> list[str]:
    """Columns by which the pages are sorted; the last is unique."""
    if query.near:
        return [DISTANCE, "row_id"]
    if query.sort:
        name = query.sort.removeprefix("-")
        if name not in {column.name for column in item.columns} | set(ROW) | set(SRC):
            raise tk.ValidationError({"sort": [tk._("There is no column {}.").format(name)]})
        return [name, "row_id"]
    return ["src_municipality_code", "row_id"]


def _sorted(found: pl.DataFrame, keys: list[str], query: Query) -> pl.DataFrame:
    down = query.sort.startswith("-") and not query.near
    found = found.sort(keys, descending=[down, False], nulls_last=True, maintain_order=True)
    return found.with_row_index("_place")


def _after(found: pl.DataFrame, keys: list[str], query: Query) -> pl.DataFrame:
    """What follows the row that the token names; a row that is gone meanwhile is found by its sort key."""
    if not query.after:
        return found
    value, row_id = _read(query.after)
    at = found.filter(pl.col("row_id") == row_id)
    if at.height:
        return found.filter(pl.col("_place") > at["_place"][0])
    down = query.sort.startswith("-") and not query.near
    key = pl.col(keys[0])
    beyond = key.is_null() if value is None else (key < value if down else key > value) | key.is_null()
    return found.filter(beyond | (key.eq_missing(pl.lit(value)) & (pl.col("row_id") > row_id)))


def _token(page: pl.DataFrame, keys: list[str]) -> str:
    last = page.row(-1, named=True)
    return base64.urlsafe_b64encode(msgspec.json.encode([last[keys[0]], last["row_id"]])).decode().rstrip("=")


def _read(token: str) -> tuple[Any, str]:
    try:
        value, row_id = msgspec.json.decode(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
    except (ValueError, TypeError, binascii.Error) as error:
        raise tk.ValidationError({"after": [tk._("This is not the `next` of a page.")]}) from error
    return value, row_id


def _columns(item: Item, query: Query, shown: pl.DataFrame) -> list[str]:
    """The item's columns asked for, by name or term, then those of every merged table."""
    names = [column.name for column in item.columns]
    if query.columns:
        by_term = {column.term: column.name for column in item.columns}
        asked = [by_term.get(name, name) for name in query.columns]
        if unknown := [name for name in asked if name not in names and name not in shown.columns]:
            raise tk.ValidationError({"columns": [tk._("There is no column {}.").format(unknown[0])]})
        rest = ["row_id", "src_municipality_code", "src_municipality"]
        return list(dict.fromkeys([*asked, *rest, *([DISTANCE] if query.near else [])]))
    return [*names, *ROW, *SRC, *TEXT, *([DISTANCE] if query.near else [])]


def _published(rows: pl.DataFrame) -> pl.DataFrame:
    """Cells as their publisher wrote them, where that differs."""
    texts = [msgspec.json.decode(text) if text else {} for text in rows["verbatim"]]
    changed = sorted({name for cells in texts for name in cells} & set(rows.columns))
    return rows.with_columns(
        pl.Series(
            name,
            [cells.get(name, value) for cells, value in zip(texts, rows[name], strict=True)],
            dtype=pl.String,
        )
        for name in changed
    )


def _folded(text: pl.Expr) -> pl.Expr:
    return text.str.normalize("NFKC").str.to_lowercase().str.replace_all(MARKS, "")


def _word(word: str) -> str:
    return pl.select(_folded(pl.lit(word))).item()


def town_codes(wanted: str | list[str] | None) -> tuple[str, ...]:
    """Municipality codes of codes or slugs. Raises ValidationError for one that this site does not know."""
    known = {town.slug: town.code for town in book().municipalities.values()} | {
        code: code for code in book().municipalities
    }
    names = [wanted] if isinstance(wanted, str) else wanted or []
    names = [name.strip() for text in names for name in text.split(",") if name.strip()]
    if unknown := [name for name in names if name not in known]:
        raise tk.ValidationError(
            {"municipality": [tk._("{} is not a municipality of this site.").format(unknown[0])]}
        )
    return tuple(known[name] for name in names)
