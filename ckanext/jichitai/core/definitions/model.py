"""A definition of one item, as its YAML says and as the rest of the code sees it.

Frozen; unknown keys are refused. Code asks for a `term` or a role (key, identity, position,
period), never for a label. Grammar: schemas/README.md, generated from these docstrings.
"""

from typing import Literal

import msgspec

from ..rules import Rule

Level = Literal["required", "recommended", "optional"]
Evidence = Literal["official", "gif", "former", "inferred", "none"]


class Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A mapping of the rule book: frozen, unknown keys refused."""


class Words(Strict):
    """A text in both languages."""

    ja: str
    en: str


class ColumnLabel(Strict):
    """What a column is called; in Japanese that is its name unless said otherwise."""

    en: str
    ja: str | None = None


class Need(Strict):
    """How much a column is wanted, and who says so.

    Only `official` evidence makes a missing column or a blank cell an error.
    """

    level: Level = "optional"
    evidence: Evidence = "none"


class Alias(Strict):
    """Another heading met for the column; `seen`: municipality codes or repositories it came from."""

    label: str
    seen: tuple[str, ...] = ()


class Column(Strict):
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


class PartUse(Strict):
    """Take all columns of schemas/parts/<part>.yaml here, whole or not at all.

    prefix: put before the name of every column; the bare name stays accepted as an alias.
    own: whether all its columns count as own. need, example and aliases change single columns of
    the part for this item, by the part's own name: {column: …}; aliases are added.
    """

    part: str
    prefix: str = ""
    own: bool = False
    need: dict[str, Need] = {}
    example: dict[str, str] = {}
    aliases: dict[str, tuple[Alias, ...]] = {}


class Part(Strict):
    """A group of columns that several items share: schemas/parts/<part>.yaml."""

    title: Words
    columns: tuple[Column, ...]


class Layout(Strict):
    """An accepted form of the item besides the canonical one.

    edition: current, former or own. kind: flat, data-model (prefixed headings), wide (with a tail of
    施設_, 住所_, 連絡先_ parts) or companion (a second file joined by 施設_ID).
    labels: heading met → column. join: heading made of several → [headings]. ask: heading → column
    whose meaning changed. prefix: prefixes stripped from headings. file: name pattern of a companion.
    """

    edition: Literal["current", "former", "own"] = "former"
    kind: Literal["flat", "data-model", "wide", "companion"] = "flat"
    labels: dict[str, str] = {}
    join: dict[str, tuple[str, ...]] = {}
    ask: dict[str, str] = {}
    prefix: tuple[str, ...] = ()
    file: str | None = None


class Edition(Strict):
    """Which edition of the standard the definition follows."""

    name: str
    date: str | None = None


class ItemSource(Strict):
    """One of the 27 as written in schemas/<id>.yaml, before parts are put in.

    columns: each a Column or a PartUse (told apart by the key `part`); load.py reads them.
    number: 1–27. national: number of the national sheet. question: what the item answers, for people.
    topic: words that speak for the item in names and titles; `topic_not`: words that speak against it.
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
    files: tuple[str, ...] = ()
    short: Words | None = None
    position: tuple[str, str] | None = None
    period: str | None = None
    keeps: Literal["latest", "series"] = "latest"
    partial: bool = False
    entity: str | None = None
    layouts: tuple[Layout, ...] = ()
    rules: tuple[Rule, ...] = ()


class Item(Strict):
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


class ListWord(Strict):
    """One word of a list.

    en: its English. ja: its Japanese where the word itself is a code (A1 → 幼稚園).
    spellings: other ways to write it that mean nothing else (mended safely); likely: ways that
    probably mean it (offered). url: address that stands for it, as licences have.
    """

    en: str | None = None
    ja: str | None = None
    spellings: tuple[str, ...] = ()
    likely: tuple[str, ...] = ()
    url: str | None = None


class WordList(Strict):
    """A list of schemas/lists/<id>.yaml: canonical word → what is known of it.

    id: the file's name, not written in it. closed: whether the standard means the list to be
    complete; a column says for itself whether it refuses other words.
    """

    title: Words
    words: dict[str, ListWord]
    closed: bool = True
    id: str = ""


class Municipality(Strict):
    """A municipality: 6-digit code, slug, names, kind (ward, city, town, village, metropolis), place.

    latitude, longitude: of its office, degrees (JGD2011). matrix: false for a body that stands
    apart from the matrix (Tokyo's own bureaus).
    """

    code: str
    slug: str
    name: str
    kana: str
    name_en: str
    kind: Literal["ward", "city", "town", "village", "metropolis"]
    area: Literal["wards", "tama", "islands", "metropolis"]
    latitude: float
    longitude: float
    url: str | None = None
    hiragana: str | None = None
    matrix: bool = True
    portal: str | None = None
    prefecture: str = ""


class MunicipalityFile(Strict):
    """A file of schemas/municipalities/: all bodies of one prefecture."""

    prefecture: Words
    municipalities: tuple[Municipality, ...]


class RuleBook(msgspec.Struct, frozen=True):
    """All that is known: items by id (in order of number), lists, municipalities, and the digest.

    digest: hash `definitions` of the contract: the resolved rule book and the code that judges.
    """

    items: dict[str, Item]
    lists: dict[str, WordList]
    municipalities: dict[str, Municipality]
    digest: str
