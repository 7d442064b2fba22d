"""Datasets that a source made anew: another id, but two of name, title and files as before.

The key moves over to the new id, so the dataset keeps its address here and nothing is withdrawn.
"""

from collections.abc import Iterable

from .planned import Present
from .record import dataset_name
from .values import Record, Source


def made_anew(vanished: Iterable[Present], new: Iterable[Record], source: Source) -> dict[str, Present]:
    """New remote id → the vanished one it stands for; best match first, each used once.

    Ties are settled by the ids, so the order of the listing does not matter.
    """
    gone, came = list(vanished), list(new)
    by_title: dict[str, list[Present]] = {}
    by_files: dict[tuple[str, ...], list[Present]] = {}
    for old in gone:
        by_title.setdefault(old.title, []).append(old)
        if old.files:
            by_files.setdefault(tuple(sorted(old.files)), []).append(old)
    pairs: set[tuple[int, str, str]] = set()
    for record in came:
        files = tuple(sorted(file.url for file in record.files))
        # Two of three are equal only if title or files are.
        for old in (*by_title.get(record.title, ()), *by_files.get(files, ())):
            if (equal := _equal(old, record, files, source)) >= 2:
                pairs.add((-equal, old.remote_id, record.remote_id))
    known = {old.remote_id: old for old in gone}
    found: dict[str, Present] = {}
    for _, old_id, new_id in sorted(pairs):
        if old_id in known and new_id not in found:
            found[new_id] = known.pop(old_id)
    return found


def _equal(old: Present, record: Record, files: tuple[str, ...], source: Source) -> int:
    name = dataset_name(source.id, record.name, record.remote_id)
    return (
        (old.name == name) + (old.title == record.title) + (bool(files) and tuple(sorted(old.files)) == files)
    )
