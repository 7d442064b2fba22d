"""A CKAN site, or one organization of it, by `package_search`.

Complete = one count on all pages and in a closing query without rows, ids unique, as many as counted.
A list that moved is listed once more; one that still moves is incomplete. A site that ignores
`rows` is followed by what came; one that ignores the filter is refused.
Private, draft and deleted datasets are absent: an anonymous search does not give them.
Source: API of CKAN 2.9 to 2.12, answers of Tokyo's portal of 2022 and 2026.
"""

from collections.abc import Mapping
from urllib.parse import parse_qs, urlencode, urlsplit

import msgspec

from ..lexicon import Lexicon
from ..values import Page, Progress, Refusal, Request, Source
from .ckan_record import organization, record
from .payload import Unreadable, json_of

ROWS = 200
FEWEST = 5
CAP = 32_000_000


def first(source: Source) -> Request:
    """The first page."""
    return _ask(source, 0, ROWS)


def smaller(request: Request) -> Request | None:
    """The same place with half the rows; None where a handful is already too big."""
    start, rows = _place(request)
    if rows <= FEWEST:
        return None
    base, _, query = request.url.partition("?")
    asked = {name: values[0] for name, values in parse_qs(query).items()} | {
        "start": start,
        "rows": rows // 2,
    }
    return msgspec.structs.replace(request, url=f"{base}?{urlencode(asked)}")


def one(source: Source, remote_id: str) -> Request:
    """Ask for one dataset that the list no longer names: only 404 or 403 says that it is gone."""
    return Request(f"{_base(source)}/package_show?{urlencode({'id': remote_id})}", "application/json", CAP)


def read(
    source: Source,
    request: Request | None,
    body: bytes,
    headers: Mapping[str, str],
    progress: Progress,
    lexicon: Lexicon,
) -> Page:
    """Read a page of the list, or the closing query."""
    start, rows = _place(request or first(source))
    try:
        count, packages = _result(json_of(body))
    except Unreadable as fault:
        return Page(fault=fault.cls, detail=fault.why)
    if rows == 0:
        return _closed(source, progress, count)
    strangers = [package for package in packages if _foreign(source, package)]
    if strangers and start == 0:
        return Page(fault="bad_answer", detail=f"filter ignored: {organization(strangers[0])}")
    if progress.declared not in (None, count):
        progress = msgspec.structs.replace(progress, broken=True)
        if progress.attempt == 1:
            return _again(source)
    ids = [str(package.get("id") or "") for package in packages]
    progress = msgspec.structs.replace(
        progress,
        declared=count if progress.declared is None else progress.declared,
        bound=progress.bound or count // max(len(ids), 1) + 2,
        pages=progress.pages + 1,
        seen=progress.seen.union(ids),
        broken=progress.broken or len(set(ids)) < len(ids) or not progress.seen.isdisjoint(ids),
    )
    ours = [package for package in packages if not _foreign(source, package)]
    return Page(
        records=tuple(record(source, package, lexicon) for package in ours),
        refusals=tuple(
            Refusal(str(p.get("id")), "foreign", "organization", organization(p)) for p in strangers
        ),
        next=_next(source, progress, start + len(ids), rows, bool(ids)),
        declared=progress.declared,
        progress=progress,
    )


def _next(source: Source, progress: Progress, start: int, rows: int, came: bool) -> Request:
    """The next page, or the closing query once all came, nothing came, or too much did."""
    more = came and start < (progress.declared or 0) and progress.pages < progress.bound
    return _ask(source, start, rows) if more else _ask(source, 0, 0)


def _closed(source: Source, progress: Progress, count: int) -> Page:
    whole = count == progress.declared == len(progress.seen) and not progress.broken
    if not whole and progress.attempt == 1:
        return _again(source)
    return Page(complete=whole, declared=progress.declared, progress=progress)


def _again(source: Source) -> Page:
    return Page(again=True, next=first(source), progress=Progress(attempt=2))


def _result(answer: object) -> tuple[int, list[dict[str, object]]]:
    """Count and packages of an answer. Raises Unreadable where it is no answer of CKAN."""
    if not isinstance(answer, dict) or answer.get("success") is not True:
        raise Unreadable("bad_answer", "success is not true")
    result: object = answer.get("result")
    found: dict[str, object] = result if isinstance(result, dict) else {}
    count, results = found.get("count"), found.get("results")
    if type(count) is not int or not isinstance(results, list) or count < 0:
        raise Unreadable("bad_answer", "no count or no results")
    if not all(isinstance(package, dict) for package in results):
        raise Unreadable("bad_answer", "a result is no dataset")
    return count, results


def _foreign(source: Source, package: dict[str, object]) -> bool:
    return bool(source.organization) and organization(package) != source.organization


def _base(source: Source) -> str:
    return f"{source.url.rstrip('/')}/api/3/action"


def _ask(source: Source, start: int, rows: int) -> Request:
    wanted = {"fq": f'organization:"{source.organization}"'} if source.organization else {}
    query = urlencode({**wanted, "sort": "id asc", "rows": rows, "start": start})
    return Request(f"{_base(source)}/package_search?{query}", "application/json", CAP)


def _place(request: Request) -> tuple[int, int]:
    query = parse_qs(urlsplit(request.url).query)
    return int(query["start"][0]), int(query["rows"][0])
