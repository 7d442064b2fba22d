"""How often a host is asked: one connection at a time, with a pause between requests."""

import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager


class Pace:
    """Turns within this process. A deployment of several machines gives its own, with the same `turn`."""

    def __init__(self, now: Callable[[], float], sleep: Callable[[float], None]) -> None:
        self._now, self._sleep = now, sleep
        self._lock = threading.Lock()
        self._hosts: dict[str, threading.Lock] = {}
        self._free: dict[str, float] = {}
        self._busy: dict[str, float] = {}

    @contextmanager
    def turn(self, host: str, pause: float) -> Generator[None]:
        """Hold the host's only turn; the next one begins `pause` seconds after this has ended."""
        with self._lock:
            mine = self._hosts.setdefault(host, threading.Lock())
        with mine:
            if (wait := self._free.get(host, 0) - self._now()) > 0:
                self._sleep(wait)
            try:
                yield
            finally:
                self._free[host] = self._now() + pause

    def busy(self, host: str) -> float:
        """Seconds that a host asked to be left alone; 0 where it may be asked."""
        return max(self._busy.get(host, 0) - self._now(), 0)

    def defer(self, host: str, seconds: float) -> None:
        """Leave a host alone for so long; every source of it waits."""
        self._busy[host] = max(self._busy.get(host, 0), self._now() + seconds)
