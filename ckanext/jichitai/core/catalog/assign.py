"""Which item a file may hold, by what stands around it. A candidate only: the header decides.

By first evidence: what the publisher declares, a tag of the standard with the title, the file's
name, a topic of the definition in a title.
"""

import re
from collections.abc import Iterable, Sequence
from unicodedata import normalize
from urllib.parse import unquote, urlsplit

import msgspec

from ..definitions.model import Item, RuleBook
from .values import Record, RemoteFile

STANDARD_TAGS = ("自治体標準オープンデータセット", "自治体標準ods", "推奨データセット")
TABLES = ("CSV", "TSV", "XLSX", "XLS", "ZIP", "")  # formats worth a look; "" = unlabelled
SEPARATORS = re.compile("[^a-z]+")


class Candidate(msgspec.Struct, frozen=True):
    """An item with its evidence: declared, tag, file or topic, and the words that spoke for it."""

    item: str
    evidence: str
    words: str


def candidates(record: Record, book: RuleBook) -> dict[str, Candidate]:
    """File id → candidate, for the files of a record that may be tables."""
    found: dict[str, Candidate] = {}
    for file in record.files:
        if file.format not in TABLES or not file.url:
            continue
        declared = [text for text in (file.item, record.item, *record.standards) if text]
        titles = (
            (file.name, record.title)
            if len(record.files) == 1
            else (file.name, file.description, record.title)
        )
        if made := assign(titles, (*record.tags, *record.groups), file_names(file), book, declared):
            found[file.id] = made
    return found


def file_names(file: RemoteFile) -> tuple[str, ...]:
    """Base name of the file's address, without its ending."""
    name = unquote(urlsplit(file.url).path).rstrip("/").rsplit("/", 1)[-1]
    return (name.rsplit(".", 1)[0],) if name else ()


def assign(
    titles: Sequence[str],
    tags: Iterable[str],
    names: Iterable[str],
    book: RuleBook,
    declared: Iterable[str] = (),
) -> Candidate | None:
    """The candidate by first evidence, None where nothing speaks.

    titles: nearest to the file first. names: file names without ending. declared: item ids, numbers
    or titles as the publisher gives them.
    """
    for text in declared:
        for item in book.items.values():
            if _plain(text) in (item.id, _plain(item.title.ja), _plain(item.title.en)):
                return Candidate(item.id, "declared", text)
    topic = next((made for title in titles if (made := _topic(title, book))), None)
    if topic and any(mark in _plain(tag) for tag in tags for mark in STANDARD_TAGS):
        return msgspec.structs.replace(topic, evidence="tag")
    return next((made for name in names if (made := _named(name, book))), None) or topic


def _named(name: str, book: RuleBook) -> Candidate | None:
    """`<code>_<slug>`: the longest slug that stands in the name, else one that is a letter away."""
    words = _words(name)
    if not words:
        return None
    slugs = {known: item.id for item in book.items.values() for known in _slugs(item)}
    inside = [known for known in slugs if f"_{known}_" in f"_{words}_"]
    near = [known for known in slugs if len(known) >= 8 and _one_off(words, known)]
    found = max(inside, key=len) if inside else near[0] if len(near) == 1 else None
    return Candidate(slugs[found], "file", name) if found else None


def _slugs(item: Item) -> list[str]:
    patterns = [pattern.rsplit(".", 1)[0].replace("{code}", "") for pattern in item.files]
    return [words for slug in (item.id, *patterns) if (words := _words(slug))]


def _words(name: str) -> str:
    """Latin words of a name joined by _, codes and dates left out."""
    return SEPARATORS.sub("_", name.lower()).strip("_")


def _topic(title: str, book: RuleBook) -> Candidate | None:
    """The item whose longest word stands in the title and none of whose contrary words does."""
    plain = _plain(title)
    best: tuple[int, int, str, str] | None = None
    for item in book.items.values():
        if any(_plain(word) in plain for word in item.topic_not):
            continue
        for word in (*item.topic, item.title.ja):
            if (form := _plain(word)) and form in plain:
                # The longest word decides; of equal ones the last in the title, where Japanese puts the noun.
                found = (len(form), plain.rfind(form), item.id, word)
                best = max(best, found) if best else found
    return Candidate(best[2], "topic", best[3]) if best else None


def _plain(text: str) -> str:
    return "".join(normalize("NFKC", text).casefold().split())


def _one_off(left: str, right: str) -> bool:
    """Whether one letter is missing, too many, or another."""
    if abs(len(left) - len(right)) > 1:
        return False
    start = 0
    while start < min(len(left), len(right)) and left[start] == right[start]:
        start += 1
    if len(left) == len(right):
        return left[start + 1 :] == right[start + 1 :]
    short, long = sorted((left, right), key=len)
    return short[start:] == long[start + 1 :]
