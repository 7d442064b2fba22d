"""A file's report and tidy table, from the cache where the same question was asked before.

Known by (sha256, definitions, told): same bytes, same rule book, same things told – same report.
"""

import hashlib
import io

import msgspec
import polars as pl

from ..core import examine
from ..core.check.values import Report, Told
from . import archive, rulebook


def told_digest(told: Told) -> str:
    """A short name for what was told, the same on every machine.

    Titles are evidence, not told: a new title of a dataset asks no new question about its file.
    """
    text = msgspec.json.encode(msgspec.structs.replace(told, title=()), order="deterministic")
    return hashlib.sha256(text).hexdigest()[:16]


def examined(name: str, sha256: str, told: Told) -> tuple[Report, pl.DataFrame | None]:
    """Report and tidy table (None where no item is claimed) of bytes in the archive.

    Raises KeyError when the archive does not hold them.
    """
    place = _place(sha256, told)
    store = archive.tidy()
    if store.has(f"{place}.json"):
        report = msgspec.json.decode(store.read(f"{place}.json"), type=Report)
        table = store.read(f"{place}.parquet") if store.has(f"{place}.parquet") else None
        return report, pl.read_parquet(io.BytesIO(table)) if table else None
    found = examine(name, archive.archive().read(sha256), rulebook.book(), told)
    if found.table is not None:
        sink = io.BytesIO()
        found.table.write_parquet(sink, compression="zstd")
        store.write(f"{place}.parquet", sink.getvalue())
    # The report is written last: where it stands, the table stands too.
    store.write(f"{place}.json", msgspec.json.encode(found.report))
    return found.report, found.table


def report_of(name: str, sha256: str, told: Told) -> Report:
    """Only the report. Raises KeyError when the archive does not hold the bytes."""
    store = archive.tidy()
    place = f"{_place(sha256, told)}.json"
    if store.has(place):
        return msgspec.json.decode(store.read(place), type=Report)
    return examined(name, sha256, told)[0]


def _place(sha256: str, told: Told) -> str:
    """The three parts of the question; the rule book first, so that an old one is one folder to remove."""
    return f"{rulebook.book().digest[:16]}/{sha256[:2]}/{sha256}-{told_digest(told)}"
