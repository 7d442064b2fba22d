"""A package of CKAN in our words.

Dates: the latest `last_modified` of a resource, else `created`; never `metadata_modified`, which
Tokyo's portal rewrote in 2025. CKAN writes them without a zone and means UTC.
"""

import hashlib
import json
from datetime import UTC

from ..lexicon import Lexicon
from ..values import Record, RemoteFile, Source
from ..wash import UNKEPT, address, is_internal, moment, wash

FREQUENCY = "更新頻度"  # key of an extra on Tokyo's portal, not a column of an item
STANDARD = ("準拠する標準", "conforms_to", "conformsTo")
OTHER_IDS = ("identifier", "guid", "uri")

Package = dict[str, object]


def organization(package: Package) -> str:
    """Name of the organization, "" if it has none."""
    found = package.get("organization")
    return wash(found.get("name")) if isinstance(found, dict) else ""


def record(source: Source, package: Package, lexicon: Lexicon) -> Record:
    """The record; what is missing stays empty, judging it is the plan's."""
    base = source.url.rstrip("/") + "/"
    extras = {wash(extra.get("key")): wash(extra.get("value")) for extra in _dicts(package.get("extras"))}
    files = tuple(_file(resource, base, lexicon) for resource in _dicts(package.get("resources")))
    name = wash(package.get("name"))
    sent = json.dumps(package, ensure_ascii=False, sort_keys=True)
    licence = [wash(package.get(key)) for key in ("license_id", "license_title", "license_url")]
    licence_text = licence[1] or licence[0] or licence[2] or source.licence or ""
    return Record(
        remote_id=wash(package.get("id")),
        name=name,
        title=wash(package.get("title")),
        notes=wash(package.get("notes")),
        tags=_words(package.get("tags"), "display_name", "name"),
        groups=_words(package.get("groups"), "title", "name"),
        files=files,
        licence=lexicon.licence(*licence, licence_text),
        licence_text=licence_text,
        frequency=lexicon.frequency(extras.get(FREQUENCY, "")),
        frequency_text=extras.get(FREQUENCY, ""),
        issued=moment(package.get("metadata_created"), UTC),
        modified=max((file.modified or file.created or "" for file in files), default="") or None,
        landing=address(package.get("url"), base) or address(f"dataset/{name}", base),
        publisher_name=wash(package.get("author")) or wash(package.get("maintainer")),
        publisher_email=wash(package.get("author_email")) or wash(package.get("maintainer_email")),
        organization=organization(package) or None,
        identifiers=tuple(extras[key] for key in OTHER_IDS if extras.get(key)),
        standards=tuple(extras[key] for key in STANDARD if extras.get(key)),
        language=wash(package.get("language")) or extras.get("language", ""),
        extras={key: text for key, text in extras.items() if key and key != FREQUENCY},
        raw=hashlib.sha256(sent.encode("utf-8", "surrogatepass")).hexdigest(),
        notices=_notices(package, files),
    )


def _file(resource: Package, base: str, lexicon: Lexicon) -> RemoteFile:
    written = wash(resource.get("url"))
    url = address(written, base)
    note, size = wash(resource.get("description")), resource.get("size")
    if not url or is_internal(url):
        # No link for a reader: kept as plain text, so that nothing is lost.
        url, note = "", "\n".join(part for part in (note, written) if part)
    label = wash(resource.get("format"))
    return RemoteFile(
        id=wash(resource.get("id")) or url,
        url=url,
        name=wash(resource.get("name")),
        description=note,
        format=lexicon.format(url, label),
        format_text=label,
        size=size if type(size) is int and size > 0 else None,
        created=moment(resource.get("created"), UTC),
        modified=moment(resource.get("last_modified"), UTC),
    )


def _notices(package: Package, files: tuple[RemoteFile, ...]) -> tuple[str, ...]:
    texts = [
        package.get("title"),
        package.get("notes"),
        *(file.get("name") for file in _dicts(package.get("resources"))),
    ]
    washed = any(isinstance(text, str) and UNKEPT.search(text) for text in texts)
    internal = any(not file.url for file in files)
    return (*(("text_washed",) if washed else ()), *(("link_internal",) if internal else ()))


def _dicts(value: object) -> list[Package]:
    return [part for part in value if isinstance(part, dict)] if isinstance(value, list) else []


def _words(value: object, *keys: str) -> tuple[str, ...]:
    """Names of tags or groups in the first key that is filled; groups by title, ids were renumbered."""
    found = [next((text for key in keys if (text := wash(part.get(key)))), "") for part in _dicts(value)]
    return tuple(dict.fromkeys(word for word in found if word))
