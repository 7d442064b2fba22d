"""An item as written → the item with its parts' columns in their places; and a column's value type."""

from typing import Any, TypeGuard

import msgspec

from ..types import TYPES, from_words, list_of
from ..types.base import ValueType
from ..types.words import Kind
from .convert import convert
from .error import DefinitionError, nearest
from .model import Alias, Column, Item, ItemSource, Part, PartUse, RuleBook, WordList

WORDED = ("choice", "yes_no", "licence")  # types that are made from a list


def resolve(name: str, source: ItemSource, parts: dict[str, Part], lists: dict[str, WordList]) -> Item:
    """The item `name` (file name without ending) with all its columns.

    Raises DefinitionError where a column, a part or a word in it is not known.
    """
    file = f"{name}.yaml"
    columns: list[Column] = []
    for number, raw in enumerate(source.columns):
        path = f"columns[{number}]"
        if "part" in raw:
            columns += _take(convert(raw, PartUse, file, path), parts, file, path)
        else:
            columns.append(convert(raw, Column, file, path))
    values: dict[str, Any] = {field: getattr(source, field) for field in ItemSource.__struct_fields__}
    values |= {"id": name, "short": source.short or source.title, "columns": tuple(columns)}
    return Item(**values)


def _take(use: PartUse, parts: dict[str, Part], file: str, path: str) -> list[Column]:
    """The columns of a part, changed as the item asks."""
    if use.part not in parts:
        raise DefinitionError(file, f"{path}.part", f"no part {use.part!r}{nearest(use.part, parts)}")
    part = parts[use.part]
    known = {column.name for column in part.columns}
    for key, asked in (("need", use.need), ("example", use.example), ("aliases", use.aliases)):
        for word in asked:
            if word not in known:
                raise DefinitionError(
                    file, f"{path}.{key}", f"part {use.part!r} has no column {word!r}{nearest(word, known)}"
                )
    return [_change(column, use) for column in part.columns]


def _change(column: Column, use: PartUse) -> Column:
    bare = (Alias(column.name),) if use.prefix else ()
    return msgspec.structs.replace(
        column,
        name=use.prefix + column.name,
        own=column.own or use.own,
        need=use.need.get(column.name, column.need),
        example=use.example.get(column.name, column.example),
        aliases=(*bare, *column.aliases, *use.aliases.get(column.name, ())),
    )


def value_type(column: Column, book: RuleBook) -> ValueType:
    """What may stand in the column.

    Raises KeyError for a type or list that the book does not know; a loaded book has none such.
    """
    return build(column, book.lists)


def word_list(column: Column, book: RuleBook) -> WordList | None:
    """The list that the column's words come from, None for other types. Raises KeyError as value_type."""
    kind = column.of if column.type == "list" else column.type
    return book.lists[column.list or kind] if kind in WORDED else None


def is_worded(kind: str) -> TypeGuard[Kind]:
    """Whether a type is made from a list of words."""
    return kind in WORDED


def build(column: Column, lists: dict[str, WordList]) -> ValueType:
    """As value_type, while the book is still being put together."""
    kind = column.of if column.type == "list" and column.of else column.type
    built = _worded(kind, lists[column.list or kind], column) if is_worded(kind) else TYPES[kind]
    return list_of(built) if column.type == "list" else built


# Building a type from its list costs more than reading a short column with it. The list stands in the
# value, so that its identity is not given away while it is the key.
_BUILT: dict[tuple[str, int, bool, tuple[str, str] | None], tuple[WordList, ValueType]] = {}
_MOST = 1000


def _worded(kind: Kind, words: WordList, column: Column) -> ValueType:
    """A type of a list, built once for each way in which columns use it."""
    key = (kind, id(words), column.closed, column.pair)
    if key not in _BUILT:
        if len(_BUILT) >= _MOST:
            _BUILT.clear()
        _BUILT[key] = (words, from_words(kind, words, column.closed, column.pair))
    return _BUILT[key][1]
