"""The only opener of outgoing connections: paced, polite, and never further than it may go."""

import random
import time
from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from ipaddress import ip_address
from urllib.parse import urlsplit

import msgspec

from .addresses import Allow, is_allowed, judged
from .addresses import allow as parse_allow
from .answer import Answer, Refused
from .judge import is_page
from .pace import Pace
from .robots import Robots, Rules
from .send import Asked, Sender, place

WAITS = (2.0, 8.0, 30.0)  # seconds before the retries
MB = 1_000_000


class NoContact(Exception):
    """A public host may only be asked by someone who can be written to."""


class Limits(msgspec.Struct, frozen=True):
    """Seconds: silence between bytes, a request with all its tries, a file's; pause between requests to a host."""

    silence: float = 30
    request: float = 120
    file: float = 300
    pause: float = 1


USUAL = Limits()


class Fetcher:
    """Gets addresses. One object serves all threads.

    allow: networks with ports that are not public but may be fetched from (`127.0.0.0/8:18000-18062`).
    contact: mail shown to servers; site: our address; version: ours. proxy: `ckan.download_proxy`.
    verify: a file of certificates for tests; there is no switch to ignore them. rules: known
    robots.txt by host. pace: turns by host, where several machines share them. now, sleep: the clock.
    """

    def __init__(
        self,
        allow: Iterable[str | Allow] = (),
        contact: str = "",
        version: str = "0",
        site: str = "",
        proxy: str | None = None,
        limits: Limits = USUAL,
        verify: str | None = None,
        rules: dict[str, Rules] | None = None,
        pace: Pace | None = None,
        now: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._allowed = tuple(parse_allow(each) if isinstance(each, str) else each for each in allow)
        self._contact, self._limits, self._now, self._sleep = contact, limits, now, sleep
        about = "; ".join(part for part in (f"+{site.rstrip('/')}/about" if site else "", contact) if part)
        self.agent = f"ckanext-jichitai/{version}" + (f" ({about})" if about else "")
        self._sender = Sender(self._allowed, limits.silence, proxy, verify or True)
        self.robots = Robots(self.agent, now, rules)
        self.pace = pace or Pace(now, sleep)

    def get(
        self,
        url: str,
        *,
        cap: int = 32 * MB,
        accept: str = "*/*",
        etag: str | None = None,
        last_modified: str | None = None,
        secret: Mapping[str, str] | None = None,
        pause: float | None = None,
        permitted: bool = False,
        page: bool = False,
        part: int | None = None,
        file: bool = False,
    ) -> Answer:
        """The answer to GET, always a value.

        cap: bytes, unpacked. etag, last_modified: validators of what we hold. secret: headers for this
        origin alone. pause: seconds between requests where the source asks for more than ours.
        permitted: someone allowed what robots.txt forbids. page: a web page is welcome. part: only the
        first so many bytes. file: the longer deadline.
        Raises NoContact for a public host when there is no contact.
        """
        try:
            own = self._is_own(url)
        except Refused as fault:
            return _failed(url, fault, 0)
        if not own and not self._contact:
            raise NoContact("set ckanext.jichitai.fetch.contact: servers must see whom to write to")
        if refused := self._robots(url, own, permitted):
            return refused
        asked = Asked(
            url=url,
            headers=_headers(self.agent, accept, etag, last_modified, part),
            secret=dict(secret or {}),
            cap=cap,
            part=part is not None,
            seconds=self._limits.file if file else self._limits.request,
        )
        asking = 0.0 if own else max(pause or 0, self._limits.pause, self.robots.pause(url))
        answer = self._tries(asked, asking)
        if answer.cls is None and not page and is_page(answer.body):
            return msgspec.structs.replace(answer, cls="html_page")
        return answer

    def _tries(self, asked: Asked, pause: float) -> Answer:
        """Up to three retries, as long as the deadline holds; waiting does not count."""
        host, left = urlsplit(asked.url).netloc.lower(), asked.seconds
        if wait := self.pace.busy(host):
            return Answer(asked.url, cls="busy", retry_after=wait, tries=0)
        tries = 0
        while True:
            tries += 1
            began = time.monotonic()
            try:
                with self.pace.turn(host, pause):
                    answer = self._sender.send(msgspec.structs.replace(asked, seconds=left), self._now())
                return msgspec.structs.replace(answer, sha256=sha256(answer.body).hexdigest(), tries=tries)
            except Refused as fault:
                left -= time.monotonic() - began
                if fault.cls == "busy" and fault.wait and not fault.again:
                    self.pace.defer(host, fault.wait)
                if not fault.again or tries > len(WAITS) or left <= 0:
                    return _failed(asked.url, fault, tries)
                usual = WAITS[tries - 1] * random.uniform(0.75, 1.25)
                self._sleep(usual if fault.wait is None else fault.wait)

    def _robots(self, url: str, own: bool, permitted: bool) -> Answer | None:
        """The refusal by robots.txt, None where we may go on."""
        with self.robots.reading(url):
            if due := self.robots.due(url):
                headers = _headers(self.agent, "text/plain, */*", None, None, None)
                answer = self._tries(
                    Asked(due, headers, {}, MB, False, self._limits.silence), 0.0 if own else 1.0
                )
                self.robots.learn(url, answer)
                if answer.status == 0 and answer.cls:
                    return msgspec.structs.replace(answer, url=url)
        if permitted or self.robots.permits(url):
            return None
        return Answer(url, cls="robots", tries=0)

    def _is_own(self, url: str) -> bool:
        """Whether the host lies in the deployment's own networks, so that no pause is needed.

        Raises Refused for what may not be asked at all.
        """
        host, port = place(url)
        if self._contact and not self._allowed:
            return False
        pairs = judged(host, port, self._allowed)
        return all(is_allowed(ip_address(text), port, self._allowed) for _, text in pairs)


def _headers(
    agent: str, accept: str, etag: str | None, last_modified: str | None, part: int | None
) -> dict[str, str]:
    found = {"User-Agent": agent, "Accept": accept, "Accept-Encoding": "gzip", "Connection": "close"}
    wanted = {
        "If-None-Match": etag,
        "If-Modified-Since": last_modified,
        "Range": f"bytes=0-{part - 1}" if part else None,
    }
    return found | {name: value for name, value in wanted.items() if value}


def _failed(url: str, fault: Refused, tries: int) -> Answer:
    return Answer(url, fault.status, cls=fault.cls, detail=fault.detail, tries=tries, retry_after=fault.wait)
