"""Types that are made from a list of words: choice, yes_no, licence.

The list comes from schemas/lists/; this room knows its shape only.
"""

import re
from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import Literal, Protocol

from ..fold import half
from ..issues.code import Code
from .absent import is_absent
from .base import Reading, ValueType, absent, ask, kept, likely, mended, refused

Kind = Literal["choice", "yes_no", "licence"]


class Word(Protocol):
    """A word of a list: other names, spellings that mean it surely, spellings that probably do, an address."""

    @property
    def en(self) -> str | None: ...
    @property
    def ja(self) -> str | None: ...
    @property
    def spellings(self) -> tuple[str, ...]: ...
    @property
    def likely(self) -> tuple[str, ...]: ...
    @property
    def url(self) -> str | None: ...


class WordList(Protocol):
    """Canonical word → what is known of it."""

    @property
    def words(self) -> Mapping[str, Word]: ...


_CODE_LABEL = re.compile(r"(\S+?)[ :_,.・]*[(](.+)[)]|([0-9A-Za-z]+)[ :_,.・-]+(.+)", re.DOTALL)
_NOTED = re.compile(r"([^(]{1,6})[(]([^)]*)[)]|([○〇◯×有無可])[ 、:;](.+)", re.DOTALL)
_COUNT = re.compile("[0-9]{1,5}")
_SHORT = 6  # letters; what is longer is a sentence
_NEAR = 0.8  # share of equal letters from which a word counts as a slip of another


def from_words(
    kind: Kind, words: WordList, closed: bool = False, pair: tuple[str, str] | None = None
) -> ValueType:
    """A type whose cells are words of a list.

    closed: words outside the list are refused; otherwise they stay, with value_not_listed.
    pair: what the first two words of a yes_no list are written as in this column; "" means left blank.
    """
    book = _Book(words, pair if kind == "yes_no" else None)

    def parse(text: str) -> Reading:
        """Read one folded cell that is not empty. Total: any text gives a Reading."""
        found = book.read(text)
        if found is None and is_absent(text):
            return absent()
        if found is None and kind == "yes_no":
            return _answer(text, book)
        found = found or book.coded(text) or book.near(text)
        if found is not None:
            return found
        return refused(Code.VALUE_NOT_LISTED) if closed else Reading(text, "kept", Code.VALUE_NOT_LISTED)

    plain = frozenset(shown for shown in book.shown.values() if shown and parse(shown) == kept(shown))
    return ValueType(kind, None, parse, examples=book.examples(), words=plain)


def _answer(text: str, book: "_Book") -> Reading:
    """A yes with something beside it, a count, a half yes; sentences are none."""
    cell = half(text)
    if _COUNT.fullmatch(cell):
        return book.yes() if int(cell) else book.no()
    if (found := _NOTED.fullmatch(cell)) and (answer := book.read(found[1] or found[3])):
        return answer if answer.value is None else likely(answer.value, note=found[2] or found[4])
    return ask() if len(cell) <= _SHORT else refused()


class _Book:
    """The words of a list by every spelling of theirs."""

    def __init__(self, words: WordList, pair: tuple[str, str] | None) -> None:
        self.shown = {word: word for word in words.words}
        if pair:
            self.shown |= dict(zip(self.shown, pair, strict=False))
        self.sure: dict[str, str] = {}
        self.maybe: dict[str, str] = {}
        self.url: dict[str, str] = {}
        for word, about in words.words.items():
            # What the column itself writes wins over another word's spelling.
            for name in (word, about.ja, *about.spellings, about.en):
                if name:
                    self.sure.setdefault(_key(name), word)
            for name in about.likely:
                self.maybe.setdefault(_key(name), word)
            if about.url:
                self.url[_address(about.url)] = word
        self.sure |= {_key(shown): word for word, shown in self.shown.items() if shown}

    def read(self, text: str) -> Reading | None:
        """The word that the text writes, if any."""
        key = _key(text)
        word = self.sure.get(key) or self.url.get(_address(text))
        if word is None:
            word = self.maybe.get(key)
            return self._said(word, text, sure=False) if word else None
        return self._said(word, text, sure=True)

    def yes(self) -> Reading:
        """The first word, only probably: a count was written."""
        return likely(next(iter(self.shown.values())))

    def no(self) -> Reading:
        """The second word."""
        return self._said(list(self.shown)[1], "", sure=True)

    def coded(self, text: str) -> Reading | None:
        """Code and label together, A1(幼稚園): sure if both name one word."""
        if not (found := _CODE_LABEL.fullmatch(half(text))):
            return None
        first, second = (self.sure.get(_key(part)) for part in (found[1] or found[3], found[2] or found[4]))
        if first is None and second is None:
            return None
        if first is not None and second is not None and first != second:
            return ask(Code.VALUE_NOT_LISTED)
        word = first or second or ""
        sure = first == second or (first is not None and _is_code(word))
        return self._said(word, "", sure)

    def near(self, text: str) -> Reading | None:
        """The one word of which the text looks like a slip."""
        key = _key(text)
        if key.isdigit():
            # Codes are no words: one digit off is another code; only leading zeros can be told.
            padded = [word for name, word in self.sure.items() if name.isdigit() and name.lstrip("0") == key]
            return likely(self.shown[padded[0]], Code.ZEROS_LOST) if len(padded) == 1 else None
        close = {word for name, word in self.sure.items() if _similar(key, name)}
        return likely(self.shown[close.pop()]) if len(close) == 1 else None

    def examples(self) -> dict[str, Reading]:
        """Every word and spelling with what becomes of it."""
        names = [*self.shown, *self.shown.values()]
        return {name: reading for name in names if name and (reading := self.read(name))}

    def _said(self, word: str, text: str, sure: bool) -> Reading:
        shown = self.shown[word]
        if not shown:
            return absent()
        if shown == text:
            return kept(shown)
        return mended(shown) if sure else likely(shown)


def _is_code(word: str) -> bool:
    return bool(re.fullmatch("[0-9A-Za-z]+", word))


def _key(text: str) -> str:
    """Width, case, blanks and dashes do not tell words apart."""
    return re.sub(r"[\s\-‐–—―−_]", "", half(text)).lower()


def _address(text: str) -> str:
    return re.sub(r"^https?://(?:www\.)?|/(?:deed\.\w+|legalcode(?:\.\w+)?)?$", "", half(text).lower())


def _similar(one: str, other: str) -> bool:
    if min(len(one), len(other)) < 3 or abs(len(one) - len(other)) > 2:
        return False
    return SequenceMatcher(None, one, other).ratio() >= _NEAR
