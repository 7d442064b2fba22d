"""How numbers are written in cells; shared by integer, decimal and money.

A number is sign, digits, fraction. Around it: thousands' commas, full width, a unit, a word such as 約.
"""

import re

import msgspec

from ..fold import dashes, half
from ..issues.code import Code

# Units met behind numbers. A closed list: 30番地 is no number.
UNIT = (
    "人|名|台|本|個|件|席|基|室|戸|棟|頭|匹|羽|校|園|館|階|年|年度|歳|才|回|日|分|時間|枚|冊|組|世帯|学級|クラス|床|枠|口|食|杯|区画|面"
    "|[かヶカヵケ箇]所|t|トン|[kmμ]?g|グラム|ミリグラム|[mck]?m2?|メートル|平方メートル|ha|%|パーセント|kcal|キロカロリー|cc|m?l|リットル|度|円"
)
_DIGITS = r"[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+"
NUMBER = re.compile(
    rf"(?P<sign>[-+▲△]?) ?(?P<digits>{_DIGITS})?(?:\.(?P<fraction>[0-9]*))? ?(?P<unit>{UNIT})?",
    re.IGNORECASE,
)
ABOUT = re.compile(
    r"(?:約|およそ|おおよそ|概ね|最大|計)?(.*?)(?:程度|ほど|前後|くらい|ぐらい|以上|以内|未満|以下|強|弱)?",
    re.DOTALL,
)
EXPONENT = re.compile(r"-?[0-9]+(?:\.[0-9]+)?[Ee][-+]?[0-9]+|#{3,}")
RANGE = re.compile(r"[-+]?[0-9][0-9,.]*[^0-9.,]{0,4}[~〜・、;/\n-][^0-9]{0,4}[0-9][0-9,.]*[^0-9]{0,4}")
SYMBOL = re.compile(r"[-*.…‥xX×/☆★※ ]+")


class Number(msgspec.Struct, frozen=True):
    """A number as found: `value` plain and canonical, `whole` if nothing but zeros stands behind the point.

    code: what had to be mended (None: nothing but leading zeros or commas, or nothing at all).
    sure: false where a word (約) or a sign (△) had to be interpreted.
    """

    value: str
    whole: bool
    code: Code | None
    sure: bool = True


def plain(text: str) -> str:
    """Half-width, with hyphens for minus signs, as the patterns above want it."""
    return dashes(half(text))


def read_number(text: str) -> Number | None:
    """The one number of a folded text, or None where there is none or more than one."""
    cell = plain(text)
    sure = True
    if not (found := _match(cell)):
        sure = False
        about = ABOUT.fullmatch(cell)
        if not about or not (found := _match(about[1].strip())):
            return None
    digits = (found["digits"] or "0").replace(",", "").lstrip("0") or "0"
    fraction = found["fraction"] or ""
    negative = found["sign"] in ("-", "▲", "△") and digits + fraction.strip("0") != "0"
    value = ("-" if negative else "") + digits + (f".{fraction}" if fraction else "")
    if found["sign"] in ("▲", "△"):
        return Number(value, not fraction.strip("0"), Code.SYMBOL_IN_NUMBERS, sure=False)
    code = Code.UNIT_IN_CELL if found["unit"] else Code.NUMBER_AS_TEXT if cell != text else None
    return Number(value, not fraction.strip("0"), code, sure)


def fault(text: str) -> Code | None:
    """Why a folded text that is no number is none: symbol, lost digits, several; None for other words."""
    cell = plain(text)
    if SYMBOL.fullmatch(cell):
        return Code.SYMBOL_IN_NUMBERS
    if EXPONENT.fullmatch(cell):
        return Code.VALUE_DESTROYED
    return Code.SEVERAL_VALUES if RANGE.fullmatch(cell) else None


def _match(cell: str) -> re.Match[str] | None:
    found = NUMBER.fullmatch(cell)
    return found if found and (found["digits"] or found["fraction"]) else None
