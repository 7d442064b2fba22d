"""All ports in one process: one thread waits for connections, one answers each."""

import contextlib
import selectors
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from .site import Site


class Port(ThreadingHTTPServer):
    """A listening port with its site."""

    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 64

    def __init__(self, number: int, site: Site):
        super().__init__(("127.0.0.1", number), Handler)
        self.site = site


class Handler(BaseHTTPRequestHandler):
    """Speaks HTTP/1.1 with kept connections."""

    protocol_version = "HTTP/1.1"
    server_version = "DemoCatalog"
    server: Port

    def do_GET(self) -> None:
        """Answer, or hang up where the site plays dead."""
        try:
            answer = self.server.site.answer(self.path, self.headers.get("If-None-Match"))
        except ConnectionAbortedError:
            self.close_connection = True
            with contextlib.suppress(OSError):
                self.connection.shutdown(socket.SHUT_RDWR)
            return
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if self.command == "GET":
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                self.wfile.write(answer.body)

    do_HEAD = do_GET

    def log_message(self, format: str, *args: object) -> None:
        """Silence: a harvest makes thousands of requests."""


def serve(sites: dict[int, Site], stop: threading.Event | None = None) -> None:
    """Answer on all ports until stopped. Raises OSError naming the port that is taken."""
    stop = stop or threading.Event()
    chosen = selectors.DefaultSelector()
    ports = []
    for number, site in sites.items():
        try:
            port = Port(number, site)
        except OSError as error:
            raise OSError(error.errno, f"port {number} is taken: set DEMO_PORT to another number") from error
        ports.append(port)
        chosen.register(port.fileno(), selectors.EVENT_READ, port)
    while not stop.is_set():
        for key, _ in chosen.select(timeout=0.5):
            key.data._handle_request_noblock()
    for port in ports:
        port.server_close()
