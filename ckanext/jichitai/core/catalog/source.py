"""Sources as rows of a YAML file: read, or refused with file, row and the word that was meant."""

import re
from collections.abc import Collection
from urllib.parse import urlsplit

import msgspec
import soupsieve
import yaml

from ..definitions.error import nearest
from .values import Source

ID = re.compile("[a-z0-9][a-z0-9-]{1,59}")
CODE = re.compile("[0-9]{6}")
KEYS = tuple(field.name for field in msgspec.structs.fields(Source))


class SourceError(Exception):
    """A row that cannot be used. file: its name; row: id or number of the row; message: what to do."""

    def __init__(self, file: str, row: str, message: str) -> None:
        self.file, self.row, self.message = file, row, message
        super().__init__(f"{file}: {row}: {message}" if row else f"{file}: {message}")


def sources(text: str, file: str, municipalities: Collection[str] = ()) -> tuple[Source, ...]:
    """All rows of a file, in order.

    municipalities: codes that exist; empty: any of six digits.
    Raises SourceError for the first row that cannot be used.
    """
    try:
        rows: object = yaml.load(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as fault:
        raise SourceError(file, "", f"no YAML: {fault}") from fault
    if rows is None:
        return ()
    if not isinstance(rows, list):
        raise SourceError(file, "", "must be a list of rows, each beginning with a dash")
    found: dict[str, Source] = {}
    for number, row in enumerate(rows, start=1):
        source = _source(row, file, number)
        check(source, file, municipalities)
        if source.id in found:
            raise SourceError(file, source.id, "the id stands twice")
        found[source.id] = source
    return tuple(found.values())


def _source(row: object, file: str, number: int) -> Source:
    if not isinstance(row, dict):
        raise SourceError(file, f"row {number}", "must be a mapping of keys")
    name = str(row.get("id") or f"row {number}")
    for word in row:
        if word not in KEYS:
            raise SourceError(file, name, f"unknown key {word!r}{nearest(str(word), KEYS)}")
    if isinstance(row.get("municipality"), int):
        raise SourceError(file, name, "put the municipality's code in quotes, so that it keeps its zeros")
    try:
        return msgspec.convert(row, Source)
    except msgspec.ValidationError as fault:
        raise SourceError(file, name, str(fault)) from fault


def check(source: Source, file: str, municipalities: Collection[str] = ()) -> None:
    """Raise SourceError where a row says something that cannot be. Also for sources added by hand."""
    if not ID.fullmatch(source.id):
        raise SourceError(file, source.id, "an id is 2 to 60 letters a-z, digits and hyphens")
    if not CODE.fullmatch(source.municipality) or (
        municipalities and source.municipality not in municipalities
    ):
        raise SourceError(
            file,
            source.id,
            f"no municipality {source.municipality!r}{nearest(source.municipality, municipalities)}",
        )
    if source.enabled and source.type != "files" and not _is_address(source.url):
        raise SourceError(file, source.id, f"url must be an http(s) address, not {source.url!r}")
    if source.rank < 1 or (source.pause is not None and source.pause < 0):
        raise SourceError(file, source.id, "rank begins at 1, pause at 0 seconds")
    low, high = source.expect.min, source.expect.max
    if low is not None and high is not None and low > high:
        raise SourceError(file, source.id, "expect: min is above max")
    if source.type == "html_links" and not _is_selector(source.selector or "*"):
        raise SourceError(file, source.id, f"selector {source.selector!r} is no CSS selector")
    keys = [listed.key for listed in source.files]
    if len(set(keys)) < len(keys):
        raise SourceError(file, source.id, "files: a key stands twice")


def _is_selector(text: str) -> bool:
    try:
        soupsieve.compile(text)
    except soupsieve.SelectorSyntaxError:
        return False
    return True


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.username is None
    except ValueError:
        return False
