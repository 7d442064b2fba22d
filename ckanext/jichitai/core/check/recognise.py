"""Which of the items a file is, how sure, and why.

Labels speak by their rarity over the items; then the prefix, names and titles, and at last the values.
The weights are those of a naive Bayes reading: each piece of evidence adds to an item or takes from it,
and a class "none of them" stands beside the items.
"""

import math
from collections.abc import Sequence

import msgspec

from .index import Index, ItemIndex
from .labels import Heading
from .topic import Hint, hints

TAKEN, AHEAD, KNOWN = 0.60, 0.10, 0.35

# Weights, found on real files; see tests/corpus.py.
RARE = 2.6  # a label that one item alone has
FOREIGN = 0.9  # a label that only other items have
UNKNOWN = 0.30  # a label that no item has
WHOLE = 3.0  # all columns of an edition are there
PREFIX = 4.0  # the labels' prefix is the item's
TOPIC = 4.5  # name or title
NONE = 4.2  # none of the items, before any evidence
CALM = 1.6  # evidence is not independent: its sum is divided by this


class Ground(msgspec.Struct, frozen=True):
    """One reason for an item: kind (labels, whole, prefix, topic, values, told), weight, words."""

    kind: str
    weight: float
    found: str = ""


class Guess(msgspec.Struct, frozen=True):
    """An item with its score, 0–1, and grounds, strongest first."""

    item: str
    score: float
    grounds: tuple[Ground, ...]


def recognise(
    labels: Sequence[Heading],
    name: str,
    titles: Sequence[str],
    index: Index,
    votes: dict[str, Ground] | None = None,
) -> list[Guess]:
    """All items, the likeliest first. votes: what the values say, by item."""
    found = hints(name, titles, index.book)
    sums: dict[str, float] = {}
    grounds: dict[str, list[Ground]] = {}
    for item, one in index.items.items():
        grounds[item] = _grounds(labels, one, index, found[item])
        if votes and item in votes:
            grounds[item].append(votes[item])
        sums[item] = sum(ground.weight for ground in grounds[item]) / CALM
    top = max([*sums.values(), NONE / CALM])
    whole = sum(math.exp(value - top) for value in sums.values()) + math.exp(NONE / CALM - top)
    guesses = [
        Guess(
            item,
            round(math.exp(value - top) / whole, 3),
            tuple(sorted((g for g in grounds[item] if g.weight > 0), key=lambda g: -g.weight)),
        )
        for item, value in sums.items()
    ]
    return sorted(guesses, key=lambda guess: (-guess.score, -sums[guess.item]))


def taken(guesses: Sequence[Guess]) -> Guess | None:
    """The item that is claimed: sure enough, and clear of the next one."""
    first, second = guesses[0], guesses[1] if len(guesses) > 1 else None
    clear = second is None or first.score - second.score >= AHEAD
    return first if first.score >= TAKEN and clear else None


def _grounds(labels: Sequence[Heading], one: ItemIndex, index: Index, hint: Hint) -> list[Ground]:
    gain = loss = 0.0
    hit: list[tuple[float, str]] = []
    forms: set[str] = set()
    prefixed = 0
    named = [heading for heading in labels if heading.folded and heading.number == 0]
    for heading in named:
        form = _form(heading, one)
        prefixed += heading.prefix in one.prefixes
        if form:
            weight = index.weight.get(form, 0.5)
            gain += RARE * weight
            hit.append((weight, heading.label))
            forms.add(form)
        else:
            weight = max((index.weight.get(form, 0.0) for form in _forms(heading)), default=0.0)
            loss += FOREIGN * weight if weight else UNKNOWN
    # Twenty agreeing labels say little more than ten.
    gain = 8.0 * math.log1p(gain / 8.0) * 1.4
    hit.sort(reverse=True)
    grounds = [Ground("labels", gain - loss, "、".join(label for _, label in hit[:3]))]
    whole = max(
        _whole(forms, edition, index) for edition in (one.current, one.current | one.former, one.former)
    )
    if whole > 0:
        grounds.append(Ground("whole", WHOLE * whole))
    if prefixed * 2 > len(named):
        grounds.append(Ground("prefix", PREFIX, one.item.layouts[0].prefix[0] if one.item.layouts else ""))
    if hint.strength:
        grounds.append(Ground("topic", TOPIC * hint.strength, hint.word or ""))
    return grounds


def _forms(heading: Heading) -> tuple[str, ...]:
    return tuple(dict.fromkeys(form for form in (heading.folded, heading.bare, heading.rest) if form))


def _form(heading: Heading, one: ItemIndex) -> str | None:
    """The form of the heading that the item itself knows."""
    joined = {label for parts in one.joins.values() for label in parts}
    return next((form for form in _forms(heading) if form in one.entries or form in joined), None)


def _whole(forms: set[str], edition: frozenset[str], index: Index) -> float:
    """Share of an edition's labels that are there, rare ones weighing more."""
    total = sum(index.weight.get(label, 0.5) for label in edition)
    return sum(index.weight.get(label, 0.5) for label in edition & forms) / total if total else 0.0
