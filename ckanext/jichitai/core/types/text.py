"""Free text: a name, an address, a remark. Canonical is Unicode NFC, otherwise as it is.

Mended: HTML tags and references, letters set apart by blanks (開　設　者). Likely: [sanitize], which a
cleaning step of one export wrote for every hyphen. Not valid: a spreadsheet's error (#REF!).
Line breaks are fine. Source: definition sheet A, common rules; the faults were met in published files.
"""

import html
import re
from unicodedata import normalize

from ..fold import fold
from ..issues.code import Code
from .absent import FIRST, is_absent
from .base import Reading, ValueType, absent, kept, likely, mended, refused

# Characters that neither NFC nor any step below touches, as ranges.
_SAFE = "!~ ¡¬ ®ʯ ‐‧ ‰⁞ ←⌨ ①⟿ 、〩 〰〿 ぁゖ ゝヿ ㄅㄯ ㆐㏿ 㐀䶿 一鿿 ！￮ 𠀀𪛖"
_NOT_SAFE = "#&<[_"  # they begin an error, a reference, a tag, [sanitize], _x000D_
# A text that begins like なし or with a dash is parsed.
_BEGIN = "09 AZ az ぁゖ ァヺ 一鿿"


def _letters(ranges: str, without: str) -> str:
    """A character class for a pattern: `ranges` as pairs of first and last, less some characters."""
    out = ""
    for first, last in ranges.split():
        start = ord(first)
        for stop in sorted(ord(c) for c in without if first <= c <= last):
            out += _range(start, stop - 1)
            start = stop + 1
        out += _range(start, ord(last))
    return f"[{out}]"


def _range(start: int, end: int) -> str:
    escaped = ["\\" + chr(code) if chr(code) in "]\\^-[&~" else chr(code) for code in (start, end)]
    return "-".join(escaped) if start <= end else ""


_ANY = _letters(_SAFE, _NOT_SAFE)
# A second letter before the first blank: then letters are not set apart.
CANONICAL = f"{_letters(_BEGIN, FIRST)}(?:{_ANY}+(?:[ \u3000\n]{_ANY}+)*)?"

_ERROR = re.compile(r"#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!)")
_HOLE = re.compile(r"\[sanitize\]", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>|</p>", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:a|b|br|div|em|font|h[1-6]|hr|i|img|li|ol|p|span|strong|table|t[dhr]|u|ul)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_APART = re.compile(r"\w(?:[ \u3000]+\w){2,}")


def parse(text: str) -> Reading:
    """Read one folded cell that is not empty. Total: any text gives a Reading."""
    if _ERROR.fullmatch(text):
        return refused(Code.TEXT_DAMAGED)
    if is_absent(text):
        return absent()
    if _HOLE.search(text):
        plain = _unmarked(_HOLE.sub("-", text))
        return refused(Code.TEXT_DAMAGED) if is_absent(plain) else likely(plain, Code.TEXT_DAMAGED)
    if _APART.fullmatch(text):
        return mended(normalize("NFC", re.sub("[ \u3000]", "", text)), Code.LAYOUT_SPACES)
    plain = _unmarked(text)
    if plain == normalize("NFC", text):
        return kept(plain)
    return absent() if is_absent(plain) else mended(plain, Code.MARKUP_IN_CELL)


def _unmarked(text: str) -> str:
    """Without tags and references; again and again, since a reference can hide a tag."""
    while (plain := _once(text)) != text:
        text = plain
    return text


def _once(text: str) -> str:
    return normalize("NFC", fold(html.unescape(_TAG.sub("", _BREAK.sub("\n", text)))))


TEXT = ValueType(
    "text",
    CANONICAL,
    parse,
    examples={
        "中央区役所本庁舎": kept("中央区役所本庁舎"),
        "1階 受付": kept("1階 受付"),
        "か\u3099くえん": kept("がくえん"),
        "開　設　者": mended("開設者", Code.LAYOUT_SPACES),
        "<p>9時から<br>17時まで</p>": mended("9時から\n17時まで", Code.MARKUP_IN_CELL),
        "土日&amp;祝日": mended("土日&祝日", Code.MARKUP_IN_CELL),
        "3[sanitize]2[sanitize]1": likely("3-2-1", Code.TEXT_DAMAGED),
        "#REF!": refused(Code.TEXT_DAMAGED),
        "なし": absent(),
        "―": absent(),
    },
)
