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


ADDRESS = re.compile(r"https?://")
# The item's own file name says more than any word.
OWN_NAME = 1.3
# From this strength on a topic is not taken back by a word against it.
WHOLE_TOPIC = 0.88


class Said(msgspec.Struct, frozen=True):
    """A text around the file: folded as headings are, and its Latin words."""

    folded: str
    words: frozenset[str]


class Hint(msgspec.Struct, frozen=True):
    """What one item's words found. strength: 0 nothing, 1 a whole topic, more its own file name; below 0 against it."""

    strength: float
    word: str | None = None


def hints(name: str, titles: Sequence[str], book: RuleBook) -> dict[str, Hint]:
    """Item → hint, from the file's name and the titles around it."""
    stem = ENDING.sub("", name)
    texts = [stem, *(_last(title) for title in titles)]
    said = [Said(fold_label(text), frozenset(WORD.findall(text.lower()))) for text in texts if _says(text)]
    return {item.id: _hint(item, stem.lower(), said) for item in book.items.values()}


def _says(text: str) -> bool:
    return bool(text) and not EMPTY_NAME.fullmatch(text.strip())


def _last(text: str) -> str:
    """Of a web address only the last part speaks of what is there."""
    return text.strip().rstrip("/").rsplit("/", 1)[-1] if ADDRESS.match(text.strip()) else text


def _hint(item: Item, stem: str, said: Sequence[Said]) -> Hint:
    if any(_named(pattern, stem) for pattern in item.files):
        return Hint(OWN_NAME, stem)
    best, word, against = 0.0, None, 0
    for number, text in enumerate(said):
        for topic in (*item.topic, item.title.ja):
            folded = fold_label(topic)
            if not folded or not _holds(text, folded):
                continue
            # A longer word says more, and the file's own name more than what stands around it.
            strength = min(1.0, 0.55 + 0.09 * _width(folded)) * (1.0 if number == 0 else 0.8)
            # What a name ends with is what it lists.
            strength += 0.03 * (text.folded.rfind(folded) / max(1, len(text.folded)))
            if strength > best:
                best, word = strength, topic
        against += sum(_holds(text, fold_label(topic)) for topic in item.topic_not)
    if against and best < WHOLE_TOPIC:
        return Hint(best - 0.5, word) if best else Hint(-0.2)
    return Hint(min(best, 1.0), word)


def _holds(text: Said, word: str) -> bool:
    """Whether a text holds a word; a short Latin word must stand alone in it."""
    if word.isascii() and len(word) < 5:
        return word in text.words
    return word in text.folded


def _width(text: str) -> float:
    """Length in Japanese characters; a Latin letter says about a third of one."""
    return sum(1.0 if ord(char) > 0x7F else 0.4 for char in text)


def _named(pattern: str, stem: str) -> bool:
    """Whether the file bears the item's own name, with or without a code, a date or a number around it."""
    own = ENDING.sub("", pattern).replace("{code}", "").strip("_").lower()
    return (
        bool(own) and re.search(rf"(?<![a-z]){re.escape(own)}(?![a-z])", stem.replace("-", "_")) is not None
    )
