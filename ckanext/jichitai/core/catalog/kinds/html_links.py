"""A page of a municipality that links its files: one start page, and what it links on its own host, below its path.

Depth 1: the pages that the start page links are read, theirs are not. A table file with its link
text is a dataset of one file; its address is its key. `selector` (CSS) says in which part of a
page links count. Withdrawals always wait for a person (see guard): a page says nothing of what it
no longer links. robots.txt holds strictly: no permission opens it.
"""

from collections.abc import Mapping
from hashlib import sha256
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import msgspec
from bs4 import BeautifulSoup, Tag

from ..lexicon import Lexicon
from ..values import Page, Progress, Record, RemoteFile, Request, Source
from ..wash import address, wash
from .payload import Unreadable, markup

ACCEPT = "text/html, application/xhtml+xml"
CAP = 8_000_000
MOST = 200  # links of one source
TABLES = ("CSV", "TSV", "XLSX", "XLS", "ZIP")
PAGES = ("", "html", "htm", "php", "aspx")


def first(source: Source) -> Request:
    """The start page."""
    return Request(source.url, ACCEPT, CAP, page=True)


def smaller(request: Request) -> Request | None:
    """A page comes whole."""
    return None


def read(
    source: Source,
    request: Request | None,
    body: bytes,
    headers: Mapping[str, str],
    progress: Progress,
    lexicon: Lexicon,
) -> Page:
    """Read the start page, or one that it links. Complete once all were read and none of the links was cut off."""
    here = (request or first(source)).url
    try:
        page = BeautifulSoup(markup(body), "html.parser")
    except Unreadable as fault:
        return Page(fault=fault.cls, detail=fault.why)
    links = _links(page, here, source)
    if not links and not progress.pages:
        return Page(fault="html_page", detail="no link in the selected part")
    files = {url: text for url, text in links if lexicon.format(url, "") in TABLES}
    came = {url: text for url, text in files.items() if url not in progress.seen}
    room = MOST - len(progress.seen)
    kept = dict(list(came.items())[:room])
    start = not progress.pages
    waiting = [url for url, _ in links if _is_page(url, source)] if start else list(progress.waiting)
    progress = msgspec.structs.replace(
        progress,
        pages=progress.pages + 1,
        seen=progress.seen | kept.keys(),
        asked=progress.asked | {here},
        broken=progress.broken or len(came) > room,
    )
    waiting = [url for url in dict.fromkeys(waiting) if url not in progress.asked]
    going = bool(waiting) and len(progress.seen) < MOST
    progress = msgspec.structs.replace(progress, waiting=tuple(waiting[1:MOST]) if going else ())
    title = wash(page.title.get_text()) if page.title else ""
    return Page(
        records=tuple(_record(source, url, text, here, title, lexicon) for url, text in kept.items()),
        next=Request(waiting[0], ACCEPT, CAP, page=True) if going else None,
        complete=None if going else not (progress.broken or waiting),
        progress=progress,
    )


def _links(page: BeautifulSoup, here: str, source: Source) -> list[tuple[str, str]]:
    """(address, text) of the links in the selected part, in their order."""
    base = page.find("base", href=True)
    root = urljoin(here, str(base["href"])) if isinstance(base, Tag) else here
    parts: list[Tag] = list(page.select(source.selector)) if source.selector else [page]
    found: dict[str, str] = {}
    for part in parts:
        for link in [part, *part.find_all("a", href=True)]:
            if link.name == "a" and link.has_attr("href"):
                url = urldefrag(address(str(link["href"]), root)).url
                if url:
                    found.setdefault(url, wash(" ".join(link.get_text(" ").split())))
    return list(found.items())


def _is_page(url: str, source: Source) -> bool:
    """Whether a link may be followed: same host, below the start page's folder, not the start page itself."""
    start, found = urlsplit(source.url), urlsplit(url)
    folder = start.path.rpartition("/")[0] + "/"
    name = found.path.rpartition("/")[2]
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    return (
        (found.scheme, found.netloc.lower()) == (start.scheme, start.netloc.lower())
        and found.path.startswith(folder)
        and ending in PAGES
        and url != urldefrag(source.url).url
    )


def _record(source: Source, url: str, text: str, here: str, title: str, lexicon: Lexicon) -> Record:
    name = unquote(urlsplit(url).path).rsplit("/", 1)[-1]
    plain = text if len(text) > 5 else " ".join(part for part in (title, text or name) if part)
    licence = source.licence or ""
    return Record(
        remote_id=url,
        name=name.rsplit(".", 1)[0],
        title=plain,
        files=(RemoteFile(url, url, text or name, format=lexicon.format(url, ""), format_text=""),),
        licence=lexicon.licence(licence),
        licence_text=licence,
        landing=here,
        raw=sha256(f"{url}\n{text}\n{title}".encode("utf-8", "replace")).hexdigest(),
    )
