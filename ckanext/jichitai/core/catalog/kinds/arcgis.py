"""An ArcGIS Hub: its datasets by the hub's search, each layer with its exports as files.

The key is the layer's id (item id and layer number), so a title may change. Complete = every page
came, as many as `numberMatched`, ids unique.
Source: OGC API Records as ArcGIS Hub serves it (/api/search/v1), downloads of /api/download/v1.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlencode, urlsplit

import msgspec

from ..lexicon import Lexicon
from ..values import Page, Progress, Record, RemoteFile, Request, Source
from ..wash import address, plain_text, wash
from .payload import Unreadable, json_of

ROWS = 100
CAP = 32_000_000
ACCEPT = "application/geo+json, application/json"
EXPORTS = (("csv", "CSV"), ("geojson", "GeoJSON"))
LAYERS = ("feature layer", "table", "feature service")

Properties = dict[str, object]


def first(source: Source) -> Request:
    """The first page."""
    return _ask(source, 1, ROWS)


def smaller(request: Request) -> Request | None:
    """The same place with half the rows."""
    base, _, query = request.url.partition("?")
    asked = {name: values[0] for name, values in parse_qs(query).items()}
    if int(asked["limit"]) <= 5:
        return None
    asked["limit"] = str(int(asked["limit"]) // 2)
    return msgspec.structs.replace(request, url=f"{base}?{urlencode(asked)}")


def read(
    source: Source,
    request: Request | None,
    body: bytes,
    headers: Mapping[str, str],
    progress: Progress,
    lexicon: Lexicon,
) -> Page:
    """Read one page of the search."""
    try:
        count, features = _result(json_of(body))
    except Unreadable as fault:
        return Page(fault=fault.cls, detail=fault.why)
    query = parse_qs(urlsplit((request or first(source)).url).query)
    start, rows = int(query["startindex"][0]), int(query["limit"][0])
    ids = [wash(feature.get("id")) for feature in features]
    progress = msgspec.structs.replace(
        progress,
        declared=count if progress.declared is None else progress.declared,
        bound=progress.bound or count // max(len(ids), 1) + 2,
        pages=progress.pages + 1,
        seen=progress.seen.union(ids),
        broken=progress.broken
        or progress.declared not in (None, count)
        or len(set(ids)) < len(ids)
        or not progress.seen.isdisjoint(ids),
    )
    more = bool(ids) and start - 1 + len(ids) < count and progress.pages < progress.bound
    return Page(
        records=tuple(_record(source, feature, lexicon) for feature in features),
        next=_ask(source, start + len(ids), rows) if more else None,
        complete=None if more else len(progress.seen) == progress.declared and not progress.broken,
        declared=progress.declared,
        progress=progress,
    )


def _result(answer: object) -> tuple[int, list[Properties]]:
    """Count and features. Raises Unreadable where it is no answer of a hub."""
    found: dict[str, object] = answer if isinstance(answer, dict) else {}
    count, features = found.get("numberMatched"), found.get("features")
    if type(count) is not int or count < 0 or not isinstance(features, list):
        raise Unreadable("bad_answer", "no numberMatched or no features")
    if not all(isinstance(feature, dict) for feature in features):
        raise Unreadable("bad_answer", "a feature is no object")
    return count, features


def _record(source: Source, feature: Properties, lexicon: Lexicon) -> Record:
    key = wash(feature.get("id"))
    inner = feature.get("properties")
    said: Properties = inner if isinstance(inner, dict) else {}
    base = source.url.rstrip("/")
    licence = plain_text(said.get("licenseInfo")) or wash(said.get("license")) or source.licence or ""
    sent = json.dumps(feature, ensure_ascii=False, sort_keys=True)
    return Record(
        remote_id=key,
        name=key,
        title=wash(said.get("title")),
        notes=plain_text(said.get("description")) or plain_text(said.get("snippet")),
        tags=_texts(said.get("tags")),
        groups=(),
        files=_files(base, key, said, lexicon),
        licence=lexicon.licence(licence, wash(said.get("license"))),
        licence_text=licence,
        issued=_moment(said.get("created")),
        modified=_moment(said.get("modified")),
        landing=f"{base}/datasets/{key}",
        publisher_name=wash(said.get("source")) or wash(said.get("owner")),
        identifiers=(key,),
        raw=hashlib.sha256(sent.encode("utf-8", "surrogatepass")).hexdigest(),
    )


def _files(base: str, key: str, said: Properties, lexicon: Lexicon) -> tuple[RemoteFile, ...]:
    """A layer's exports; anything else is one file at its own address."""
    modified = _moment(said.get("modified"))
    item, _, layer = key.partition("_")
    if wash(said.get("type")).lower() in LAYERS:
        root = f"{base}/api/download/v1/items/{item}"
        return tuple(
            RemoteFile(
                f"{key}.{ending}",
                f"{root}/{ending}?{urlencode({'redirect': 'true', 'layers': layer or '0'})}",
                f"{wash(said.get('title'))} ({label})",
                format=label,
                format_text=label,
                modified=modified,
            )
            for ending, label in EXPORTS
        )
    url = address(said.get("url"), base + "/") or f"{base}/datasets/{key}"
    label = wash(said.get("type"))
    return (
        RemoteFile(key, url, wash(said.get("title")), format=lexicon.format(url, label), format_text=label),
    )


def _moment(value: object) -> str | None:
    """The hub's time, milliseconds since 1970, as UTC."""
    if type(value) is not int or not 0 < value < 32_503_680_000_000:
        return None
    return datetime.fromtimestamp(value / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _texts(value: object) -> tuple[str, ...]:
    return (
        tuple(dict.fromkeys(text for one in value if (text := wash(one)))) if isinstance(value, list) else ()
    )


def _ask(source: Source, start: int, rows: int) -> Request:
    query = urlencode({"startindex": start, "limit": rows})
    return Request(f"{source.url.rstrip('/')}/api/search/v1/collections/dataset/items?{query}", ACCEPT, CAP)
