"""Words of a report around its issues, from schemas/issues/report.yaml."""

from collections.abc import Iterator
from functools import cache

import yaml

from ..data import folder


class Phrases:
    """A phrase by key and language; placeholders are filled from keyword arguments."""

    def __init__(self, words: dict[str, dict[str, str]]) -> None:
        self._words = words

    def __call__(self, key: str, lang: str, **facts: object) -> str:
        """The phrase in Japanese or, for any other language, in English. Raises KeyError for an unknown key."""
        text = self._words[key]["ja" if lang == "ja" else "en"]
        return text.format(
            **{name: f"{fact:,}" if isinstance(fact, int) else fact for name, fact in facts.items()}
        )

    def __iter__(self) -> Iterator[str]:
        return iter(self._words)


@cache
def load_phrases() -> Phrases:
    """The phrases; read once."""
    text = (folder("schemas") / "issues" / "report.yaml").read_text("utf-8")
    return Phrases(yaml.load(text, yaml.CSafeLoader))
