"""Cells that say that nothing is stated. A type asks here after its own words: in a list, なし may be one."""

from ..fold import dashes, half

# 無 is no such word: it answers a question (yes_no).
WORDS = frozenset(
    {"なし", "ナシ", "無し", "未定", "不明", "該当なし", "該当無し", "未設定", "未記入", "N/A", "NA", "n/a"}
)
# What such texts begin with, for the canonical pattern of a type that would otherwise take them.
FIRST = "".join(sorted({word[0] for word in WORDS}))

# What such a text can begin with as typed: the words in any width, or a dash.
_BEGIN = (
    frozenset(FIRST)
    | {chr(ord(char) + 0xFEE0) for char in FIRST if char.isascii()}
    | set("ﾅ-‐‑‒–—―−─ー－ｰ﹣")
)


def is_absent(text: str) -> bool:
    """Whether a folded text is one of the words, or nothing but dashes."""
    if text[:1] not in _BEGIN and text:
        return False
    plain = half(text)
    return plain in WORDS or not dashes(plain).strip("- ")
