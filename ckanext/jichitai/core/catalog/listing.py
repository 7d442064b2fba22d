"""A source's listing, page by page: what to ask, and what came of it.

The walk opens no connection. Whoever drives it fetches `request`, and tells it the body or the
class of the failure, until `request` is None:

    walk = Walk(source, lexicon)
    while walk.request:
        answer = fetch(walk.request)
        walk.take(answer.body, answer.headers) if not answer.cls else walk.fail(answer.cls)
    walk.listing()
"""

from collections.abc import Mapping

from .kinds import kind_of
from .lexicon import Lexicon
from .values import Listing, Page, Progress, Record, Refusal, Request, Source


class Walk:
    """One listing of one source."""

    def __init__(self, source: Source, lexicon: Lexicon) -> None:
        self._source, self._lexicon = source, lexicon
        self._kind = kind_of(source)
        self._records: list[Record] = []
        self._refusals: list[Refusal] = []
        self._progress = Progress()
        self._page = Page()
        self.request: Request | None = self._kind.first(source)
        if self.request is None:
            self.take(b"", {})

    def take(self, body: bytes, headers: Mapping[str, str]) -> None:
        """Read an answer (status 200) to `request`; headers with lower-case names."""
        page = self._kind.read(self._source, self.request, body, headers, self._progress, self._lexicon)
        if page.fault:
            return self.fail(page.fault, page.detail)
        if page.again:
            self._records.clear()
            self._refusals.clear()
        self._records.extend(page.records)
        self._refusals.extend(page.refusals)
        self._progress, self._page, self.request = page.progress, page, page.next
        return None

    def fail(self, cls: str, detail: str = "") -> None:
        """The request failed with a class of the fetcher. A page that is too big is asked for in parts."""
        smaller = self._kind.smaller(self.request) if cls == "too_big" and self.request else None
        if smaller:
            self.request = smaller
            return
        # What was seen may be used, but says nothing about what was not.
        begun = bool(self._records or self._refusals)
        self._page = Page(complete=False, fault="incomplete" if begun else cls, detail=detail or cls)
        self.request = None

    def listing(self) -> Listing:
        """All that came; complete only where the source type proved it."""
        return Listing(
            source=self._source.id,
            records=tuple(self._records),
            refusals=tuple(self._refusals),
            complete=self._page.complete is True,
            declared=self._progress.declared,
            fault=self._page.fault or (None if self._page.complete else "incomplete"),
            detail=self._page.detail,
        )
