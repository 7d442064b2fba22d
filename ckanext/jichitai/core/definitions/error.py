"""A fault of the rule book itself: whoever edits it must mend it, so it is an exception."""

from collections.abc import Iterable
from difflib import get_close_matches


class DefinitionError(Exception):
    """The rule book cannot be used.

    file: name below schemas/. path: place inside it, as columns[3].type. message: what is wrong
    and, where one is near, the known word that was probably meant.
    """

    def __init__(self, file: str, path: str, message: str) -> None:
        self.file, self.path, self.message = file, path, message
        super().__init__(f"{file}: {path}: {message}" if path else f"{file}: {message}")


def nearest(word: str, known: Iterable[str]) -> str:
    """` (did you mean …?)` for the closest known word, else an empty text."""
    found = get_close_matches(word, list(known), n=1, cutoff=0.5)
    return f" (did you mean {found[0]!r}?)" if found else ""
