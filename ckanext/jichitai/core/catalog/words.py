"""Words of the harvest: every class and reason with its sentence and advice, in both languages."""

from functools import cache
from typing import Literal

import msgspec
import yaml

from ..data import folder

Kind = Literal["fault", "file", "refusal", "hold", "notice", "reason"]


class Saying(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sentence that says what is, and what to do about it ("" where there is nothing to do)."""

    sentence: str
    advice: str = ""


class Word(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One class or reason. kind: what it is said of. owner: whose turn it is."""

    kind: Kind
    owner: Literal["publisher", "platform"]
    ja: Saying
    en: Saying


class _Known(dict[str, str]):
    """Fills a placeholder that nothing is known about with nothing, rather than failing on it."""

    def __missing__(self, name: str) -> str:
        return ""


@cache
def words() -> dict[str, Word]:
    """All classes and reasons of schemas/issues/harvest.yaml, in its order.

    Raises msgspec.ValidationError where the file has an unknown key or lacks one.
    """
    text = (folder("schemas") / "issues" / "harvest.yaml").read_text("utf-8")
    return msgspec.convert(yaml.load(text, Loader=yaml.CSafeLoader), dict[str, Word])


def say(name: str, lang: str, **found: object) -> Saying:
    """Sentence and advice of a class or reason, filled in. lang: ja, else English. Raises KeyError."""
    word = words()[name]
    saying = word.ja if lang.startswith("ja") else word.en
    known = _Known({key: str(value) for key, value in found.items() if value is not None})
    return Saying(saying.sentence.format_map(known), saying.advice.format_map(known))
