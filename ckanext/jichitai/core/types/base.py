"""What a value type is: a name, a canonical form, a total `parse`, and its own evidence."""

from collections.abc import Callable, Mapping
from typing import Literal

import msgspec

from ..issues.code import Code


class Reading(msgspec.Struct, frozen=True):
    """What one cell says once read.

    value: canonical text; None where nothing can be taken over or where nothing is stated.
    how: kept (canonical or accepted, no finding) · safe (applied) · likely (offered) ·
         ask (a person types it) · refused (not of this type) · absent (なし, 未定, - : not stated).
    code: the issue raised; None means the default of `how`
          (safe: value_form, likely: value_likely, refused and ask: value_refused).
    note: text that belongs into a note column or the finding (second phone number, 2階 …).
    """

    value: str | None
    how: Literal["kept", "safe", "likely", "ask", "refused", "absent"]
    code: Code | None = None
    note: str | None = None


def kept(value: str) -> Reading:
    """The text is canonical, or an accepted other way to write it that makes no finding."""
    return Reading(value, "kept")


def mended(value: str, code: Code | None = None, note: str | None = None) -> Reading:
    """A safe repair: one meaning only."""
    return Reading(value, "safe", code, note)


def likely(value: str, code: Code | None = None, note: str | None = None) -> Reading:
    """A repair that is offered and applied only when the publisher accepts it."""
    return Reading(value, "likely", code, note)


def ask(code: Code | None = None, value: str | None = None) -> Reading:
    """More than one meaning: a person has to type it; `value` is a first proposal."""
    return Reading(value, "ask", code)


def refused(code: Code | None = None) -> Reading:
    """Not of this type."""
    return Reading(None, "refused", code)


def absent() -> Reading:
    """The cell says that nothing is stated (なし, 未定, 不明, a dash)."""
    return Reading(None, "absent")


class ValueType(msgspec.Struct, frozen=True):
    """A kind of cell.

    canonical: regular expression of the canonical form, run over whole columns at once with
        full-match meaning; may be narrower than the type, never wider; None where a check digit
        or a list decides, so that each distinct text is parsed.
    words: canonical texts of a type that a list makes: they are taken at once, as the pattern's are.
    parse: reads one folded text that is not empty. Total: any text gives a Reading.
    examples: text → Reading; the tests and the docs are made from them.
    table_schema: Table Schema type (string, integer, number, date, …); datastore: PostgreSQL type.
    """

    name: str
    canonical: str | None
    parse: Callable[[str], Reading]
    examples: Mapping[str, Reading]
    table_schema: str = "string"
    datastore: str = "text"
    words: frozenset[str] = frozenset()
