"""Datasets that two sources of one municipality both publish: one dataset, of the better rank.

Equal identifier, landing page or set of file addresses make twins; equal titles do not. A mark that
several records of one list carry (an office's start page as everybody's landing page) tells nothing.
"""

from collections.abc import Iterable

import msgspec

from .planned import Other, Present
from .values import Record, Source

TELLING = 8  # characters of an id: a shorter one may be equal by accident


class Twins(msgspec.Struct, frozen=True):
    """The records of the other sources of a municipality, by mark and by dataset."""

    by_mark: dict[str, Other]
    by_dataset: dict[str, tuple[Other, ...]]

    def of_row(self, row: Present) -> tuple[Other, ...]:
        """Records of other sources that stand for the same dataset as this ledger row."""
        return self.by_dataset.get(row.dataset_id, ())

    def leads(self, row: Present, source: Source) -> bool:
        """Whether the source's record is the one that its dataset is written from, once it is listed."""
        rivals = [other for other in self.of_row(row) if other.state == "live"]
        return all(before(source, other) for other in rivals)

    def heir(self, row: Present) -> bool:
        """Whether another source's record can take the dataset over."""
        return any(other.state == "twin" and not other.misses for other in self.of_row(row))


def twins(others: Iterable[Other]) -> Twins:
    """Others by what they can be known by; marks that two datasets carry are left out."""
    by_mark: dict[str, Other] = {}
    by_dataset: dict[str, list[Other]] = {}
    shared = set[str]()
    for other in sorted(others, key=lambda each: (each.rank, each.source, each.remote_id)):
        by_dataset.setdefault(other.dataset_id, []).append(other)
        if other.state != "live":
            continue
        for mark in marks((other.remote_id, *other.identifiers), other.landing, other.files):
            known = by_mark.setdefault(mark, other)
            if known.dataset_id != other.dataset_id:
                shared.add(mark)
    return Twins(
        {mark: other for mark, other in by_mark.items() if mark not in shared},
        {dataset: tuple(rows) for dataset, rows in by_dataset.items()},
    )


def matches(records: Iterable[Record], known: Twins) -> dict[str, Other]:
    """Remote id → the other source's record it is a twin of. One dataset is given to one record only."""
    carried: dict[str, list[str]] = {}
    for record in records:
        identifiers = (record.remote_id, *record.identifiers)
        for mark in marks(identifiers, record.landing, [file.url for file in record.files]):
            carried.setdefault(mark, []).append(record.remote_id)
    found: dict[str, Other] = {}
    given = set[str]()
    for mark, keys in sorted(carried.items(), key=lambda each: (each[1], each[0])):
        other = known.by_mark.get(mark)
        if other and len(keys) == 1 and keys[0] not in found and other.dataset_id not in given:
            found[keys[0]] = other
            given.add(other.dataset_id)
    return found


def marks(identifiers: Iterable[str], landing: str, files: Iterable[str]) -> frozenset[str]:
    """What a record can be known by in another list: ids, landing page, all its file addresses together."""
    found = {f"id {text}" for text in identifiers if len(text) >= TELLING}
    if landing:
        found.add(f"page {landing.rstrip('/')}")
    if urls := sorted({url for url in files if url}):
        found.add("files " + " ".join(urls))
    return frozenset(found)


def before(source: Source, other: Other) -> bool:
    """Whether the source comes before the other's: better rank, then the id, so that it never depends on time."""
    return (source.rank, source.id) < (other.rank, other.source)
