"""One mail address.

Mended: full width, mailto:. Likely: of several the first. Ask: ★ or (at) for @, put there against spam.
Not valid: anything else. Source: definition sheet A, common rules.
"""

import re

from ..fold import half
from ..issues.code import Code
from .absent import is_absent
from .base import Reading, ValueType, absent, ask, kept, likely, mended, refused

CANONICAL = r"[0-9A-Za-z_+][0-9A-Za-z._+-]*@(?:[0-9A-Za-z](?:[0-9A-Za-z-]*[0-9A-Za-z])?\.)+[A-Za-z]{2,}"
_WHOLE = re.compile(CANONICAL)
_HIDDEN = re.compile(r" ?(?:★|☆|◎|■|[(\[<]?(?:at|アットマーク|アット)[)\]>]|_at_|\(a\)) ?", re.IGNORECASE)


def parse(text: str) -> Reading:
    """Read one folded cell that is not empty. Total: any text gives a Reading."""
    if is_absent(text):
        return absent()
    value = re.sub("^mailto:", "", half(text), flags=re.IGNORECASE)
    if _WHOLE.fullmatch(value):
        return kept(value) if value == text else mended(value)
    first, *rest = re.split(r"[\s、,;]+", value)
    if rest and _WHOLE.fullmatch(first):
        return likely(first, Code.SEVERAL_VALUES, " ".join(rest))
    shown = _HIDDEN.sub("@", value, count=1)
    return ask(None, shown) if shown != value and _WHOLE.fullmatch(shown) else refused()


EMAIL = ValueType(
    "email",
    CANONICAL,
    parse,
    table_schema="string",
    examples={
        "kouhou@city.example.jp": kept("kouhou@city.example.jp"),
        "ａ＠ｂ.jp": mended("a@b.jp"),
        "mailto:a@b.jp": mended("a@b.jp"),
        "a@b.jp、c@d.jp": likely("a@b.jp", Code.SEVERAL_VALUES, "c@d.jp"),
        "a(at)b.jp": ask(None, "a@b.jp"),
        "a★b.jp": ask(None, "a@b.jp"),
        "a@b": refused(),
        "お問い合わせフォーム": refused(),
        "-": absent(),
    },
)
