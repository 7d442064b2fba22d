"""Which of the items a file is, how sure, and why.

Labels speak by their rarity over the items; then the prefix, names and titles, and at last the values.
The weights are those of a naive Bayes reading: each piece of evidence adds to an item or takes from it,
and a class "none of them" stands beside the items.
"""

import math
from collections import Counter
from collections.abc import Sequence

import msgspec

from .index import Index, ItemIndex
from .labels import Heading
from .topic import Hint, hints

TAKEN, AHEAD, KNOWN = 0.60, 0.10, 0.35

# Weights, found on real files; see tests/corpus.py.
RARE = 2.6  # a label that one item alone has
BY_TERM = 0.5  # share of that for a label that other items have for the same thing
FOREIGN = 0.9  # a label that only other items have
ABSENT = 2.0  # all columns that the item demands are missing
UNKNOWN = 0.25  # a label that no item has
WHOLE = 3.0  # all columns of an edition are there
PREFIX = 4.0  # the labels' prefix is the item's
TOPIC = 4.5  # name or title
NAMED, REACHABLE = 0.70, 0.40  # from here on a named item may borrow another one's layout
LENT = 2.0  # what a borrowed layout says less
LAYOUT = ("labels", "whole")
ROWS = 2.2  # the rows' names hold the item's words
NONE = 3.8  # none of the items, before any evidence
CALM = 1.5  # evidence is not independent: its sum is divided by this


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
    labels: Sequence[Heading], name: str, titles: Sequence[str], index: Index, rows: Sequence[str] = ()
) -> list[Guess]:
    """All items, the likeliest first. rows: names of rows, as far as they were looked at."""
    found = hints(name, titles, index.book)
    evidence = _weigh(labels, index)
    grounds = {item: _grounds(evidence, one, index, found[item], rows) for item, one in index.items.items()}
    _borrow(grounds, evidence, found)
    sums = {item: sum(ground.weight for ground in said) / CALM for item, said in grounds.items()}
    guesses = [
        Guess(
            item,
            _score(item, sums),
            tuple(sorted((g for g in said if g.weight > 0), key=lambda g: -g.weight)),
        )
        for item, said in grounds.items()
    ]
    return sorted(guesses, key=lambda guess: (-guess.score, -sums[guess.item]))


def taken(guesses: Sequence[Guess]) -> Guess | None:
    """The item that is claimed: sure enough, and clear of the next one."""
    first, second = guesses[0], guesses[1] if len(guesses) > 1 else None
    clear = second is None or first.score - second.score >= AHEAD
    return first if first.score >= TAKEN and clear else None


def _score(item: str, sums: dict[str, float]) -> float:
    """Share of an item against its rivals and none of them; many weak rivals do not add up to a strong one."""
    mine = sums[item]
    rivals = [*(value for other, value in sums.items() if other != item), NONE / CALM]
    square = sum(math.exp(min(2 * (value - mine), 600.0)) for value in rivals)
    return round(1 / (1 + math.sqrt(square)), 3)


class Evidence(msgspec.Struct):
    """What the labels say, item by item: gain, loss, share reached, labels hit; prefixes; forms and terms that are there."""

    gain: dict[str, float]
    loss: dict[str, float]
    reached: dict[str, float]
    hits: dict[str, list[tuple[float, str]]]
    prefixes: Counter[str]
    forms: set[str]
    terms: set[str]
    named: int


def _weigh(labels: Sequence[Heading], index: Index) -> Evidence:
    """Go once over the labels."""
    items = list(index.items)
    said = Evidence(
        dict.fromkeys(items, 0.0),
        dict.fromkeys(items, 0.0),
        dict.fromkeys(items, 0.0),
        {},
        Counter(),
        set(),
        set(),
        0,
    )
    known = 0
    for heading in labels:
        if not heading.folded or heading.number:
            continue
        said.named += 1
        if heading.prefix:
            said.prefixes[heading.prefix] += 1
        forms = [form for form in dict.fromkeys((heading.folded, heading.bare, heading.rest)) if form]
        form = next((form for form in forms if form in index.reach), None)
        if form is None:
            for item in items:
                said.loss[item] += UNKNOWN
            continue
        known += 1
        weight, owners, reach = index.weight[form], index.owners[form], index.reach[form]
        said.forms.update(forms)
        said.terms |= index.terms.get(form, frozenset())
        for item in items:
            if item in owners:
                said.gain[item] += RARE * weight
                said.hits.setdefault(item, []).append((weight, heading.label))
                said.reached[item] += 1
            elif item in reach:
                said.gain[item] += RARE * BY_TERM * weight
                said.reached[item] += 1
            else:
                said.loss[item] += FOREIGN * weight
    for item in items:
        said.reached[item] /= max(1, said.named)
    return said


def _borrow(grounds: dict[str, list[Ground]], said: Evidence, found: dict[str, Hint]) -> None:
    """Whose layout and which topic are two questions: an item named in the title may stand in another's layout.

    Where its columns are reached by their meaning, the layout speaks for it nearly as much as for its owner.
    """
    layout = {item: sum(one.weight for one in given if one.kind in LAYOUT) for item, given in grounds.items()}
    best = max(layout.values())
    for item, given in grounds.items():
        lent = best - LENT - layout[item]
        if found[item].strength >= NAMED and said.reached[item] >= REACHABLE and lent > 0:
            given.append(Ground("whole", lent))


def _grounds(said: Evidence, one: ItemIndex, index: Index, hint: Hint, rows: Sequence[str]) -> list[Ground]:
    item = one.item.id
    # Twenty agreeing labels say little more than ten.
    gain = 11.2 * math.log1p(said.gain[item] / 8.0)
    hit = sorted(said.hits.get(item, ()), key=lambda pair: -pair[0])
    absent = len(one.demanded - said.terms) / max(1, len(one.demanded))
    grounds = [
        Ground("labels", gain - said.loss[item] - ABSENT * absent, "、".join(label for _, label in hit[:3]))
    ]
    whole = max(_whole(said.forms, edition, index) for edition in (one.current, one.before))
    if whole > 0:
        grounds.append(Ground("whole", WHOLE * whole))
    if sum(said.prefixes[prefix] for prefix in one.prefixes) * 2 > max(1, said.named):
        grounds.append(Ground("prefix", PREFIX, said.prefixes.most_common(1)[0][0]))
    if hint.strength:
        grounds.append(Ground("topic", TOPIC * hint.strength, hint.word or ""))
    if rows and one.item.row_words:
        share = sum(any(word in text for word in one.item.row_words) for text in rows) / len(rows)
        if share >= 0.3:
            grounds.append(Ground("values", ROWS * share, one.item.row_words[0]))
    return grounds


def _whole(forms: set[str], edition: frozenset[str], index: Index) -> float:
    """Share of an edition's labels that are there, rare ones weighing more."""
    total = sum(index.weight.get(label, 0.5) for label in edition)
    return sum(index.weight.get(label, 0.5) for label in edition & forms) / total if total else 0.0
