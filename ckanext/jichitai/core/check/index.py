"""What the rule book knows about headings, turned over: heading → columns, item by item.

Built once for a rule book (its digest names it) and kept.
"""

import math
import re

import msgspec

from ..definitions.model import Item, RuleBook
from ..fold import fold_label
from .values import How

# In the order in which evidence is believed.
SCORES: dict[How, float] = {
    "told": 1.0,
    "exact": 1.0,
    "folded": 0.98,
    "alias": 0.95,
    "former": 0.95,
    "prefix": 0.93,
}
# A heading that another item has for the same thing (the same term).
BY_TERM = 0.90
ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://\S*[/#]([^/#?]+)/?$", re.I)
SHORT_NAME = re.compile(r"[a-z]{1,8}:(.+)$", re.I)


class Entry(msgspec.Struct, frozen=True):
    """One way in which a heading names a column. ask: its meaning changed between editions."""

    column: str
    how: How
    score: float
    ask: bool = False


class ItemIndex(msgspec.Struct, frozen=True):
    """What one item knows.

    exact: heading as written → column. entries: folded heading → ways. current, before: folded headings
    of the present and the former edition. former: those that only the former one has. prefixes: folded, without the stroke. terms: term → column. joins: column → folded headings.
    demanded: terms of the columns that are required or name a row. wide: folded headings of the tail that a wide
    file carries behind the item's own columns.
    """

    item: Item
    exact: dict[str, str]
    entries: dict[str, list[Entry]]
    current: frozenset[str]
    before: frozenset[str]
    former: frozenset[str]
    prefixes: tuple[str, ...]
    terms: dict[str, str]
    joins: dict[str, tuple[str, ...]]
    demanded: frozenset[str]
    wide: frozenset[str]


class Index(msgspec.Struct, frozen=True):
    """The whole book. owners: folded heading → items that know it. reach: folded heading → items that know it
    or have a column of the same meaning (term). weight: folded heading → rarity over reach, 0–1: 1 for a heading
    of one item, 0 for one of all. terms: folded heading → terms.

    known: what reading is handed to find headers. misleading: headings that name different things in
    different files. kept: first parts that are never taken for a prefix.
    """

    book: RuleBook
    items: dict[str, ItemIndex]
    owners: dict[str, frozenset[str]]
    reach: dict[str, frozenset[str]]
    weight: dict[str, float]
    terms: dict[str, frozenset[str]]
    known: frozenset[str]
    misleading: frozenset[str]
    kept: tuple[str, ...]


_INDEXES: dict[str, Index] = {}


def index_of(book: RuleBook) -> Index:
    """The index of a rule book."""
    if book.digest not in _INDEXES:
        if len(_INDEXES) > 4:
            _INDEXES.clear()
        _INDEXES[book.digest] = _build(book)
    return _INDEXES[book.digest]


def bare(label: str) -> str:
    """A heading without what is no part of its name: the folder of a web address, the short name of a vocabulary."""
    text = label.strip()
    if found := ADDRESS.match(text):
        return found[1]
    if found := SHORT_NAME.match(text):
        return found[1]
    return text


def _build(book: RuleBook) -> Index:
    items = {item.id: _item(item) for item in book.items.values()}
    owners: dict[str, set[str]] = {}
    terms: dict[str, set[str]] = {}
    for name, one in items.items():
        by_name = {column.name: column.term for column in one.item.columns}
        for label, entries in one.entries.items():
            owners.setdefault(label, set()).add(name)
            terms.setdefault(label, set()).update(by_name[entry.column] for entry in entries)
        for label in {part for parts in one.joins.values() for part in parts}:
            owners.setdefault(label, set()).add(name)
    having: dict[str, set[str]] = {}
    for name, one in items.items():
        for term in one.terms:
            having.setdefault(term, set()).add(name)
    reach = {
        label: frozenset(names.union(*(having[term] for term in terms.get(label, ()))))
        for label, names in owners.items()
    }
    total = max(2, len(items))
    weight = {
        label: math.log((total + 1) / (len(names) + 0.5)) / math.log(total + 1)
        for label, names in reach.items()
    }
    known = {label for label in weight if len(label) > 1 or not label.isascii()} | {"no", "id"}
    for one in items.values():
        known.update(label for parts in one.joins.values() for label in parts)
    return Index(
        book,
        items,
        {label: frozenset(names) for label, names in owners.items()},
        reach,
        weight,
        {label: frozenset(found) for label, found in terms.items()},
        frozenset(known),
        _words(book, "misleading"),
        tuple(_words(book, "kept_prefix")),
    )


def _words(book: RuleBook, name: str) -> frozenset[str]:
    words = book.lists.get(name)
    return frozenset(fold_label(word) for word in words.words) if words else frozenset()


def _item(item: Item) -> ItemIndex:
    entries: dict[str, list[Entry]] = {}

    def add(label: str | None, column: str, how: How, score: float | None = None, ask: bool = False) -> None:
        folded = fold_label(label or "")
        if not folded:
            return
        ways = entries.setdefault(folded, [])
        if all(way.column != column for way in ways):
            ways.append(Entry(column, how, SCORES[how] if score is None else score, ask))

    for column in item.columns:
        add(column.name, column.name, "folded")
    former: set[str] = set()
    renamed: set[str] = set()
    joins: dict[str, tuple[str, ...]] = {}
    prefixes: list[str] = []
    for layout in item.layouts:
        how: How = "former" if layout.edition == "former" else "alias"
        if layout.kind != "companion":
            for label, column in layout.labels.items():
                add(label, column, how)
            for label, column in layout.ask.items():
                add(label, column, how, ask=True)
            for column, parts in layout.join.items():
                joins.setdefault(column, tuple(fold_label(part) for part in parts))
        if layout.edition == "former":
            former.update(map(fold_label, (*layout.labels, *layout.ask)))
            former.update(fold_label(part) for parts in layout.join.values() for part in parts)
            renamed.update(map(fold_label, (*layout.labels.values(), *layout.join)))
        prefixes += [fold_label(prefix) for prefix in layout.prefix]
    for column in item.columns:
        if column.label.ja:
            add(column.label.ja, column.name, "alias")
        for alias in column.aliases:
            add(alias.label, column.name, "alias")
    for column in item.columns:
        add(column.physical, column.name, "alias")
        add(column.term, column.name, "alias")
        add(column.label.en, column.name, "alias", 0.94)
    current = frozenset(fold_label(column.name) for column in item.columns if not column.own)
    return ItemIndex(
        item,
        {column.name: column.name for column in item.columns},
        entries,
        current,
        frozenset((current - renamed) | former) if former else frozenset(),
        frozenset(former),
        tuple(dict.fromkeys(prefix for prefix in prefixes if prefix)),
        {column.term: column.name for column in reversed(item.columns)},
        joins,
        frozenset(
            column.term
            for column in item.columns
            if (column.need.level == "required" or column.name in item.identity[:1]) and not column.own
        ),
        frozenset(fold_label(label) for form in item.layouts if form.kind == "wide" for label in form.labels),
    )
