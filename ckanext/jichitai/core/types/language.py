"""A language by its two letters (ISO 639-1).

Mended: capitals, the Japanese or English name. Likely: a region behind it (en-US, zh-CN).
Not valid: anything else. Source: ISO 639-1; names in schemas/lists/languages.yaml.
"""

from functools import cache

import yaml

from ..data import folder
from ..fold import dashes, half
from .absent import is_absent
from .base import Reading, ValueType, absent, kept, likely, mended, refused


@cache
def names() -> dict[str, str]:
    """Small letters of a code, a name or a spelling → code."""
    file = folder("schemas") / "lists" / "languages.yaml"
    words = yaml.load(file.read_text("utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))["words"]
    return {
        half(str(name)).lower(): code
        for code, about in words.items()
        for name in (code, about.get("ja"), about.get("en"), *about.get("spellings", ()))
        if name
    }


def parse(text: str) -> Reading:
    """Read one folded cell that is not empty. Total: any text gives a Reading."""
    if is_absent(text):
        return absent()
    cell = dashes(half(text)).lower() if text.isascii() else half(text).lower()
    if code := names().get(cell):
        return kept(code) if code == text else mended(code)
    code = names().get(cell.replace("_", "-").partition("-")[0])
    return likely(code) if code and len(cell) > 2 and cell[2] in "-_" else refused()


LANGUAGE = ValueType(
    "language",
    None,
    parse,
    examples={
        "ja": kept("ja"),
        "JA": mended("ja"),
        "日本語": mended("ja"),
        "English": mended("en"),
        "ｅｎ": mended("en"),
        "zh-CN": likely("zh"),
        "日英": refused(),
        "xx": refused(),
        "-": absent(),
    },
)
