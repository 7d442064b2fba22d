"""One heading against one item: which columns can it name, and how well."""

from collections import Counter
from collections.abc import Sequence

import msgspec

from ..fold import fold_label
from .index import BY_TERM, SCORES, Entry, Index, ItemIndex, bare


class Heading(msgspec.Struct, frozen=True):
    """A heading in the forms in which it is looked up.

    label: as published. folded: whole. bare: without a vocabulary's address. rest: behind its first part,
    where that part is a prefix of the file (None otherwise). number: which of equal headings, from 0.
    """

    at: int
    label: str
    folded: str
    bare: str
    rest: str | None = None
    prefix: str | None = None
    number: int = 0


def headings(labels: Sequence[str], index: Index, *, double: bool = False) -> list[Heading]:
    """The headings of a file, with the prefix that its columns share taken off where it names the item.

    double: the header had two lines, joined as group_child, so that the child alone may be known.
    """
    split: list[tuple[str, str | None]] = []
    for label in labels:
        first, stroke, rest = bare(label).replace("＿", "_").partition("_")
        split.append((fold_label(first), fold_label(rest)) if stroke and rest else (fold_label(first), None))
    named = [label for label in labels if label]
    counts = Counter(first for first, rest in split if rest)
    shared = {first for first, count in counts.items() if count * 10 >= len(named) * 6 and count > 2}
    naming = {prefix for one in index.items.values() for prefix in one.prefixes}
    found: list[Heading] = []
    seen: Counter[str] = Counter()
    for at, (label, (first, rest)) in enumerate(zip(labels, split, strict=True)):
        folded = fold_label(label)
        group = double and folded not in index.reach and rest in index.reach
        strip = rest and (group or (first not in index.kept and (first in shared or first in naming)))
        found.append(
            Heading(
                at,
                label,
                folded,
                fold_label(bare(label)),
                rest if strip else None,
                first if strip else None,
                seen[folded],
            )
        )
        seen[folded] += 1
    return found


def ways(heading: Heading, one: ItemIndex, index: Index) -> list[Entry]:
    """The columns of the item that the heading can name, best evidence first; empty where there is none."""
    if not heading.folded:
        return []
    found: dict[str, Entry] = {}

    def take(entry: Entry) -> None:
        if entry.column not in found or entry.score > found[entry.column].score:
            found[entry.column] = entry

    if heading.label in one.exact:
        take(Entry(one.exact[heading.label], "exact", SCORES["exact"]))
    for form in dict.fromkeys((heading.folded, heading.bare)):
        for entry in one.entries.get(form, ()):
            take(entry)
    if heading.rest:
        for entry in one.entries.get(heading.rest, ()):
            take(
                Entry(
                    entry.column,
                    "prefix",
                    SCORES["prefix"] - (SCORES["folded"] - entry.score) / 10,
                    entry.ask,
                )
            )
    if not found:
        for form in (heading.folded, heading.bare, heading.rest or ""):
            for term in index.terms.get(form, ()):
                if term in one.terms:
                    take(Entry(one.terms[term], "alias", BY_TERM))
    return sorted(found.values(), key=lambda entry: -entry.score)
