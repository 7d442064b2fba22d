"""What came of a request: an answer is a value, also when it is a failure."""

from collections.abc import Mapping
from typing import Literal

import msgspec

Cls = Literal[
    "unreachable",
    "timeout",
    "tls",
    "blocked",
    "robots",
    "http_error",
    "html_page",
    "bad_answer",
    "too_big",
    "busy",
    "unsafe_address",
]


class Answer(msgspec.Struct, frozen=True):
    """An answer of the network.

    cls: None for success (200, 304, and 206 where a part was asked for), else the class of the failure,
    a key of schemas/issues/harvest.yaml. url: where it came from in the end. status: 0 without an answer.
    headers: lower-case names. body: unpacked; b"" unless it was read to its end. sha256: of the body.
    moved: where the address has moved for good, "" if it has not. retry_after: seconds after which a
    busy host may be asked again, None where it is not busy. detail: for the log, never shown alone. tries: requests sent, retries included.
    """

    url: str
    status: int = 0
    headers: Mapping[str, str] = {}
    body: bytes = b""
    sha256: str = ""
    cls: Cls | None = None
    moved: str = ""
    retry_after: float | None = None
    detail: str = ""
    tries: int = 1

    def content(self) -> bytes:
        """The whole body."""
        return self.body

    @property
    def unchanged(self) -> bool:
        """Whether the server says that what we hold is still the same."""
        return self.status == 304

    @property
    def etag(self) -> str:
        """Validator for the next request, "" if none came."""
        return self.headers.get("etag", "")

    @property
    def last_modified(self) -> str:
        """Validator for the next request, "" if none came."""
        return self.headers.get("last-modified", "")


class Refused(Exception):
    """A request ends here, with the class of its failure; `again`: whether another try may help."""

    def __init__(
        self, cls: Cls, detail: str = "", *, status: int = 0, again: bool = False, wait: float | None = None
    ) -> None:
        self.cls: Cls = cls
        self.detail, self.status, self.again, self.wait = detail, status, again, wait
        super().__init__(f"{cls}: {detail}")
