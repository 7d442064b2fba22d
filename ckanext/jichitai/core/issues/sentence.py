"""From the facts of an issue to its sentence: what fills the placeholders, in either language."""

import re
from collections.abc import Mapping

import msgspec

# What a sentence may name. `at`: the first place and text in brackets, and how many more there are.
# `first`: the same without the number of others. `example`: the column's example in brackets.
# The others are facts as they are shown; an issue's `details` win over what is made here.
PLACEHOLDERS = frozenset(
    {
        "at",
        "column",
        "count",
        "example",
        "first",
        "format",
        "found",
        "line",
        "item",
        "lines",
        "other",
        "others",
        "suggested",
    }
)
NAMES = re.compile(r"\{(\w*)\}")


class Facts(msgspec.Struct, frozen=True):
    """What is known of an issue when its sentence is made.

    column: the definition's name, column_en its English label, example its example.
    lines: the first lines. cell, found, suggested: of the first place. details: from Issue.details.
    """

    code: str
    count: int = 1
    every: bool = False
    column: str | None = None
    column_en: str | None = None
    example: str | None = None
    lines: tuple[int, ...] = ()
    cell: str | None = None
    found: str | None = None
    suggested: str | None = None
    details: Mapping[str, str] = {}


def values_of(facts: Facts, lang: str) -> dict[str, str]:
    """What fills the placeholders; a fact that is not known is shown as nothing."""
    ja = lang == "ja"
    column = facts.column or ""
    if column and facts.column_en and not ja:
        column = f"{column} ({facts.column_en})"
    lines = ("、" if ja else ", ").join(map(str, facts.lines[:5]))
    if facts.lines and len(facts.lines) < facts.count:
        lines += "…"
    values = {
        "at": _at(facts, ja, facts.count - 1),
        "first": _at(facts, ja, 0),
        "column": column,
        "count": f"{facts.count:,}",
        "example": _aside(facts.example, "例：" if ja else "for example ", ja),
        "found": facts.found,
        "line": str(facts.lines[0]) if facts.lines else None,
        "lines": lines,
        "others": f"{facts.count - 1:,}",
        "suggested": facts.suggested,
    }
    return {name: facts.details.get(name) or value or "" for name, value in values.items()} | {
        name: facts.details.get(name, "") for name in PLACEHOLDERS - set(values)
    }


def _at(facts: Facts, ja: bool, more: int) -> str:
    """（H12「8月16日」ほか41件） / (H12 “8月16日” and 41 more); nothing where no place is known."""
    quoted = facts.found and (f"「{facts.found}」" if ja else f"“{facts.found}”")
    first = ("" if ja else " ").join(part for part in (facts.cell, quoted) if part)
    if not first:
        return ""
    tail = "" if not more else f"ほか{more:,}件" if ja else f" and {more:,} more"
    return f"（{first}{tail}）" if ja else f" ({first}{tail})"


def _aside(text: str | None, before: str, ja: bool) -> str:
    if not text:
        return ""
    return f"（{before}{text}）" if ja else f" ({before}{text})"


def fill(form: str, values: Mapping[str, str]) -> str:
    """The sentence with its placeholders filled; braces inside the values stay as they are."""
    return NAMES.sub(lambda found: values[found[1]], form)
