"""Which item a dataset and its files are taken for, by the words around them; the header decides later."""

from collections import Counter

from ckanext.jichitai.bridge.rulebook import book
from ckanext.jichitai.core.catalog.assign import candidates
from ckanext.jichitai.core.catalog.values import Record


def of(record: Record) -> str | None:
    """The item of a dataset: declared, or that of most of its candidate files; None where none speaks."""
    if record.item in book().items:
        return record.item
    found = Counter(candidate.item for candidate in candidates(record, book()).values())
    return found.most_common(1)[0][0] if found else None


def of_files(record: Record) -> dict[str, str]:
    """Remote id of a file → item, for files that may be tables of one."""
    return {key: candidate.item for key, candidate in candidates(record, book()).items()}
