"""What names and titles say about the item: file, sheet, title rows, dataset, resource."""

import re
from collections.abc import Sequence

import msgspec

from ..definitions.model import Item, RuleBook
from ..fold import fold_label

# Names that a program gave a sheet or a file say nothing.
EMPTY_NAME = re.compile(r"(?:sheet|シート|data|csv|book|worksheet)[0-9]*", re.I)
ENDING = re.compile(r"\.[A-Za-z0-9]{1,5}$")
WORD = re.compile(r"[a-z]+")


class Hint(msgspec.Struct, frozen=True):
    """What one item's words found. strength: 0 nothing, 1 its own file name or a whole topic; below 0 against it."""

    strength: float
    word: str | None = None


def hints(name: str, titles: Sequence[str], book: RuleBook) -> dict[str, Hint]:
    """Item → hint, from the file's name and the titles around it."""
    stem = ENDING.sub("", name)
    texts = [stem, *titles]
    folded = [fold_label(text) for text in texts if text and not EMPTY_NAME.fullmatch(text.strip())]
    return {item.id: _hint(item, stem.lower(), folded) for item in book.items.values()}


def _hint(item: Item, stem: str, texts: Sequence[str]) -> Hint:
    if any(_named(pattern, stem) for pattern in item.files):
        return Hint(1.0, stem)
    best, word, against = 0.0, None, 0.0
    for number, text in enumerate(texts):
        for topic in (*item.topic, item.title.ja):
            folded = fold_label(topic)
            if folded and folded in text:
                # A longer word says more; the file's own name more than what stands around it.
                strength = min(1.0, 0.55 + 0.09 * _width(folded)) * (1.0 if number == 0 else 0.9)
                # What a name ends with is what it lists.
                strength += 0.03 * (text.rfind(folded) / max(1, len(text)))
                if strength > best:
                    best, word = strength, topic
        against += sum(fold_label(topic) in text for topic in item.topic_not)
    if not best and against:
        return Hint(-0.5)
    return Hint(min(best, 1.0), word)


def _width(text: str) -> float:
    """Length in Japanese characters; a Latin letter says about a third of one."""
    return sum(1.0 if ord(char) > 0x7F else 0.4 for char in text)


def _named(pattern: str, stem: str) -> bool:
    """Whether the file bears the item's own name, with or without a code, a date or a number around it."""
    own = ENDING.sub("", pattern).replace("{code}", "").strip("_").lower()
    return (
        bool(own) and re.search(rf"(?<![a-z]){re.escape(own)}(?![a-z])", stem.replace("-", "_")) is not None
    )
