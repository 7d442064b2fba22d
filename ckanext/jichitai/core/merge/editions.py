"""How a publisher's files for one item are related: by the rows they share, never by their names.

Equal content: twins. Half of the rows or more in common: editions of one list, the newest wins
whole. Less than a tenth: parts, united. Between: all take part, row by row, with a note.
"""

from collections.abc import Sequence
from typing import Literal

import msgspec
import polars as pl

from .identity import ADDRESS, CONTENT, ID, NAME, OWNER, PERIOD, SEPARATOR, place
from .stack import FILE, ROW_NUMBER
from .values import InputFile, Note

EDITIONS = 0.5  # share of the larger file's rows
PARTS = 0.1  # share of the smaller file's rows
PREFERRED = ("csv", "tsv", "xlsx", "xls")
SHARED = "_shared"  # a text that two rows for the same thing have in common


class Standing(msgspec.Struct, frozen=True):
    """Where a file stands among its publisher's: order (0 best) and, if it gave way, to which file and why."""

    order: int
    to: int | None = None
    why: Literal["twin", "older", "staff"] | None = None


def shared(rows: pl.DataFrame) -> pl.DataFrame:
    """One line a row and text by which another row would be the same: `_row`, `_file`, `_owner`, `_shared`.

    A number alone is none: lists of several kinds of facility each begin at 1.
    """
    ways = {
        "address": [pl.col(NAME), pl.col(ADDRESS)],
        "position": [pl.col(NAME), place()],
        "id-name": [pl.col(ID), pl.col(NAME)],
        "id-address": [pl.col(ID), pl.col(ADDRESS)],
        "row": [pl.col(CONTENT).cast(pl.String)],
    }
    frames = [
        rows.select(
            ROW_NUMBER,
            FILE,
            OWNER,
            pl.concat_str([pl.lit(way), *parts, pl.col(PERIOD)], separator=SEPARATOR).alias(SHARED),
        )
        for way, parts in ways.items()
    ]
    return pl.concat(frames).drop_nulls(SHARED)


def related(
    rows: pl.DataFrame, same: pl.DataFrame, files: Sequence[InputFile]
) -> tuple[dict[int, Standing], list[Note]]:
    """The standing of every file with rows, and notes on files whose relation is unclear.

    rows: described, of publishers with more than one file; same: their `shared`.
    """
    heights = dict(rows.group_by(FILE).len().iter_rows())
    common = _common(same)
    twins = _signatures(rows)
    standings: dict[int, Standing] = {}
    notes: list[Note] = []
    for owner, numbers in sorted(_by_owner(rows).items()):
        ranked = sorted(numbers, key=lambda number: _rank(files[number]), reverse=True)
        leaders = _first_of_twins(ranked, twins, files, standings)
        accepted: list[int] = []
        for number in leaders:
            unclear = _place(number, accepted, heights, common, files, standings)
            notes += [Note(owner, "editions_unclear", {"files": unclear})] if unclear else []
        standings |= {number: Standing(order) for order, number in enumerate(accepted)}
    return standings, notes


def _place(
    number: int,
    accepted: list[int],
    heights: dict[int, int],
    common: dict[tuple[int, int], int],
    files: Sequence[InputFile],
    standings: dict[int, Standing],
) -> str:
    """Put a file among the accepted ones, or behind the one it gives way to; names of an unclear pair."""
    unclear = ""
    for better in list(accepted):
        both = min(common.get((number, better), 0), common.get((better, number), 0))
        if both >= EDITIONS * max(heights[number], heights[better]):
            if _outlived(files[better], files[number]):
                # The publisher's own file changed after staff had put theirs here.
                accepted[accepted.index(better)] = number
                standings[better] = Standing(0, number, "older")
                return unclear
            standings[number] = Standing(0, better, "staff" if _overrules(files, better, number) else "older")
            return unclear
        if both >= PARTS * min(heights[number], heights[better]):
            unclear = f"{files[better].resource}, {files[number].resource}"
    accepted.append(number)
    return unclear


def _first_of_twins(
    ranked: list[int], twins: dict[int, int], files: Sequence[InputFile], standings: dict[int, Standing]
) -> list[int]:
    """The files without those whose content another has too; CSV before workbooks, staff's before both."""
    groups: dict[int, list[int]] = {}
    for number in ranked:
        groups.setdefault(twins[number], []).append(number)
    leaders: list[int] = []
    for group in groups.values():  # in the order of each group's newest
        leader = min(group, key=lambda number: (not files[number].staff, _preference(files[number])))
        leaders.append(leader)
        for number in group:
            if number != leader:
                why = "staff" if _overrules(files, leader, number) else "twin"
                standings[number] = Standing(0, leader, why)
    return leaders


def _overrules(files: Sequence[InputFile], winner: int, loser: int) -> bool:
    return files[winner].staff and not files[loser].staff


def _outlived(staff: InputFile, harvested: InputFile) -> bool:
    return staff.staff and not harvested.staff and harvested.fetched > staff.fetched


def _rank(file: InputFile) -> tuple[object, ...]:
    """Newest last: staff's own, stated period, date, the day these bytes came, then what never ties."""
    negative = tuple(-ord(letter) for letter in f"{file.dataset}{SEPARATOR}{file.resource}")
    return (file.staff, file.period, file.date, file.fetched, -_preference(file)[0], negative)


def _preference(file: InputFile) -> tuple[int, str, str]:
    known = PREFERRED.index(file.format) if file.format in PREFERRED else len(PREFERRED)
    return known, file.dataset, file.resource


def _by_owner(rows: pl.DataFrame) -> dict[str, list[int]]:
    owners: dict[str, list[int]] = {}
    for owner, number in rows.select(OWNER, FILE).unique().sort(OWNER, FILE).iter_rows():
        owners.setdefault(owner, []).append(number)
    return owners


def _signatures(rows: pl.DataFrame) -> dict[int, int]:
    """A number a file that is equal where publisher and content are equal, in any order of rows."""
    sums = rows.group_by(OWNER, FILE).agg(pl.col(CONTENT).sort().cast(pl.String).str.join(SEPARATOR))
    names = {
        signature: number for number, signature in enumerate(sums.select(OWNER, CONTENT).unique().iter_rows())
    }
    return {number: names[owner, content] for owner, number, content in sums.iter_rows()}


def _common(same: pl.DataFrame) -> dict[tuple[int, int], int]:
    """(file, other file of the publisher) → how many of its rows the other has too."""
    texts = same.select(OWNER, FILE, SHARED).unique()
    pairs = texts.join(texts, on=[OWNER, SHARED], suffix="_other").filter(
        pl.col(FILE) != pl.col(f"{FILE}_other")
    )
    hits = same.join(pairs, on=[OWNER, FILE, SHARED]).unique([ROW_NUMBER, f"{FILE}_other"])
    counts = hits.group_by(FILE, f"{FILE}_other").len()
    return {(one, other): count for one, other, count in counts.iter_rows()}
