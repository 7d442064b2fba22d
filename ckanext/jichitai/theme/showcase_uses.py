"""What a live use is: a YAML of showcase/ that names items, filters and words. A new file is a new page and card.

Columns are named by their terms, so that one use serves several items and no label stands here.
"""

from functools import cache
from pathlib import Path

import msgspec
import yaml

FOLDER = Path(__file__).with_name("showcase")
LABELS = ("ja", "easy", "en")  # easy: やさしい日本語


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text in the page's languages, and in plain Japanese where the use offers that."""

    ja: str
    en: str
    easy: str = ""

    def text(self, label: str) -> str:
        """In one of LABELS; plain Japanese falls back to Japanese."""
        return self.en if label == "en" else (self.easy or self.ja) if label == "easy" else self.ja


class Flag(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A yes_no column that can be asked for: name in the address, term of the column, words."""

    name: str
    term: str
    words: Words


class Fact(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A column that is shown where it is filled. Without words its own label is shown."""

    term: str
    words: Words | None = None


class Choice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One of several yes_no columns, such as the hazard a shelter serves in."""

    name: str
    words: Words
    of: tuple[Flag, ...]


class Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The places of one item. open: whether they can be asked for as open now. facts: what is shown beside."""

    item: str
    words: Words
    flags: tuple[Flag, ...] = ()
    choice: Choice | None = None
    open: bool = False
    facts: tuple[Fact, ...] = ()


class Use(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A live use. pick: one section at a time. whole: a town's whole list can be printed.

    absence: say first where the town publishes nothing. english: print the share of English names.
    labels: the languages that words beside the data are offered in; none: the page's alone.
    words: those words.
    """

    order: int
    title: Words
    lead: Words
    sections: tuple[Section, ...]
    pick: bool = False
    whole: bool = False
    absence: bool = False
    english: bool = False
    labels: tuple[str, ...] = ()
    words: dict[str, Words] = {}
    name: str = ""


def load(folder: Path = FOLDER) -> dict[str, Use]:
    """The uses of a folder by name, in their order. Raises msgspec.ValidationError naming an unknown key."""
    found = [
        msgspec.structs.replace(
            msgspec.convert(yaml.safe_load(path.read_text(encoding="utf-8")), Use), name=path.stem
        )
        for path in folder.glob("*.yaml")
    ]
    return {use.name: use for use in sorted(found, key=lambda use: use.order)}


@cache
def uses() -> dict[str, Use]:
    """The uses of the site; read once a process."""
    return load()
