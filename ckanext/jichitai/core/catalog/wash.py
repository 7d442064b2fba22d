"""Text, dates and addresses of foreign origin, made fit to be kept.

What a source means is not touched: only what no database, page or link could hold.
"""

import re
from datetime import UTC, datetime, timedelta, timezone
from unicodedata import normalize
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from bs4 import BeautifulSoup

JST = timezone(timedelta(hours=9))
# NUL and lone surrogates cannot be stored; the other control characters mean nothing in a title.
UNKEPT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
DAY = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})")
STRAY = re.compile("%(?![0-9A-Fa-f]{2})")
KEPT_IN_PATH = "/%:@!$&'()*+,;=~-._"


def wash(value: object) -> str:
    """The text of a value, NFC, without what cannot be kept and without outer blanks; "" for None.

    Numbers are written as text; mappings and lists are no text and give "".
    """
    if isinstance(value, str):
        return normalize("NFC", UNKEPT.sub("", value.replace("\r\n", "\n"))).strip()
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def plain_text(value: object) -> str:
    """The text of a value that may hold markup, without it."""
    text = wash(value)
    return wash(BeautifulSoup(text, "html.parser").get_text("\n")) if "<" in text else text


def moment(value: object, zone: timezone = JST) -> str | None:
    """A date or time as UTC, 2021-05-11T15:00:00Z; None where it is none.

    zone: of times that name none: JST, but UTC for CKAN's own. A day alone is its midnight in JST.
    """
    text = wash(value)
    if not text:
        return None
    if day := DAY.fullmatch(text):
        return _utc(f"{day[1]}-{day[2]:0>2}-{day[3]:0>2}", JST)
    return _utc(text, zone)


def _utc(text: str, zone: timezone) -> str | None:
    try:
        found = datetime.fromisoformat(text)
        found = (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return found.strftime("%Y-%m-%dT%H:%M:%SZ")


def address(value: object, base: str = "") -> str:
    """An absolute http(s) address, blanks and Japanese quoted, name and password taken off; else ""."""
    text = wash(value).replace("\\", "/")
    try:
        parts = urlsplit(urljoin(base, text) if text else "")
        host, port = parts.hostname, parts.port
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not host:
        return ""
    host = f"[{host}]" if ":" in host else host
    return urlunsplit(
        (
            parts.scheme,
            host + (f":{port}" if port else ""),
            _quoted(parts.path, KEPT_IN_PATH),
            _quoted(parts.query, KEPT_IN_PATH + "?"),
            _quoted(parts.fragment, KEPT_IN_PATH + "?"),
        )
    )


def _quoted(part: str, safe: str) -> str:
    return quote(STRAY.sub("%25", part), safe=safe)


def is_internal(url: str) -> bool:
    """Whether the host is a bare name, as an office's own machines have: no reader can follow it."""
    host = urlsplit(url).hostname or ""
    return bool(host) and "." not in host and ":" not in host
