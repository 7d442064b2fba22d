"""An age or a span of ages: 3, 0-5, 6m (months), 57d (days), 57d-5.

Mended: 満3歳, 0～5歳, 6か月. Likely: 生後57日, and 3歳から, 3歳以上, whose open end is lost. Not valid: 就学前, 小学生, which go into the note.
Source: definition sheet of child-care facilities.
"""

import re

from ..fold import half
from ..issues.code import Code
from .absent import is_absent
from .base import Reading, ValueType, absent, kept, likely, mended
from .noted import noted

CANONICAL = "(?:0|[1-9][0-9]{0,2})[md]?(?:-(?:0|[1-9][0-9]{0,2})[md]?)?"
_ONE = re.compile(
    r"(満|生後|おおむね|概ね|約)?([0-9]{1,3})(歳児?|才児?|(?:か|ヶ|ケ|カ|ヵ|箇)月児?|ヶ月|日|[md])?(から|以上)?"
)
_JOIN = re.compile("[~〜～–—―−-]|から(?=.)")
_UNIT = {"歳": "", "才": "", "m": "m", "d": "d", "日": "d", "": ""}


def parse(text: str) -> Reading:
    """Read one folded cell that is not empty. Total: any text gives a Reading."""
    if is_absent(text):
        return absent()
    cell = re.sub(r"\s|まで$|以下$", "", half(text))
    cell = re.sub(r"[~〜～]$", "から", cell)
    parts = [_ONE.fullmatch(part) for part in _JOIN.split(cell)]
    found = [part for part in parts if part]
    if len(found) < len(parts) or len(found) > 2:
        return noted(cell, parse) or Reading(None, "refused", note=text)
    value = "-".join(str(int(part[2])) + _letter(part[3]) for part in found)
    if any(part[1] not in (None, "満") or part[4] for part in found):
        return likely(value)
    return kept(value) if value == text else mended(value)


def _letter(unit: str | None) -> str:
    plain = (unit or "").removesuffix("児")
    return _UNIT.get(plain, "m")


AGE = ValueType(
    "age",
    CANONICAL,
    parse,
    examples={
        "3": kept("3"),
        "0-5": kept("0-5"),
        "6m": kept("6m"),
        "57d": kept("57d"),
        "満3歳": mended("3"),
        "0～5歳": mended("0-5"),
        "0歳～5歳": mended("0-5"),
        "6か月": mended("6m"),
        "生後57日": likely("57d"),
        "3歳から": likely("3"),
        "2か月～": likely("2m"),
        "6歳～12歳（小学生）": likely("6-12", Code.SEVERAL_VALUES, "小学生"),
        "生後57日～就学前": Reading(None, "refused", note="生後57日～就学前"),
        "就学前": Reading(None, "refused", note="就学前"),
        "-": absent(),
    },
)
