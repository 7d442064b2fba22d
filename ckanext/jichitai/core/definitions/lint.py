"""What concerns the items together: terms, numbers, languages, roles. A release has none of these faults.

`load` refuses what makes one item unusable; this says what makes the collection worse.
"""

from collections import defaultdict
from collections.abc import Iterator

from ..fold import fold_label
from .model import Column, Item, RuleBook, Words
from .resolve import WORDED

FIRST, LAST = 1, 27  # numbers of the standard; more may follow


def lint(book: RuleBook) -> list[str]:
    """Every fault as `place: what is wrong`, in order; empty where there is none."""
    return [*_numbers(book), *_terms(book), *_languages(book), *_roles(book), *_lists(book), *_headings(book)]


def _numbers(book: RuleBook) -> Iterator[str]:
    held: dict[int, str] = {}
    for item in book.items.values():
        if item.number in held:
            yield f"{item.id}: number {item.number} is also that of {held[item.number]}"
        held[item.number] = item.id
    for number in range(FIRST, LAST + 1):
        if number not in held:
            yield f"schemas: no item has the number {number}"


def _terms(book: RuleBook) -> Iterator[str]:
    """A term is one thing in all items; text is a looser way to write it, another type is another thing."""
    kinds: dict[str, dict[str, str]] = defaultdict(dict)
    for item in book.items.values():
        for column in item.columns:
            kind = column.of if column.type == "list" and column.of else column.type
            kinds[column.term].setdefault(kind, f"{item.id}: {column.name}")
    for term, places in kinds.items():
        strict = [place for kind, place in places.items() if kind != "text"]
        if len(strict) > 1:
            yield f"{strict[1]}: the term {term!r} has another type at {strict[0]}"


def _languages(book: RuleBook) -> Iterator[str]:
    for item in book.items.values():
        yield from _both(item.id, "title", item.title)
        yield from _both(item.id, "question", item.question)
        for column in item.columns:
            if not column.label.en:
                yield f"{item.id}: {column.name}: no English label"
            if column.note is None:
                yield f"{item.id}: {column.name}: no note"
            else:
                yield from _both(f"{item.id}: {column.name}", "note", column.note)


def _both(place: str, what: str, words: Words) -> Iterator[str]:
    for language, text in (("ja", words.ja), ("en", words.en)):
        if not text.strip():
            yield f"{place}: {what}: nothing in {language}"
    if any("\u3040" <= sign <= "\u9fff" for sign in words.en):
        yield f"{place}: {what}: Japanese in the English text"


def _roles(book: RuleBook) -> Iterator[str]:
    """Roles fit their columns: a position is a latitude and a longitude, a period a date, a key complete."""
    for item in book.items.values():
        if item.position is not None:
            kinds = tuple(item.column(name).type for name in item.position)
            if kinds != ("latitude", "longitude"):
                yield f"{item.id}: position: {' and '.join(kinds)}, not latitude and longitude"
        if item.period is not None and item.column(item.period).type != "date":
            yield f"{item.id}: period: {item.period} is no date"
        if (item.keeps == "series") != (item.period is not None):
            yield f"{item.id}: keeps: a series has a period, and only a series"
        if not item.identity:
            yield f"{item.id}: identity: no row could be refused for saying nothing"
        yield from _wanted(item)


def _wanted(item: Item) -> Iterator[str]:
    for column in item.columns:
        if column.own and column.need.level == "required":
            yield f"{item.id}: {column.name}: asked of everybody, but our own proposal"
        if column.example is None and not column.own and _asks_for_one(column):
            yield f"{item.id}: {column.name}: no example"


def _asks_for_one(column: Column) -> bool:
    """Words of a list speak for themselves."""
    return column.type not in WORDED and column.of not in WORDED


def _lists(book: RuleBook) -> Iterator[str]:
    for words in book.lists.values():
        spelled: dict[str, str] = {}
        for word, about in words.words.items():
            for spelling in (word, *about.spellings, *about.likely):
                if spelled.setdefault(spelling, word) != word:
                    yield f"lists/{words.id}: {spelling!r} stands for {spelled[spelling]!r} and {word!r}"


def _headings(book: RuleBook) -> Iterator[str]:
    """A heading that an edition names and an alias sends elsewhere."""
    for item in book.items.values():
        alias = {fold_label(one.label): column.name for column in item.columns for one in column.aliases}
        for layout in item.layouts:
            for label, name in layout.labels.items():
                if layout.kind != "companion" and alias.get(fold_label(label), name) != name:
                    yield f"{item.id}: the heading {label!r} is {name!r} in a layout and {alias[fold_label(label)]!r} as an alias"
