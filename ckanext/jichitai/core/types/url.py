"""An absolute address of the web, http or https.

Accepted: letters of any script in path and host. Mended: full width, HTTP in capitals.
Likely: no scheme (www.…); of several addresses the first. Not valid: a file name, a host of one label.
Source: definition sheet A, common rules; RFC 3986.
"""

import re

from ..issues.code import Code
from .absent import is_absent
from .base import Reading, ValueType, absent, kept, likely, mended, refused

CANONICAL = (
    r"https?://(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}(?::[0-9]{1,5})?"
    r"(?:[/?#](?:[0-9A-Za-z._~:/?#@!$&'()*+,=%-])*)?"
)
_LABEL = r"[^\s./?#:@,;()<>\"'!-,]+"
_HOST = rf"(?:{_LABEL}\.)+(?:[A-Za-z]{{2,}}|[^\s!-~]{{2,}})"
_ADDRESS = re.compile(rf"https?://{_HOST}(?::[0-9]{{1,5}})?(?:[/?#][^\s<>\"]*)?")
_BARE = re.compile(
    rf"(?:www\.{_HOST}|{_HOST.replace('[A-Za-z]{2,}', '(?:jp|com|net|org|tokyo|info|biz)')})(?:/[^\s<>\"]*)?"
)
_SCHEME = re.compile(r"(https?)(?:[;:]?/{1,3}|:)", re.IGNORECASE)
# Full-width ASCII alone: NFKC would also change the Japanese letters of a path.
_HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " "}


def parse(text: str) -> Reading:
    """Read one folded cell that is not empty. Total: any text gives a Reading."""
    if is_absent(text):
        return absent()
    cell = text.translate(_HALF).strip()
    first, *rest = re.split(r"[\s、]+|[,;](?=https?:)", cell)
    if scheme := _SCHEME.match(first):
        value = f"{scheme[1].lower()}://{first[scheme.end() :]}"
        if not _ADDRESS.fullmatch(value):
            return refused()
        if rest:
            return likely(value, Code.SEVERAL_VALUES, " ".join(rest))
        if first[: scheme.end()].lower() != f"{scheme[1].lower()}://":
            return likely(value)
        return kept(value) if value == text else mended(value)
    return likely(f"https://{cell}") if _BARE.fullmatch(cell) else refused()


URL = ValueType(
    "url",
    CANONICAL,
    parse,
    table_schema="string",
    examples={
        "https://www.example.jp/": kept("https://www.example.jp/"),
        "http://www.example.jp/shisetsu/図書館.html": kept("http://www.example.jp/shisetsu/図書館.html"),
        "ｈｔｔｐ：／／ｗｗｗ．ｅｘａｍｐｌｅ．ｊｐ／": mended("http://www.example.jp/"),
        "HTTPS://www.example.jp/": mended("https://www.example.jp/"),
        "www.example.jp": likely("https://www.example.jp"),
        "http:/www.example.jp/": likely("http://www.example.jp/"),
        "https://a.example.jp/ https://b.example.jp/": likely(
            "https://a.example.jp/", Code.SEVERAL_VALUES, "https://b.example.jp/"
        ),
        "photo001.jpg": refused(),
        "http://localhost/": refused(),
        "市の公式サイト": refused(),
        "なし": absent(),
    },
)
