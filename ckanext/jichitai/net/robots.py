"""robots.txt of each host: asked daily, kept for a week where it cannot be read."""

import threading
from collections import defaultdict
from collections.abc import Callable
from urllib.parse import urlsplit

import msgspec
from protego import Protego

from .answer import Answer

HOUR = 3600.0  # after which a robots.txt that failed is tried again
DAY = 24 * HOUR
KEPT = 7 * DAY
LONGEST = 10.0  # seconds of Crawl-delay that are kept to


class Rules(msgspec.Struct, frozen=True):
    """What a host says of robots. text: "" = no rules. at: when it was read, seconds."""

    text: str
    at: float


class Robots:
    """Rules by host. `known` may be filled from, and written to, a table of the deployment."""

    def __init__(self, agent: str, now: Callable[[], float], known: dict[str, Rules] | None = None) -> None:
        self.known: dict[str, Rules] = {} if known is None else known
        self._agent, self._now = agent, now
        self._parsed: dict[str, tuple[str, Protego]] = {}
        self._failed: dict[str, float] = {}
        self._reading: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)

    def reading(self, url: str) -> threading.Lock:
        """Held while a host's robots.txt is read: once by all threads, and no other host waits for it."""
        return self._reading[_host(url)]

    def due(self, url: str) -> str | None:
        """Address of the robots.txt to read before `url`; None while the last reading holds."""
        host, now = _host(url), self._now()
        rules, failed = self.known.get(host), self._failed.get(host)
        tried = failed is not None and now - failed < HOUR
        return None if tried or (rules and now - rules.at < DAY) else f"{host}/robots.txt"

    def learn(self, url: str, answer: Answer) -> None:
        """Take what came for a robots.txt: rules, none (404 or a web page), or a failure."""
        host = _host(url)
        if answer.cls is None and answer.status == 200:
            self.known[host] = Rules(answer.body.decode("utf-8", "replace"), self._now())
        elif answer.cls == "html_page" or 400 <= answer.status < 500:
            self.known[host] = Rules("", self._now())
        else:
            self._failed[host] = self._now()

    def permits(self, url: str) -> bool:
        """Whether the host lets us read `url`. Unknown and unreadable for a week: no."""
        rules = self._rules(url)
        return rules is not None and rules.can_fetch(url, self._agent)

    def pause(self, url: str) -> float:
        """Crawl-delay in seconds, 10 at most; 0 where none is asked for."""
        rules = self._rules(url)
        return min(float(rules.crawl_delay(self._agent) or 0), LONGEST) if rules else 0.0

    def _rules(self, url: str) -> Protego | None:
        host = _host(url)
        known = self.known.get(host)
        if known is None or self._now() - known.at > KEPT:
            return None
        held = self._parsed.get(host)
        if held is None or held[0] != known.text:
            held = self._parsed[host] = (known.text, Protego.parse(known.text))
        return held[1]


def _host(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.lower()}"
