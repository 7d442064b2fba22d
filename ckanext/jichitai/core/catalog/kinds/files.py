"""Files that an operator lists in the source's row: nothing is asked, the row is the listing.

The key is the identity, so an address may move; a dead link is a state of the file.
"""

from collections.abc import Mapping

from ..lexicon import Lexicon
from ..values import ListedFile, Page, Progress, Record, RemoteFile, Request, Source
from ..wash import address, wash


def first(source: Source) -> Request | None:
    """Nothing is asked."""
    return None


def smaller(request: Request) -> Request | None:
    """Nothing is asked."""
    return None


def read(
    source: Source,
    request: Request | None,
    body: bytes,
    headers: Mapping[str, str],
    progress: Progress,
    lexicon: Lexicon,
) -> Page:
    """The rows, each a dataset with one file; always complete."""
    records = tuple(_record(source, row, lexicon) for row in source.files)
    seen = frozenset(record.remote_id for record in records)
    count = len(records)
    return Page(records=records, complete=True, declared=count, progress=Progress(seen=seen, declared=count))


def _record(source: Source, row: ListedFile, lexicon: Lexicon) -> Record:
    url = address(row.url, source.url)
    licence = wash(row.licence or source.licence)
    return Record(
        remote_id=wash(row.key),
        name=wash(row.key),
        title=wash(row.title),
        files=(
            RemoteFile(wash(row.key), url, wash(row.title), format=lexicon.format(url, ""), item=row.item),
        ),
        licence=lexicon.licence(licence),
        licence_text=licence,
        landing=address(source.url) or url,
        item=row.item,
    )
