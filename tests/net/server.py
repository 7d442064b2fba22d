"""A loopback server that misbehaves as told, and counts what it was asked."""

import gzip
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

CSV = "名称,緯度\n市役所,35.6\n".encode()
BOMB = gzip.compress(b"\0" * 40_000_000, 1)
PAGE = "<!DOCTYPE html>\n<title>メンテナンス中</title>".encode()


class Handler(BaseHTTPRequestHandler):
    """One path, one behaviour: `plays` of the server."""

    protocol_version = "HTTP/1.1"
    server: "Server"

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        self.server.asked[path] += 1
        self.server.headers.append(dict(self.headers))
        self.close_connection = True
        play = self.server.plays.get(path)
        # The client hangs up where it should.
        with suppress(BrokenPipeError, ConnectionResetError):
            play(self) if play else self.reply(404)

    def reply(self, status: int = 200, body: bytes = b"", **headers: str) -> None:
        """A whole answer; header names with underscores for hyphens."""
        self.send_response(status)
        for name, value in {"Content_Length": str(len(body)), **headers}.items():
            if value:
                self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Silence."""


class Server(ThreadingHTTPServer):
    """A port with its plays. trap: another port that nothing may reach."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.plays: dict[str, Callable[[Handler], None]] = {}
        self.asked: Counter[str] = Counter()
        self.headers: list[dict[str, str]] = []

    @property
    def port(self) -> int:
        return self.server_address[1]

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"


@contextmanager
def serving() -> Iterator[Server]:
    """A running server."""
    server = Server()
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def drip(handler: Handler) -> None:
    """A byte now and then, for ever."""
    handler.send_response(200)
    handler.end_headers()
    while True:
        handler.wfile.write(b"x")
        time.sleep(0.05)


def drip_header(handler: Handler) -> None:
    """A header without end."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
    while True:
        handler.wfile.write(b"x")
        time.sleep(0.05)


def silence(handler: Handler) -> None:
    """Nothing at all."""
    time.sleep(5)


def hang_up(handler: Handler) -> None:
    """The connection ends before an answer."""
    handler.connection.shutdown(socket.SHUT_RDWR)


def endless(handler: Handler) -> None:
    """More and more, as fast as it goes."""
    handler.send_response(200)
    handler.end_headers()
    while True:
        handler.wfile.write(b"x" * 65536)


def bomb(handler: Handler) -> None:
    """40 MB in 40 kB."""
    handler.reply(body=BOMB, Content_Encoding="gzip")


def after(times: int, bad: Callable[[Handler], None]) -> Callable[[Handler], None]:
    """Bad the first times, then fine."""
    left = [times]

    def play(handler: Handler) -> None:
        left[0] -= 1
        bad(handler) if left[0] >= 0 else handler.reply(body=CSV)

    return play
