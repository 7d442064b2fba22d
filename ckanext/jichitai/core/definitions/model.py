"""A definition of one item, as its YAML says and as the rest of the code sees it.

Frozen; unknown keys are refused. Code asks for a `term` or a role (key, identity, position,
period), never for a label. Grammar: schemas/README.md, generated from these docstrings.
"""

from typing import Literal

import msgspec

from ..rules import Rule
from .municipality import Municipality, MunicipalityFile
from .strict import Strict, Words
from .wordlist import ListWord, WordList

__all__ = [
    "Alias",
    "Column",
    "ColumnLabel",
    "Edition",
    "Evidence",
    "Item",
    "ItemSource",
    "Layout",
    "Level",
    "ListWord",
    "Municipality",
    "MunicipalityFile",
    "Need",
    "Part",
    "PartUse",
    "RuleBook",
    "Strict",
    "WordList",
    "Words",
]

Level = Literal["required", "recommended", "optional"]
Evidence = Literal["official", "gif", "former", "inferred", "none"]


class ColumnLabel(Strict, frozen=True):
    """What a column is called; in Japanese that is its name unless said otherwise."""

    en: str
    ja: str | None = None


class Need(Strict, frozen=True):
    """How much a column is wanted, and who says so.

    Only `official` evidence makes a missing column or a blank cell an error.
    """

    level: Level = "optional"
    evidence: Evidence = "none"


class Alias(Strict, frozen=True):
    """Another heading met for the column; `seen`: municipality codes or repositories it came from."""

    label: str
    seen: tuple[str, ...] = ()


class Column(Strict, frozen=True):
    """One column of an item.

    name: canonical heading, also the Japanese label (63 bytes at most: PostgreSQL cuts there).
    term: the same thing has the same term in every item. type: a name in core/types.
    of: type of the parts where type is `list`. list: a file of schemas/lists/ for choice, yes_no, licence.
    closed: whether words outside the list are refused. pair: what 有 and 無 are written as, e.g. ["1", ""].
    unit: of numbers. minimum, maximum: bounds as text of the type. max_length: characters.
    own: proposed by research only: accepted, never asked for, not in templates.
    private_risk: may hold a private person's name, phone or mail. physical: machine name met as heading.
    """

    name: str
    term: str
    label: ColumnLabel
    type: str = "text"
    note: Words | None = None
    need: Need = Need()
    example: str | None = None
    aliases: tuple[Alias, ...] = ()
    of: str | None = None
    list: str | None = None
    closed: bool = False
    pair: tuple[str, str] | None = None
    unit: str | None = None
    minimum: str | None = None
    maximum: str | None = None
    max_length: int | None = None
    own: bool = False
    private_risk: bool = False
    physical: str | None = None


class PartUse(Strict, frozen=True):
    """Take all columns of schemas/parts/<part>.yaml here, whole or not at all.

    prefix: put before the name of every column; the bare name stays accepted as an alias.
    own: whether all its columns count as own. need, example and aliases change single columns of
    the part for this item, by the part's own name: {column: …}; aliases are added.
    """

    part: str
    prefix: str = ""
    own: bool = False
    need: dict[str, Need] = msgspec.field(default_factory=dict)
    example: dict[str, str] = msgspec.field(default_factory=dict)
    aliases: dict[str, tuple[Alias, ...]] = msgspec.field(default_factory=dict)


class Part(Strict, frozen=True):
    """A group of columns that several items share: schemas/parts/<part>.yaml."""

    title: Words
    columns: tuple[Column, ...]


class Layout(Strict, frozen=True):
    """An accepted form of the item besides the canonical one.

    edition: current, former or own. kind: flat, data-model (prefixed headings), wide (with a tail of
    施設_, 住所_, 連絡先_ parts) or companion (a second file joined by 施設_ID).
    labels: heading met → column. join: heading made of several → [headings]. ask: heading → column
    whose meaning changed. prefix: prefixes stripped from headings. file: name pattern of a companion.
    """

    edition: Literal["current", "former", "own"] = "former"
    kind: Literal["flat", "data-model", "wide", "companion"] = "flat"
    labels: dict[str, str] = msgspec.field(default_factory=dict)
    join: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    ask: dict[str, str] = msgspec.field(default_factory=dict)
    prefix: tuple[str, ...] = ()
    file: str | None = None


class Edition(Strict, frozen=True):
    """Which edition of the standard the definition follows."""

    name: str
    date: str | None = None


class ItemSource(Strict, frozen=True):
    """One of the 27 as written in schemas/<id>.yaml, before parts are put in.

    columns: each a Column or a PartUse (told apart by the key `part`); load.py reads them.
    number: 1–27. national: number of the national sheet. question: what the item answers, for people.
    topic: words that speak for the item in names and titles; `topic_not`: words that speak against it;
    row_words: words that its rows' names hold (小学校), which other items' rows hold less often.
    files: file name patterns with {code}. key: columns that name a row; identity: a row with none of these
    is refused; position: (latitude, longitude); period: the column a series is dated by.
    keeps: latest (one current table) or series (older periods stay). partial: our list of columns is
    known to be short. entity: type name in NGSI-LD and JSON-LD where Smart Data Models has one.
    """

    number: int
    national: str
    title: Words
    question: Words
    edition: Edition
    identity: tuple[str, ...]
    columns: tuple[dict[str, object], ...]
    key: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    topic_not: tuple[str, ...] = ()
    row_words: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    short: Words | None = None
    position: tuple[str, str] | None = None
    period: str | None = None
    keeps: Literal["latest", "series"] = "latest"
    partial: bool = False
    entity: str | None = None
    layouts: tuple[Layout, ...] = ()
    rules: tuple[Rule, ...] = ()


class Item(Strict, frozen=True):
    """A resolved item: as ItemSource, with its id and all parts' columns in their places."""

    id: str
    number: int
    national: str
    title: Words
    short: Words
    question: Words
    edition: Edition
    key: tuple[str, ...]
    identity: tuple[str, ...]
    columns: tuple[Column, ...]
    topic: tuple[str, ...] = ()
    topic_not: tuple[str, ...] = ()
    row_words: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    position: tuple[str, str] | None = None
    period: str | None = None
    keeps: Literal["latest", "series"] = "latest"
    partial: bool = False
    entity: str | None = None
    layouts: tuple[Layout, ...] = ()
    rules: tuple[Rule, ...] = ()

    def column(self, name: str) -> Column:
        """The column of that name. Raises KeyError."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    def by_term(self, term: str) -> Column | None:
        """The column with that term, or None."""
        return next((column for column in self.columns if column.term == term), None)


class RuleBook(msgspec.Struct, frozen=True):
    """All that is known: items by id (in order of number), lists, municipalities, and the digest.

    digest: hash `definitions` of the contract: the resolved rule book and the code that judges.
    """

    items: dict[str, Item]
    lists: dict[str, WordList]
    municipalities: dict[str, Municipality]
    digest: str
