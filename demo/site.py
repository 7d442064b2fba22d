"""What a port answers: the catalog of its publishers, and their files."""

import datetime as dt
import hashlib
import re
from email.utils import format_datetime
from urllib.parse import urlsplit

import msgspec

from ckanext.jichitai.core.definitions.model import RuleBook

from . import ckan_api, dcat, faults, listing
from .bodies import Bodies
from .world import Dataset, File, Publisher

FILE = re.compile(r"/(?:dataset/[\w-]+/resource|files)/([0-9a-f-]{36})/")
# As CKAN's own robots.txt: its API is closed to robots, so the portal's rows carry a permission.
PORTAL_ROBOTS = b"User-agent: *\nDisallow: /api/\nCrawl-Delay: 10\n"
OPEN_ROBOTS = b"User-agent: *\nDisallow:\n"

MEDIA = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xls": "application/vnd.ms-excel",
    "pdf": "application/pdf",
}


class Response(msgspec.Struct, frozen=True):
    """Status, headers and body of one answer."""

    status: int
    headers: dict[str, str]
    body: bytes


class Site:
    """One port: `answer` knows no socket."""

    def __init__(self, publishers: list[Publisher], book: RuleBook, bodies: Bodies, address: str):
        self.publishers = publishers
        self.book = book
        self.bodies = bodies
        self.address = address
        self.fault: faults.Fault | None = None
        self.files: dict[str, tuple[Publisher, Dataset, File]] = {
            file.id: (publisher, dataset, file)
            for publisher in publishers
            for dataset in publisher.datasets
            for file in dataset.files
        }

    def answer(self, target: str, known: str | None = None) -> Response:
        """Answer a GET; `known` is the ETag that the client holds.

        Raises ConnectionAbortedError where the site plays dead.
        """
        if self.fault and (ill := faults.played(self.fault, target)):
            return _plain(*ill)
        path = urlsplit(target).path
        if path == "/robots.txt":
            return _plain(200, "text/plain", PORTAL_ROBOTS if len(self.publishers) > 1 else OPEN_ROBOTS)
        if (found := FILE.match(path)) and found[1] in self.files:
            return self._file(found[1], known)
        catalog = self._catalog(target, path)
        if catalog is None:
            return _plain(404, "text/html; charset=utf-8", b"<!doctype html><title>404</title><p>Not found")
        return _tagged(catalog, known)

    def _catalog(self, target: str, path: str) -> ckan_api.Found | None:
        first = self.publishers[0]
        if first.manner == "dcat":
            return dcat.answer(first, target, self.address)
        if first.manner == "list":
            if path == listing.path(first, self.book):
                return 200, "text/csv; charset=utf-8", listing.body(first, self.book, self.address)
            return None
        return ckan_api.answer(self._shown(), target, self.address)

    def _shown(self) -> list[Publisher]:
        if self.fault != "shrink":
            return self.publishers
        return [
            msgspec.structs.replace(p, datasets=p.datasets[: len(p.datasets) * 2 // 5])
            for p in self.publishers
        ]

    def _file(self, key: str, known: str | None) -> Response:
        publisher, dataset, file = self.files[key]
        body = self.bodies.of(file, publisher.municipality)
        media = MEDIA.get(file.name.rpartition(".")[2].lower(), "application/octet-stream")
        changed = dt.datetime.fromisoformat(dataset.modified).replace(tzinfo=dt.UTC)
        return _tagged((200, media, body), known, {"Last-Modified": format_datetime(changed, usegmt=True)})


def _plain(status: int, media: str, body: bytes) -> Response:
    return Response(status, {"Content-Type": media}, body)


def _tagged(found: ckan_api.Found, known: str | None, headers: dict[str, str] | None = None) -> Response:
    """With an ETag of the bytes; 304 without a body where the client holds them."""
    status, media, body = found
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"Content-Type": media, "ETag": tag, **(headers or {})}
    return Response(304, headers, b"") if known == tag and status == 200 else Response(status, headers, body)
