"""Headings to columns: one heading names one column, by maximum matching, best evidence first."""

from collections.abc import Mapping, Sequence
from typing import Protocol

import msgspec

from .index import Entry, Index, ItemIndex
from .labels import Heading, ways
from .values import How

VALUES = 0.80
AGREED = 0.60


class Agreement(Protocol):
    """What the values say of a heading (its place) and a column: 0–1, None where they cannot tell."""

    def agrees(self, at: int, column: str) -> float | None:
        """Whether the values contradict or back the column."""
        ...

    def tells(self, at: int, column: str) -> float | None:
        """As agrees, where values of the column's type are like no others."""
        ...


class Mapped(msgspec.Struct, frozen=True):
    """Where one heading went. ask: the meaning changed between editions. twin: the column it also names."""

    at: int
    label: str
    column: str | None
    how: How
    score: float
    ask: bool = False
    twin: str | None = None


class ColumnMap(msgspec.Struct, frozen=True):
    """All headings of a file, in their order.

    joined: column → places of the headings that make it up. shared: column → place of a heading that holds
    another column too (35.1,139.7 in one cell).
    """

    headings: tuple[Mapped, ...]
    joined: dict[str, tuple[int, ...]]
    shared: dict[str, int] = {}

    def places(self) -> dict[str, tuple[int, ...]]:
        """Column → places of its headings."""
        found: dict[str, tuple[int, ...]] = {}
        for one in self.headings:
            if one.column is not None:
                found.setdefault(one.column, self.joined.get(one.column, (one.at,)))
        for column, at in self.shared.items():
            found.setdefault(column, (at,))
        return found


def map_columns(
    labels: Sequence[Heading],
    one: ItemIndex,
    index: Index,
    told: Mapping[str, str],
    filled: Sequence[float],
    values: Agreement,
) -> ColumnMap:
    """Map the headings of a file to the columns of an item.

    told: heading as published → column, "" for none. filled: share of filled cells, by place.
    """
    fixed = {heading.at: told[heading.label] for heading in labels if heading.label in told}
    taken = {column for column in fixed.values() if column}
    edges = {
        heading.at: [
            way
            for way in ways(heading, one, index)
            if way.column not in taken and _believed(heading, way, one, index, values)
        ]
        for heading in labels
        if heading.at not in fixed
    }
    joined = _joins(labels, one, edges, taken)
    in_join = {at: column for column, places in joined.items() for at in places}
    free = {at: found for at, found in edges.items() if at not in in_join}
    won = _match(free, filled)
    names = {way.column for way in won.values()} | taken | set(joined)
    tail = _tail(labels, one)
    mapped: list[Mapped] = []
    for heading in labels:
        at, label = heading.at, heading.label
        if at in fixed:
            mapped.append(Mapped(at, label, fixed[at] or None, "told", 1.0))
        elif at in in_join:
            mapped.append(Mapped(at, label, in_join[at], "former", 0.95))
        elif at in won:
            mapped.append(Mapped(at, label, won[at].column, won[at].how, won[at].score, won[at].ask))
        else:
            twin = next((way.column for way in edges.get(at, ()) if way.column in names), None)
            twin = None if at in tail else twin
            mapped.append(Mapped(at, label, None, "none", 0.0, twin=twin))
    mapped = _by_values(mapped, one, names, values)
    return ColumnMap(tuple(mapped), joined, _shared(mapped, one, values))


def _believed(heading: Heading, way: Entry, one: ItemIndex, index: Index, values: Agreement) -> bool:
    """Whether a heading that names different things in different files is backed by the values or the item."""
    misleading = heading.folded in index.misleading or (heading.rest or heading.bare) in index.misleading
    if way.how == "exact" or (not misleading and way.score > 0.9):
        return True
    said = values.agrees(heading.at, way.column)
    if said is not None:
        return said >= AGREED
    # The item's own list knows the word; another item's does not prove it.
    return not misleading or way.score > 0.9


