"""Words of publishers in our words: update frequency, licence, file format.

The tables are lists of the rule book (schemas/lists/frequency, licence, file_format). What no
list knows stays as it was written, beside an empty normalised field: nothing is guessed.
"""

import re
from unicodedata import normalize
from urllib.parse import unquote, urlsplit

from ..definitions.model import RuleBook, WordList

BRACKETS = re.compile(r"\([^)]*\)")
SHARED = ("JSON", "XML", "ZIP", "TXT")
VERSION = re.compile(r"/(?:deed|legalcode)(?:\.[a-z-]+)?/?$")


def folded(text: str) -> str:
    """Width, case and blanks to one form."""
    return "".join(normalize("NFKC", text).casefold().split())


class Lexicon:
    """The three lists of a rule book, turned round: spelling → word. `book` is kept for source types."""

    def __init__(self, book: RuleBook) -> None:
        self.book = book
        self._frequency = _turned(book.lists.get("frequency"))
        self._licence = _turned(book.lists.get("licence"))
        self._format = _turned(book.lists.get("file_format"))

    def frequency(self, text: str) -> str | None:
        """EU frequency code of a wording or of an address that ends in a code; None if unknown.

        年１回（３月頃） is read without its brackets.
        """
        plain = folded(text)
        for form in (plain, BRACKETS.sub("", plain), plain.rstrip("/").rsplit("/", 1)[-1]):
            if word := self._frequency.get(form):
                return word
        return None

    def licence(self, *texts: str) -> str | None:
        """Name of the licence by the first id, title or address that is known; None if none is."""
        for text in texts:
            plain = folded(text)
            bare = VERSION.sub("", plain).removeprefix("https:").removeprefix("http:").rstrip("/")
            for form in (plain, bare):
                if form and (word := self._licence.get(form)):
                    return word
        return None

    def format(self, url: str, label: str) -> str:
        """Format of a file: by the ending of its address, else by its label; "" if neither is known.

        An ending that many formats share (.json of GeoJSON, .zip of shapes) gives way to a known label.
        """
        name = unquote(urlsplit(url).path).rsplit("/", 1)[-1]
        ending = self._format.get(folded(name.rsplit(".", 1)[-1])) if "." in name else None
        said = self._format.get(folded(label).strip(".-"))
        return (said if ending in SHARED else None) or ending or said or ""


def _turned(words: WordList | None) -> dict[str, str]:
    found: dict[str, str] = {}
    for word, known in (words.words if words else {}).items():
        address = (
            VERSION.sub("", folded(known.url or "")).removeprefix("https:").removeprefix("http:").rstrip("/")
        )
        for spelling in (word, known.en or "", known.ja or "", address, *known.spellings):
            if form := folded(spelling):
                found.setdefault(form, word)
    return found
