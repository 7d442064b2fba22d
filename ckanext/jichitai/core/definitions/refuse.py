"""What a resolved item may not say: names nobody knows, one heading for two columns, a false example.

Each item is looked at by itself here; what concerns several items together is lint's.
"""

from collections.abc import Iterable, Iterator

from ..fold import fold_label
from ..rules import Rule
from ..types import TYPES
from .error import DefinitionError, nearest
from .model import Column, Item, RuleBook
from .resolve import WORDED, build

LONGEST = 63  # bytes of a PostgreSQL identifier: a longer name would be cut without a word
OURS = ("row_", "src_")  # columns of the merged tables
GOOD = ("kept", "absent")


def refuse(item: Item, book: RuleBook) -> None:
    """Raise DefinitionError for the first thing that cannot be: the rule book is not usable then."""
    file = f"{item.id}.yaml"
    names: set[str] = set()
    for column in item.columns:
        path = f"columns[{column.name}]"
        for message in (*_name(column, names), *_type(column, book)):
            raise DefinitionError(file, path, message)
        names.add(column.name)
        for message in _example(column, book):
            raise DefinitionError(file, f"{path}.example", message)
    for path, word in _asked(item):
        if word not in names:
            raise DefinitionError(file, path, f"no column {word!r}{nearest(word, names)}")
    for path, message in (*_terms(item), *_aliases(item), *_headings(item)):
        raise DefinitionError(file, path, message)


def _name(column: Column, names: set[str]) -> Iterator[str]:
    if column.name in names:
        yield "the column stands twice"
    if (size := len(column.name.encode())) > LONGEST:
        yield f"the name has {size} bytes, {LONGEST} at most"
    if column.name.startswith(OURS):
        yield f"names beginning {' or '.join(OURS)} are kept for merged tables"


def _type(column: Column, book: RuleBook) -> Iterator[str]:
    known = {*TYPES, *WORDED}
    if column.type not in {*known, "list"}:
        yield f"unknown type {column.type!r}{nearest(column.type, {*known, 'list'})}"
    if column.type == "list" and column.of not in known:
        yield f"a list needs `of`, one of the types{nearest(column.of or '', known)}"
    if column.type != "list" and column.of:
        yield "`of` belongs to the type list"
    kind = column.of if column.type == "list" else column.type
    if kind in WORDED and (column.list or kind) not in book.lists:
        yield f"no list {column.list or kind!r}{nearest(column.list or '', book.lists)}"
    if kind not in WORDED and column.list:
        yield f"`list` belongs to the types {', '.join(WORDED)}"


def _example(column: Column, book: RuleBook) -> Iterator[str]:
    if column.example is None:
        return
    reading = build(column, book.lists).parse(column.example)
    if reading.how not in GOOD:
        yield f"{column.example!r} is not in the form of type {column.type!r}: {reading.how}, {reading.value!r}"


def _asked(item: Item) -> Iterator[tuple[str, str]]:
    """Every place that names a column, with the name."""
    yield from (("key", name) for name in item.key)
    yield from (("identity", name) for name in item.identity)
    yield from (("position", name) for name in item.position or ())
    yield from (("period", name) for name in (item.period,) if name)
    for number, layout in enumerate(item.layouts):
        path = f"layouts[{number}]"
        yield from ((f"{path}.labels[{label}]", name) for label, name in layout.labels.items())
        yield from ((f"{path}.join", name) for name in layout.join)
        yield from ((f"{path}.ask[{label}]", name) for label, name in layout.ask.items())
    for number, rule in enumerate(item.rules):
        yield from ((f"rules[{number}]", name) for name in _named(rule))


def _named(rule: Rule) -> Iterator[str]:
    """The columns that a rule names: all its texts but the words it compares with."""
    held: list[object] = [getattr(rule, field) for field in rule.__struct_fields__ if field != "equals"]
    while held:
        value = held.pop(0)
        if isinstance(value, str):
            yield value
        elif isinstance(value, tuple):
            held += value


def _terms(item: Item) -> Iterator[tuple[str, str]]:
    for term, columns in _doubled((column.term, column.name) for column in item.columns):
        yield f"columns[{columns[1]}].term", f"{term!r} is also the term of {columns[0]!r}"


def _aliases(item: Item) -> Iterator[tuple[str, str]]:
    """One heading may lead to one column only, however it is written."""
    pairs = [(fold_label(column.name), column.name) for column in item.columns]
    pairs += [(fold_label(alias.label), column.name) for column in item.columns for alias in column.aliases]
    for label, columns in _doubled(pairs):
        yield f"columns[{columns[1]}].aliases", f"the heading {label!r} also leads to {columns[0]!r}"


def _headings(item: Item) -> Iterator[tuple[str, str]]:
    for number, layout in enumerate(item.layouts):
        pairs = [(fold_label(label), name) for label, name in (*layout.labels.items(), *layout.ask.items())]
        for label, columns in _doubled(pairs):
            yield f"layouts[{number}]", f"the heading {label!r} leads to {columns[0]!r} and {columns[1]!r}"


def _doubled(pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, list[str]]]:
    """Keys that stand with more than one value, with those values in order."""
    found: dict[str, list[str]] = {}
    for key, value in pairs:
        held = found.setdefault(key, [])
        if value not in held:
            held.append(value)
    yield from ((key, values) for key, values in found.items() if len(values) > 1)