def _joins(
    labels: Sequence[Heading], one: ItemIndex, edges: Mapping[int, list[Entry]], taken: set[str]
) -> dict[str, tuple[int, ...]]:
    """Columns made of several headings, where all of these are there and none names the column itself."""
    joined: dict[str, tuple[int, ...]] = {}
    for column, parts in one.joins.items():
        if column in taken:
            continue
        if any(
            way.column == column and way.how in ("exact", "folded")
            for found in edges.values()
            for way in found
        ):
            continue
        places: list[int] = []
        for part in parts:
            at = next((h.at for h in labels if h.at in edges and part in (h.folded, h.bare, h.rest)), None)
            if at is None or any(way.how in ("exact", "folded") for way in edges[at]):
                break
            places.append(at)
        if len(places) == len(parts):
            joined[column] = tuple(places)
    return joined


def _match(edges: Mapping[int, list[Entry]], filled: Sequence[float]) -> dict[int, Entry]:
    """Maximum matching that prefers evidence, then fuller columns, then the order of the file.

    Headings come in the order of their best evidence; each finds a way, moving earlier ones only to
    another column that they can name as well: no earlier one is ever put out.
    """
    order = sorted(
        (at for at, found in edges.items() if found),
        key=lambda at: (-edges[at][0].score, -round(filled[at], 2), at),
    )
    holder: dict[str, int] = {}
    won: dict[int, Entry] = {}

    def place(at: int, seen: set[str]) -> bool:
        for way in edges[at]:
            if way.column in seen:
                continue
            seen.add(way.column)
            other = holder.get(way.column)
            if other is None or (_movable(won[other], edges[other]) and place(other, seen)):
                holder[way.column] = at
                won[at] = way
                return True
        return False

    for at in order:
        place(at, set())
    return won


def _movable(way: Entry, found: Sequence[Entry]) -> bool:
    """Whether a heading may be moved: only to a column that it names nearly as well."""
    return any(other.column != way.column and other.score >= way.score - 0.05 for other in found)


def _tail(labels: Sequence[Heading], one: ItemIndex) -> set[int]:
    """Places of the facility's columns that a wide file carries behind its own: the same thing twice is its form."""
    wide = [heading for heading in labels if heading.folded in one.wide]
    if len(wide) < 3:
        return set()
    first = min(heading.at for heading in wide)
    parts = {heading.label.partition("_")[0] for heading in wide}
    return {
        heading.at
        for heading in labels
        if heading.at >= first - 1 and heading.label.partition("_")[0] in parts
    }


def _shared(mapped: Sequence[Mapped], one: ItemIndex, values: Agreement) -> dict[str, int]:
    """The other coordinate where one heading holds both of them in each cell."""
    if not one.item.position:
        return {}
    places = {heading.column: heading.at for heading in mapped if heading.column}
    latitude, longitude = one.item.position
    for there, lacking in ((latitude, longitude), (longitude, latitude)):
        if there in places and lacking not in places:
            at = places[there]
            both = (values.tells(at, there), values.tells(at, lacking))
            if all(said is not None and said >= AGREED for said in both):
                return {lacking: at}
    return {}


def _by_values(mapped: Sequence[Mapped], one: ItemIndex, names: set[str], values: Agreement) -> list[Mapped]:
    """Headings that nothing names, by what stands below them, where one column alone fits."""
    found: dict[int, tuple[str, float]] = {}
    claims: dict[str, list[int]] = {}
    for heading in mapped:
        if heading.how != "none" or heading.twin:
            continue
        fits = [
            (said, column)
            for column in one.exact
            if column not in names and (said := values.tells(heading.at, column)) is not None
        ]
        best = max(fits, default=(0.0, ""), key=lambda fit: fit[0])
        if best[0] >= 0.9:
            found[heading.at] = (best[1], round(VALUES * best[0], 2))
            claims.setdefault(best[1], []).append(heading.at)
    out: list[Mapped] = []
    for heading in mapped:
        at = heading.at
        if at in found and claims[found[at][0]] == [at]:
            column, score = found[at]
            out.append(Mapped(at, heading.label, column, "values", score))
        else:
            out.append(heading)
    return out
