"""One request with its redirects: each hop judged anew, the body read under caps and deadlines."""

from collections.abc import Mapping
from http.cookiejar import DefaultCookiePolicy
from urllib.parse import urljoin, urlsplit

import msgspec
import requests
from requests.exceptions import ConnectionError as NoConnection
from requests.exceptions import InvalidURL, RequestException, SSLError, Timeout
from urllib3.exceptions import HTTPError, ReadTimeoutError

from .addresses import Allow, judged
from .answer import Answer, Refused
from .connect import CONNECT, JudgedAdapter
from .deadline import Deadline, watch
from .judge import refuse
from .unpack import pieces, unpack

HOPS = 5
REDIRECTS = (301, 302, 303, 307, 308)
FOR_GOOD = (301, 308)


class Asked(msgspec.Struct, frozen=True):
    """A request: headers go to its own origin only where they are secret."""

    url: str
    headers: dict[str, str]
    secret: dict[str, str]
    cap: int
    part: bool
    seconds: float


class _Session(requests.Session):
    """A session that keeps its hands off redirects: requests would read their bodies without a cap."""

    def get_redirect_target(self, resp: requests.Response) -> None:
        """None: the hops are ours."""


class Sender:
    """Sends over judged connections. silence: seconds without a byte; proxy: of the deployment."""

    def __init__(
        self, allowed: tuple[Allow, ...], silence: float, proxy: str | None, verify: bool | str
    ) -> None:
        self._allowed, self._silence, self._proxy = allowed, silence, proxy
        self._session = _Session()
        self._session.trust_env = False
        self._session.verify = verify
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        if not proxy:
            for scheme in ("http://", "https://"):
                self._session.mount(scheme, JudgedAdapter(allowed, watch))

    def send(self, asked: Asked, now: float) -> Answer:
        """The answer. Raises Refused for whatever is no success."""
        with Deadline(asked.seconds) as deadline:
            try:
                answer = self._hops(asked, now)
                if deadline.over:
                    # A body without a length ends where the connection does, also when we ended it.
                    raise Refused("timeout", f"over {asked.seconds:.0f} s")
                return answer
            except Refused as fault:
                if deadline.over:
                    raise Refused("timeout", f"over {asked.seconds:.0f} s") from fault
                raise
            except (RequestException, HTTPError, OSError, ValueError) as fault:
                if deadline.over:
                    raise Refused("timeout", f"over {asked.seconds:.0f} s") from fault
                raise _refused(fault) from fault

    def _hops(self, asked: Asked, now: float) -> Answer:
        url, moved = asked.url, True
        for _ in range(HOPS + 1):
            host, port = place(url)
            if self._proxy:
                # The proxy connects, so the name can only be judged beforehand.
                judged(host, port, self._allowed)
            same = _origin(url) == _origin(asked.url)
            headers = {**asked.headers, **(asked.secret if same else {})}
            with self._session.get(
                url,
                headers=headers,
                stream=True,
                allow_redirects=False,
                timeout=(CONNECT, self._silence),
                proxies={"http": self._proxy, "https": self._proxy} if self._proxy else None,
            ) as response:
                target = response.headers.get("location")
                if response.status_code in REDIRECTS and target:
                    moved = moved and response.status_code in FOR_GOOD
                    url = _joined(url, target)
                    continue
                answer = self._answer(response, asked, now)
                gone_on = url != asked.url
                return msgspec.structs.replace(answer, url=url, moved=url if gone_on and moved else "")
        raise Refused("http_error", f"more than {HOPS} redirects", status=310)

    def _answer(self, response: requests.Response, asked: Asked, now: float) -> Answer:
        headers = {name.lower(): value for name, value in response.headers.items()}
        refuse(response.status_code, headers, asked.part, now)
        if response.status_code == 304:
            return Answer(asked.url, 304, headers)
        body = unpack(pieces(response.raw), headers.get("content-encoding", ""), _length(headers), asked.cap)
        return Answer(asked.url, response.status_code, headers, body)


def place(url: str) -> tuple[str, int]:
    """Host and port of an http(s) address. Raises Refused for any other, before a name is looked up."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as fault:
        raise Refused("unsafe_address", f"{url}: {fault}") from fault
    if parts.scheme not in ("http", "https") or not host:
        raise Refused("unsafe_address", f"{parts.scheme or 'no scheme'}: only http and https")
    return host, port


def _joined(url: str, target: str) -> str:
    # Servers write Japanese paths raw, which arrives as latin-1.
    written = target.encode("latin-1", "replace").decode("utf-8", "replace")
    try:
        return urljoin(url, written)
    except ValueError as fault:
        raise Refused("unsafe_address", f"{written}: {fault}") from fault


def _length(headers: Mapping[str, str]) -> int | None:
    told = headers.get("content-length", "")
    chunked = "chunked" in headers.get("transfer-encoding", "").lower()
    return int(told) if told.isascii() and told.isdecimal() and not chunked else None


def _origin(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc.lower()


def _refused(fault: Exception) -> Refused:
    """The class of what the libraries raise; what we raise ourselves they let pass."""
    if isinstance(fault, SSLError):
        return Refused("tls", str(fault))
    if isinstance(fault, Timeout | ReadTimeoutError):
        return Refused("timeout", str(fault), again=True)
    if isinstance(fault, InvalidURL):
        return Refused("unsafe_address", str(fault))
    if isinstance(fault, NoConnection | OSError):
        return Refused("unreachable", str(fault), again=True)
    return Refused("bad_answer", f"{type(fault).__name__}: {fault}", again=True)
