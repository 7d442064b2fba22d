"""The end of a request, whatever the server does: a byte a second, a header without end, silence.

Time-outs of a socket begin anew with each byte. Here a timer closes the connection under the reader.
"""

import contextlib
import socket
import threading
from types import TracebackType

_current = threading.local()


class Deadline:
    """Closes every socket that this thread opens inside the block, once `seconds` are over.

    over: whether that has happened.
    """

    def __init__(self, seconds: float) -> None:
        self.over = False
        self._lock = threading.Lock()
        self._sockets: list[socket.socket] = []
        self._timer = threading.Timer(max(seconds, 0), self._end)
        self._timer.daemon = True

    def __enter__(self) -> "Deadline":
        _current.deadline = self
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        _current.deadline = None
        with self._lock:
            for held in self._sockets:
                held.close()
            self._sockets.clear()

    def watch(self, opened: socket.socket) -> None:
        """Take part in the socket's connection: a copy, because TLS takes the socket itself away."""
        copy = opened.dup()
        with self._lock:
            self._sockets.append(copy)
            if self.over:
                _cut(copy)

    def _end(self) -> None:
        with self._lock:
            self.over = True
            for held in self._sockets:
                _cut(held)


def watch(opened: socket.socket) -> None:
    """Put a socket under the deadline of this thread, if there is one."""
    if deadline := getattr(_current, "deadline", None):
        deadline.watch(opened)


def _cut(held: socket.socket) -> None:
    with contextlib.suppress(OSError):  # closed by the other side already
        held.shutdown(socket.SHUT_RDWR)
