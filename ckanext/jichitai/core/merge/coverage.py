"""The matrix, municipality × item: what each town publishes, and how usable it is.

A cell's state is the best of its current files; `none` says "not registered here", never "no data".
"""

from collections.abc import Iterable, Mapping

import msgspec

from ..definitions.model import RuleBook
from .fresh import fresh
from .missing import Share
from .values import Cell, Fate, InputFile

# Best first.
STATES = ("valid", "repaired", "partial", "invalid", "unreadable", "listed")
# Files of these fates are in no cell: older, another item, or ours.
ELSEWHERE: frozenset[Fate] = frozenset({"superseded", "other_item", "other", "own_output"})
LISTED: dict[Fate, str] = {
    "unreachable": "unreachable",
    "licence_closed": "licence_closed",
    "excluded": "excluded",
    "too_large": "too_large",
}
NO_TABLE = ("html", "pdf", "image")


class Judged(msgspec.Struct, frozen=True):
    """A file with its fate, and how many of its rows were set aside; item: whose cell it is in."""

    file: InputFile
    item: str
    fate: Fate
    quarantined: int = 0


def coverage(
    book: RuleBook,
    files: Iterable[Judged],
    parts: Mapping[str, Iterable[Share]],
    today: str,
    held: frozenset[tuple[str, str]] = frozenset(),
    not_applicable: Mapping[tuple[str, str], str] | None = None,
) -> list[Cell]:
    """All cells of the municipalities that stand in the matrix, by code and number of the item.

    parts: item → municipalities' parts of its merged table. today: ISO day, for freshness.
    held: (municipality, item) that the guard holds. not_applicable: → the municipality's own reason.
    """
    by_cell: dict[tuple[str, str], list[Judged]] = {}
    for one in files:
        if one.fate not in ELSEWHERE:
            by_cell.setdefault((one.file.municipality, one.item), []).append(one)
    rows = {(share.municipality, item): share for item, some in parts.items() for share in some}
    reasons = not_applicable or {}
    return [
        _cell((town.code, item), by_cell.get((town.code, item), []), rows, today, held, reasons)
        for town in sorted(book.municipalities.values(), key=lambda town: town.code)
        if town.matrix
        for item in book.items
    ]


def _cell(
    key: tuple[str, str],
    files: list[Judged],
    rows: Mapping[tuple[str, str], Share],
    today: str,
    held: frozenset[tuple[str, str]],
    reasons: Mapping[tuple[str, str], str],
) -> Cell:
    town, item = key
    share = rows.get(key)
    if not files and not share:
        why = reasons.get(key)
        return Cell(town, item, "not_applicable" if why else "none", why=why)
    state, why = _state(files)
    best = max(files, key=lambda one: (one.file.date or one.file.fetched, one.file.resource), default=None)
    read = sum(one.file.rows_total for one in files if _verdict(one) in STATES[:4])
    return Cell(
        municipality=town,
        item=item,
        state="held" if key in held else state,
        datasets=len({one.file.dataset for one in files}),
        files=len(files),
        rows=share.rows if share else 0,
        quarantined=sum(one.quarantined for one in files) if read else 0,
        missing=share.missing if share else None,
        fresh=fresh([(one.file.date, one.file.frequency) for one in files], today),
        changed=share.changed if share else None,
        report=best.file.resource if best else None,
        dataset=best.file.dataset if best else None,
        why=why,
    )


def _state(files: list[Judged]) -> tuple[str, str | None]:
    """The best state of the files, and for `listed` why there is no table."""
    verdicts = [(_verdict(one), one) for one in files]
    for state in STATES:
        if found := [one for verdict, one in verdicts if verdict == state]:
            return state, _why(found[0]) if state == "listed" else None
    return ("unchecked", None) if files else ("held", None)


def _verdict(one: Judged) -> str:
    """The state of one file."""
    if one.fate in LISTED or (one.file.verdict == "unreadable" and one.file.format in NO_TABLE):
        return "listed"
    return one.file.verdict


def _why(one: Judged) -> str:
    return LISTED.get(one.fate, "no_table")
