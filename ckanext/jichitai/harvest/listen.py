"""Ask one source for its whole listing. Runs in a thread of its own: no database, no CKAN.

What is asked next is the source type's to say; here stands only that it is fetched, kept in the
archive, and handed back in order.
"""

import time
from collections.abc import Callable

import msgspec

from ckanext.jichitai.core.catalog.kinds import kind_of
from ckanext.jichitai.core.catalog.lexicon import Lexicon
from ckanext.jichitai.core.catalog.listing import Walk
from ckanext.jichitai.core.catalog.values import Listing, Request, Source
from ckanext.jichitai.net.answer import Answer

CONFIRMED = 50  # absent records asked for one by one in a run
ABSENT = (403, 404)  # what a source answers about a record that it no longer gives

Get = Callable[[Request], Answer]
Put = Callable[[bytes], str]


class Fetched(msgspec.Struct, frozen=True):
    """One answer as the table `jichitai_fetch` holds it."""

    kind: str
    url: str
    at: float
    seconds: float
    status: int | None
    fault: str | None
    sha256: str | None
    bytes: int
    etag: str | None = None
    last_modified: str | None = None
    content_type: str | None = None


class Heard(msgspec.Struct):
    """A listing, with every answer that it was made of. until: seconds that a busy server asks to wait."""

    listing: Listing
    answers: list[Fetched]
    seconds: float = 0.0
    bytes: int = 0
    until: float = 0.0


def listen(
    source: Source, lexicon: Lexicon, live: frozenset[str], get: Get, put: Put, longest: float
) -> Heard:
    """The source's listing. live: remote ids that are in the catalog; those absent are asked for by name.

    longest: seconds for the whole; what was heard until then may be used, and is not complete.
    """
    began = time.monotonic()
    heard = Heard(Listing(source.id, ()), [])
    walk = Walk(source, lexicon)
    while walk.request:
        if time.monotonic() - began > longest:
            walk.fail("timeout", f"longer than {longest:.0f} seconds")
            break
        answer = _ask(walk.request, "list", heard, get, put)
        if answer.cls:
            walk.fail(answer.cls, answer.detail)
        else:
            walk.take(answer.body, answer.headers)
    heard.listing = _confirmed(source, walk.listing(), live, heard, get, put)
    heard.seconds = time.monotonic() - began
    return heard


def _confirmed(
    source: Source, listing: Listing, live: frozenset[str], heard: Heard, get: Get, put: Put
) -> Listing:
    """Absent records that the source, asked by name, still has, or could not be asked about, are not absent."""
    one = getattr(kind_of(source), "one", None)
    if one is None or not listing.complete:
        return listing
    named = {record.remote_id for record in listing.records} | {r.remote_id for r in listing.refusals}
    missing = sorted(live - named)
    standing = missing[CONFIRMED:]
    for remote_id in missing[:CONFIRMED]:
        answer = _ask(one(source, remote_id), "confirm", heard, get, put)
        if answer.status not in ABSENT:
            standing.append(remote_id)
    return msgspec.structs.replace(listing, standing=tuple(standing))


def _ask(request: Request, kind: str, heard: Heard, get: Get, put: Put) -> Answer:
    began, at = time.monotonic(), time.time()
    answer = get(request)
    if answer.body and not answer.cls:
        put(answer.body)
    heard.answers.append(fetched(answer, kind, request.url, at, time.monotonic() - began))
    heard.bytes += len(answer.body)
    heard.until = max(heard.until, answer.retry_after or 0)
    return answer


def fetched(answer: Answer, kind: str, url: str, at: float, seconds: float) -> Fetched:
    """An answer as the table takes it."""
    kept = bool(answer.body) and not answer.cls
    return Fetched(
        kind=kind,
        url=url,
        at=at,
        seconds=seconds,
        status=answer.status or None,
        fault=answer.cls,
        sha256=answer.sha256 if kept else None,
        bytes=len(answer.body) if kept else 0,
        etag=answer.etag or None,
        last_modified=answer.last_modified or None,
        content_type=answer.headers.get("content-type"),
    )
