"""Words of every issue: sentence, remedy, severity, owner, in both languages, from schemas/issues/.

A code's words are there once. Code hands over facts and never a sentence.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec
import yaml

from ..data import folder
from .code import Code
from .sentence import NAMES, PLACEHOLDERS, Facts, fill, values_of

__all__ = ["Block", "Catalogue", "CatalogueError", "Facts", "Words", "load_catalogue"]

Severity = Literal["error", "warning", "info"]
Owner = Literal["publisher", "platform"]

FILES = ("file", "header", "cell", "row", "table")


class CatalogueError(ValueError):
    """A file of schemas/issues/ is not as it must be; the message names file and code."""


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One language: the sentence for one place, for several, for every filled row; what to do.

    Where it happens once a file, `one` is enough; what is left out is taken from the form before.
    """

    one: str
    remedy: str
    many: str = ""
    every: str = ""


class Example(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What it looks like before and after."""

    before: str
    after: str


class Block(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What belongs to a code.

    official_error: an error where the need is official. told_error: an error where the item was told or set.
    soft: the severity where less is asked (a recommended column, a list that is open).
    checklist: number in the 総務省 checklist for machine-readable tables, where it is one of its points.
    """

    severity: Severity
    owner: Owner
    ja: Words
    en: Words
    example: Example
    official_error: bool = False
    told_error: bool = False
    soft: Severity | None = None
    checklist: str | None = None

    def words(self, lang: str) -> Words:
        """The words of a language; what is not Japanese is English."""
        return self.ja if lang == "ja" else self.en

    def graded(self, *, official: bool = False, told: bool = False, soft: bool = False) -> Severity:
        """The severity under these circumstances; the harder one wins."""
        if (official and self.official_error) or (told and self.told_error):
            return "error"
        return self.soft if soft and self.soft else self.severity


class Catalogue:
    """Blocks by code: catalogue[Code.X]; iterates over the codes in the order of the files."""

    def __init__(self, blocks: Mapping[Code, Block]) -> None:
        self._blocks = dict(blocks)

    def __getitem__(self, code: str) -> Block:
        return self._blocks[Code(code)]

    def __iter__(self) -> Iterator[Code]:
        return iter(self._blocks)

    def __len__(self) -> int:
        return len(self._blocks)

    def sentence(self, facts: Facts, lang: str) -> tuple[str, str]:
        """(message, remedy) in a language, filled in. Raises ValueError for a code that does not exist."""
        words = self[facts.code].words(lang)
        form = words.one if facts.count == 1 else words.every if facts.every else words.many
        values = values_of(facts, lang)
        return fill(form, values), fill(words.remedy, values)


@cache
def load_catalogue(place: Path | None = None) -> Catalogue:
    """The words of schemas/issues/, or of another folder of that form; read once.

    Raises CatalogueError for an unknown code or key, a placeholder that nothing fills, sentences whose
    languages name different things, a code that stands twice, and codes without words.
    """
    codes = {code.value for code in Code}
    blocks: dict[Code, Block] = {}
    for name in FILES:
        path = (place or folder("schemas") / "issues") / f"{name}.yaml"
        raw: dict[str, object] = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader) or {}
        for key, value in raw.items():
            if key not in codes or key in blocks:
                raise CatalogueError(
                    f"{path.name}: {key}: {'stands twice' if key in codes else 'no such code'}"
                )
            blocks[Code(key)] = _block(value, f"{path.name}: {key}")
    if missing := [code for code in Code if code not in blocks]:
        raise CatalogueError(f"no words for {', '.join(missing)}")
    return Catalogue(blocks)


def _block(value: object, where: str) -> Block:
    try:
        block = msgspec.convert(value, Block)
    except msgspec.ValidationError as error:
        raise CatalogueError(f"{where}: {error}") from None
    block = msgspec.structs.replace(block, ja=_whole(block.ja), en=_whole(block.en))
    for form in Words.__struct_fields__:
        ja, en = (set(NAMES.findall(getattr(block.words(lang), form))) for lang in ("ja", "en"))
        if unknown := (ja | en) - PLACEHOLDERS:
            raise CatalogueError(f"{where}.{form}: nothing fills {', '.join(sorted(unknown))}")
        if ja != en:
            raise CatalogueError(
                f"{where}.{form}: ja and en name different things: {', '.join(sorted(ja ^ en))}"
            )
    return block


def _whole(words: Words) -> Words:
    many = words.many or words.one
    return msgspec.structs.replace(words, many=many, every=words.every or many)
