"""Bytes of an answer as text or JSON, or the reason why not."""

import json
import re
from typing import NoReturn

from ...read.decode import decode

PAGE = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
DEEPEST = 64


class Unreadable(Exception):
    """An answer that is not what was asked for: class html_page or bad_answer, and why."""

    def __init__(self, cls: str, why: str) -> None:
        self.cls, self.why = cls, why
        super().__init__(f"{cls}: {why}")


def text(body: bytes) -> str:
    """The body as text, by mark, UTF-8, CP932, strictly. Raises Unreadable for pages and broken text."""
    if PAGE.match(body[:4096]):
        raise Unreadable("html_page", "HTML")
    return _decoded(body)


def markup(body: bytes) -> str:
    """A web page as text. Raises Unreadable where it is none."""
    if not PAGE.match(body[:4096]) and b"<html" not in body[:4096].lower():
        raise Unreadable("bad_answer", "no web page")
    return _decoded(body)


def _decoded(body: bytes) -> str:
    found = decode(body)
    if found.damaged:
        raise Unreadable("bad_answer", "encoding")
    return found.utf8.decode("utf-8", "replace")


def json_of(body: bytes) -> object:
    """The body as JSON. Raises Unreadable; NaN, numbers of 4,300 digits and depth over 64 are refused."""
    try:
        found: object = json.loads(text(body), parse_constant=_no_number)
    except (ValueError, RecursionError) as fault:
        raise Unreadable("bad_answer", f"JSON: {fault}"[:200]) from fault
    if _deeper(found, DEEPEST):
        raise Unreadable("bad_answer", f"JSON: deeper than {DEEPEST}")
    return found


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"{word} is no number")


def _deeper(value: object, left: int) -> bool:
    if not isinstance(value, dict | list):
        return False
    inner = value.values() if isinstance(value, dict) else value
    return left == 0 or any(_deeper(part, left - 1) for part in inner if isinstance(part, dict | list))
