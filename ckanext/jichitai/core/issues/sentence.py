"""From the facts of an issue to its sentence: what fills the placeholders, in either language."""

import re
from collections.abc import Mapping

import msgspec

# What a sentence may name. `at`: the first place and text in brackets, and how many more there are.
# `first`: the same without the number of others. `example`: the column's example in brackets,
# `about`: what the column is for, and the example. The others are facts as they are shown.
OURS = ("about", "at", "column", "count", "example", "first")
TOLD = ("format", "found", "item", "line", "lines", "other", "others", "suggested")
PLACEHOLDERS = frozenset({*OURS, *TOLD})
LONGEST = 40  # letters of a cell that a sentence shows
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
    """What fills the placeholders; a fact that is not known is shown as nothing.

    An issue's `details` win over what its first place says: found, others, format, item, other …
    """
    ja = lang == "ja"
    column = facts.column or ""
    if not ja and facts.column_en not in (None, "", column):
        column = f"{column} ({facts.column_en})"
    lines = ("、" if ja else ", ").join(map(str, facts.lines[:5]))
    if facts.lines and len(facts.lines) < facts.count:
        lines += "…"
    example = facts.example or facts.details.get("example")
    example = example and ("例：" if ja else "for example ") + short(example)
    note = facts.details.get(f"note_{lang}", "").rstrip("。. ")
    told = {
        "found": short(facts.found or ""),
        "line": str(facts.lines[0]) if facts.lines else "",
        "lines": lines,
        "others": f"{facts.count - 1:,}",
        "suggested": short(facts.suggested or ""),
    }
    return {name: facts.details.get(name) or told.get(name, "") for name in TOLD} | {
        "about": _aside(("。" if ja else "; ").join(part for part in (note, example) if part), ja),
        "at": _aside(_place(facts, ja, facts.count - 1), ja),
        "column": column,
        "count": f"{facts.count:,}",
        "example": _aside(example, ja),
        "first": _aside(_place(facts, ja, 0), ja),
    }


def short(text: str) -> str:
    """A cell's text in one line, its beginning where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else line[:LONGEST] + "…"


def _place(facts: Facts, ja: bool, more: int) -> str:
    """H12「8月16日」ほか41件 / H12 “8月16日” and 41 more; with → and what to write where that is known."""
    before, after = ("「", "」") if ja else ("“", "”")
    quoted = [f"{before}{short(text)}{after}" for text in (facts.found, facts.suggested) if text]
    change = "→" if ja else " → "
    first = ("" if ja else " ").join(part for part in (facts.cell, change.join(quoted)) if part)
    if not first or not more:
        return first
    return f"{first}ほか{more:,}件" if ja else f"{first} and {more:,} more"


def _aside(text: str | None, ja: bool) -> str:
    """In brackets, or nothing."""
    if not text:
        return ""
    return f"（{text}）" if ja else f" ({text})"


def fill(form: str, values: Mapping[str, str]) -> str:
    """The sentence with its placeholders filled; braces inside the values stay as they are."""
    return NAMES.sub(lambda found: values[found[1]], form)
