"""What an answer's status, headers and first bytes say: success, or the class of its failure."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from .answer import Refused

AGAIN = (429, 500, 501, 502, 503, 504)
LONGEST_WAIT = 120.0  # seconds of Retry-After that are waited out at once
LONGEST_DEFER = 86400.0
PAGE = re.compile(
    rb"(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)


def refuse(status: int, headers: Mapping[str, str], part: bool, now: float) -> None:
    """Raise Refused unless the status is a success: 200, 304, and 206 where a part was asked for."""
    if is_challenge(status, headers):
        raise Refused("blocked", f"{status}: the server wants a browser", status=status)
    if status in (200, 304) or (status == 206 and part):
        return
    if status in AGAIN:
        wait = retry_after(headers.get("retry-after", ""), now)
        if wait is not None and wait > LONGEST_WAIT:
            raise Refused("busy", f"{status}", status=status, wait=min(wait, LONGEST_DEFER))
        raise Refused(
            "busy" if status == 429 else "http_error", f"{status}", status=status, again=True, wait=wait
        )
    raise Refused("http_error", f"{status}", status=status)


def is_challenge(status: int, headers: Mapping[str, str]) -> bool:
    """A page for browsers instead of an answer: AWS WAF's 202, Cloudflare's mitigation."""
    if "x-amzn-waf-action" in headers and status in (202, 403, 405):
        return True
    return "cf-mitigated" in headers and status in (403, 429, 503)


def is_page(body: bytes) -> bool:
    """Whether the body is a web page, by its first bytes: servers often give data as text/html."""
    return PAGE.match(body[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")) is not None


def retry_after(text: str, now: float) -> float | None:
    """Seconds to wait by a Retry-After of seconds or a date; None where it says nothing. now: epoch seconds."""
    text = text.strip()
    if text.isascii() and text.isdecimal():
        return float(text[:9])
    try:
        at = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max((at - datetime.fromtimestamp(now, UTC)).total_seconds(), 0.0)
