"""Text to one form: cells before they are read, headings before they are compared."""

import re
from functools import lru_cache
from unicodedata import normalize

# Tabs and no-break blanks become blanks, other line ends a line feed; invisible marks and other
# control characters go: they come from copying out of web pages and word processors.
_BLANKS = "\t\v\f\u00a0\u2002\u2003\u2007\u2009\u202f"
_ENDS = "\u0085\u2028\u2029"
_GONE = (
    "\u00ad\u061c\u200b\u200c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)
_CONTROL = "".join(map(chr, (*range(0x20), *range(0x7F, 0xA0))))
_CHARACTERS = str.maketrans(
    dict.fromkeys(_CONTROL + _GONE, "") | dict.fromkeys(_BLANKS, " ") | dict.fromkeys(_ENDS + "\r\n", "\n")
)
# Excel writes a carriage return inside a cell as _x000D_.
_BREAK = re.compile(r"\r\n|_x000[Dd]_\n?")
_OUTER = " \n\u3000"

# Everything that is typed for a dash; ー is also the long vowel of katakana, so this is asked for.
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−─ー－ｰ﹣", "-"))

_LABEL_DASHES = str.maketrans(dict.fromkeys("-‐‑‒–—―−─", "ー"))
_LABEL_BRACKETS = str.maketrans("〔［【〈《「『〕］】〉》」』[]{}", "(((((((" + ")))))))" + "()()")
_LABEL_GONE = re.compile(r"[\s_]+")
_WANTED = r"\((?:必須|任意|推奨|必須項目|任意項目)\)"
_LABEL_ENDS = re.compile(rf"^(?:{_WANTED}|[※*◎○●□■◆])+|(?:{_WANTED}|[※*◎○●:])+$")


def fold(text: str) -> str:
    """A cell as a value type reads it: outer blanks gone, line ends and blanks of one kind.

    Width and composition stay: what NFKC may do to a cell, only its type knows (`half`).
    Folding twice is folding once.
    """
    # Every character that is changed below is one that does not print.
    if text.isprintable() and "_x000" not in text:
        return text.strip(" ")
    return _BREAK.sub("\n", text.replace("\r\n", "\n").translate(_CHARACTERS)).strip(_OUTER)


def half(text: str) -> str:
    """Folded text in half-width letters, digits and signs, and in full-width kana (NFKC)."""
    return fold(normalize("NFKC", fold(text)))


def dashes(text: str) -> str:
    """Every dash, minus and long vowel as a hyphen; for numbers and codes, never for words."""
    return text.translate(_DASHES)


@lru_cache(maxsize=20_000)
def fold_label(text: str) -> str:
    """A heading as it is compared with others.

    NFKC and small letters; blanks, breaks and underscores gone; one kind of bracket and of dash
    (― is written for ー); 標記, a slip for 表記; no (必須), (任意), ※ before or behind. Folding twice is folding
    once. Two headings that fold alike are the same heading; the text itself is not for display.
    """
    text = normalize("NFKC", fold(text)).translate(_LABEL_BRACKETS).translate(_LABEL_DASHES)
    text = _LABEL_GONE.sub("", text).lower()
    text = normalize("NFKC", text).replace("標記", "表記")
    return _LABEL_ENDS.sub("", text)
