"""Connections that go to judged addresses only, for requests through urllib3.

The check stands where the socket is opened, so that no redirect, proxy variable or second look-up
can lead past it.
"""

import socket
from collections.abc import Callable
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

from .addresses import Allow, judged

CONNECT = 10.0  # seconds for all addresses of a host together

Opened = Callable[[socket.socket], None]


def open_socket(host: str, port: int, allowed: tuple[Allow, ...], timeout: float) -> socket.socket:
    """A connection to the first judged address that answers. Raises Refused or OSError."""
    fault: OSError = OSError(f"{host}: no address")
    pairs = judged(host, port, allowed)
    for family, address in pairs:
        made = socket.socket(family, socket.SOCK_STREAM)
        made.settimeout(max(timeout / len(pairs), 1))
        try:
            made.connect((address, port))
            if made.getpeername()[0].partition("%")[0] != address.partition("%")[0]:
                raise OSError(f"{host}: another machine answers than {address}")
            return made
        except OSError as error:
            made.close()
            fault = error
    raise fault


def _unwatched(made: socket.socket) -> None:
    """No deadline."""


class _Judged:
    """What both kinds of connection share; the adapter makes classes of them with its own two values."""

    allowed: tuple[Allow, ...] = ()
    opened: Opened = staticmethod(_unwatched)

    def _new_conn(self) -> socket.socket:
        this: Any = self
        try:
            made = open_socket(this._dns_host, this.port, self.allowed, CONNECT)
        except TimeoutError as fault:
            raise ConnectTimeoutError(this, f"no connection within {CONNECT:.0f} s") from fault
        except OSError as fault:
            raise NewConnectionError(this, str(fault)) from fault
        self.opened(made)
        return made


def _closed(_pool: object, made: HTTPConnection | None) -> None:
    """In the place of putting a connection back: each request asks for `Connection: close`, and a server
    that obeys without saying so leaves one behind that is dead for the next request."""
    if made is not None:
        made.close()


class JudgedAdapter(HTTPAdapter):
    """requests' adapter over judged connections; `opened` is told each socket, for deadlines."""

    def __init__(self, allowed: tuple[Allow, ...], opened: Opened) -> None:
        own = {"allowed": allowed, "opened": staticmethod(opened)}
        plain = type("JudgedHTTP", (_Judged, HTTPConnection), own)
        secure = type("JudgedHTTPS", (_Judged, HTTPSConnection), own)
        self._pools: dict[str, type[HTTPConnectionPool]] = {
            "http": type("JudgedPool", (HTTPConnectionPool,), {"ConnectionCls": plain, "_put_conn": _closed}),
            "https": type(
                "JudgedSecurePool", (HTTPSConnectionPool,), {"ConnectionCls": secure, "_put_conn": _closed}
            ),
        }
        super().__init__(pool_connections=16, pool_maxsize=1)

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        """The manager that requests asks for, with our connections in it."""
        manager: Any = PoolManager(*args[:1], maxsize=1, block=False)
        manager.pool_classes_by_scheme = self._pools
        self.poolmanager = manager
