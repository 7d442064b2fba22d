"""A municipality's own list of its open data: item 6 of the standard, read like any upload.

Rows of one dataset id are one dataset with several files; without an id, title and landing page
are the key. A row of another body's code is foreign. Former headings are the definition's business.
"""

import json
from collections.abc import Mapping
from hashlib import sha256
from itertools import groupby

from ...check.examine import examine
from ...check.values import Told
from ...definitions.model import Item
from ..lexicon import Lexicon
from ..values import Page, Progress, Record, RemoteFile, Request, Source
from ..wash import address, is_internal, moment, wash

CAP = 100_000_000
Row = dict[str, str]


def first(source: Source) -> Request:
    """The list itself."""
    return Request(
        source.url, "text/csv, application/vnd.openxmlformats-officedocument.spreadsheetml.sheet, */*", CAP
    )


def smaller(request: Request) -> Request | None:
    """A list comes whole."""
    return None


def read(
    source: Source,
    request: Request | None,
    body: bytes,
    headers: Mapping[str, str],
    progress: Progress,
    lexicon: Lexicon,
) -> Page:
    """Every row, those that the check would set aside too: a list is read whole or not at all."""
    # The source type carries the item's id: the one place where code may name an item.
    item = lexicon.book.items["open_data_list"]
    name = source.url.rsplit("/", 1)[-1]
    found = examine(name, body, lexicon.book, Told(item=item.id, municipality=source.municipality))
    if found.table is None:
        html = found.report.file.format == "html"
        return Page(fault="html_page" if html else "bad_answer", detail=found.report.file.format)
    rows = [_by_term(item, row) for row in found.table.iter_rows(named=True)]
    keyed = sorted(
        ((_key(row), place, row) for place, row in enumerate(rows)), key=lambda each: (each[0], each[1])
    )
    records = tuple(
        _record(source, [row for _, _, row in group], lexicon)
        for _, group in groupby(keyed, key=lambda each: each[0])
    )
    seen = frozenset(record.remote_id for record in records)
    return Page(
        records=records,
        complete=True,
        declared=len(records),
        progress=Progress(seen=seen, declared=len(records)),
    )


def _by_term(item: Item, row: Mapping[str, object]) -> Row:
    """What a row says; where the check set a value aside, as it was published."""
    published: dict[str, str] = json.loads(str(row.get("verbatim") or "{}"))
    return {
        column.term: wash(row.get(column.name)) or wash(published.get(column.name)) for column in item.columns
    }


def _key(row: Row) -> tuple[str, str]:
    if identifier := row["identifier"]:
        return identifier, ""
    return row["name"], row["url"]


def _record(source: Source, rows: list[Row], lexicon: Lexicon) -> Record:
    """One dataset from its rows; what they share is taken from the first that says it."""
    said = {term: next((row[term] for row in rows if row[term]), "") for term in rows[0]}
    identifier = said["identifier"]
    landing = address(said["url"], source.url)
    licence = said["fileLicense"] or source.licence or ""
    files = tuple(file for row in rows if (file := _file(row, source.url, lexicon)))
    return Record(
        remote_id=identifier or _mark(said["name"], said["url"]),
        name=identifier,
        title=said["name"],
        notes="\n\n".join(part for part in (said["datasetSubtitle"], said["description"]) if part),
        tags=_parts(said["datasetKeyword"]),
        groups=_parts(said["datasetTheme"]),
        files=files,
        licence=lexicon.licence(licence),
        licence_text=licence,
        frequency=lexicon.frequency(said["datasetFrequency"]),
        frequency_text=said["datasetFrequency"],
        issued=moment(said["datasetIssued"]),
        modified=moment(said["datasetModified"])
        or max((file.modified or "" for file in files), default="")
        or None,
        landing=landing,
        publisher_name=said["contactPointName"],
        publisher_email=said["contactPointEmail"],
        municipality=said["localGovernmentCode"] or None,
        standards=_parts(said["datasetConformsTo"]),
        language=said["datasetLanguage"],
        raw=sha256(repr([sorted(row.items()) for row in rows]).encode("utf-8", "replace")).hexdigest(),
        notices=("link_internal",) if any(not file.url for file in files) else (),
    )


def _file(row: Row, base: str, lexicon: Lexicon) -> RemoteFile | None:
    """The file of a row; None where the row names none."""
    written = row["fileDownloadUrl"] or row["fileAccessUrl"] or (row["url"] if row["fileFormat"] else "")
    if not written:
        return None
    url = address(written, base)
    note = row["fileDescription"]
    if not url or is_internal(url):
        url, note = "", "\n".join(part for part in (note, written) if part)
    return RemoteFile(
        id=url or written,
        url=url,
        name=row["fileTitle"],
        description=note,
        format=lexicon.format(url, row["fileFormat"]),
        format_text=row["fileFormat"],
        licence=lexicon.licence(row["fileLicense"]),
        licence_text=row["fileLicense"],
        size=int(row["fileSize"]) if row["fileSize"].isdecimal() else None,
        created=moment(row["fileIssued"]),
        modified=moment(row["fileModified"]),
    )


def _mark(*parts: str) -> str:
    """A key for rows that carry no id: stays as long as title and page do."""
    return sha256("\n".join(parts).encode()).hexdigest()[:32]


def _parts(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in text.split(";") if part.strip()))
