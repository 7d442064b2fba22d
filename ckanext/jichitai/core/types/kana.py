"""A name in katakana, with ー, ・, digits, Latin letters and the signs that names have.

Mended: half-width katakana, hiragana. Likely: a hyphen behind katakana, typed for ー.
Not valid: kanji, which have more than one reading. Source: definition sheet A, 名称_カナ.
"""

import re

from ..fold import half
from .absent import FIRST, is_absent
from .base import Reading, ValueType, absent, kept, likely, mended, refused

_KANA = "ァ-ヺー・ヽヾ"
_BEGIN = "".join(chr(c) for c in range(ord("ァ"), ord("ヺ") + 1) if chr(c) not in FIRST)
CANONICAL = f"[{_BEGIN}](?:[{_KANA}0-9A-Za-z(),.]|[ ][{_KANA}0-9A-Za-z()])*"

_WHOLE = re.compile(rf"[{_KANA}0-9A-Za-z \n!#&'(),./:;+、。「」『』〈〉【】〜~=×-]+")
_HYPHEN = re.compile("(?<=[ァ-ヺー])[-‐‑‒–—―−─]")
# Marks typed apart from their letter; NFKC would put a blank between.
_MARKS = str.maketrans("゛゜", "\u3099\u309a")
_HIRAGANA = {code: code + 0x60 for code in (*range(0x3041, 0x3097), 0x309D, 0x309E)}


def parse(text: str) -> Reading:
    """Read one folded cell that is not empty. Total: any text gives a Reading."""
    if is_absent(text):
        return absent()
    value = half(text.translate(_MARKS)).translate(_HIRAGANA)
    plain = _HYPHEN.sub("ー", value)
    if not _WHOLE.fullmatch(plain):
        return refused()
    if plain != value:
        return likely(plain)
    return kept(value) if value == text else mended(value)


KANA = ValueType(
    "kana",
    CANONICAL,
    parse,
    examples={
        "アオバコウエン": kept("アオバコウエン"),
        "ダイ2・ホイクエン": kept("ダイ2・ホイクエン"),
        "ｱｵﾊﾞ": mended("アオバ"),
        "あおばこうえん": mended("アオバコウエン"),
        "ヤマク゛チ": mended("ヤマグチ"),
        "センタ−": likely("センター"),
        "青葉公園": refused(),
        "なし": absent(),
    },
)
