"""Lists of words: schemas/lists/."""

from .strict import Strict, Words


class ListWord(Strict, frozen=True):
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


class WordList(Strict, frozen=True):
    """A list of schemas/lists/<id>.yaml: canonical word → what is known of it.

    id: the file's name, not written in it. closed: whether the standard means the list to be
    complete; a column says for itself whether it refuses other words.
    """

    title: Words
    words: dict[str, ListWord]
    closed: bool = True
    id: str = ""
