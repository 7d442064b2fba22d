"""What a text gives away whatever its column's type: example text left in, private data, dates for house numbers.

Only cells that no pattern took are looked at one by one, except for words that look like any other text.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

import msgspec
import polars as pl

from ..definitions.model import Column, RuleBook
from ..issues import Code, Issue, Place
from .found import findings

# Terms whose text is a number of a street: a spreadsheet reads 8-16 as a day.
HOUSE = frozenset({"cityBlock", "fullAddress", "streetAddress"})
AS_DATE = r"[0-9]{1,2}月[0-9]{1,2}日|(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}(?: 00:00:00)?|[0-9]{4}/[0-9]{1,2}/[0-9]{1,2}|[3-5][0-9]{4}"
# Types in which a blank form's sample may have been left.
SAMPLED = frozenset({"text", "kana", "id", "url", "phone"})
MOBILE = r"(?:^|[^0-9])0[789]0[-‐ ]?[0-9]{4}[-‐ ]?[0-9]{4}(?:[^0-9]|$)"
MAIL = r"@(?:gmail|yahoo|hotmail|outlook|icloud|docomo|ezweb|softbank|au|me)\.(?:com|co\.jp|ne\.jp|jp)\b"
DIALLED = re.compile(r"\+81[0-9 -]")
BRACKET = re.compile(r"[(（\[［_＿]|率|比|指数")
FORMULA = re.compile(r"[=+@]\S")
PRIVATE_USE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")


class Question(msgspec.Struct, frozen=True):
    """A condition on the published text of a column, and the code of the cells where it holds."""

    column: str
    code: Code
    hit: pl.Expr


def text_findings(raw: pl.DataFrame, columns: Sequence[Column], book: RuleBook) -> list[pl.DataFrame]:
    """Findings of texts, a frame a column and code. raw: published texts by column, with `line`."""
    asked = [question for column in columns for question in _questions(column, book)]
    if not asked or not raw.height:
        return []
    # All questions at once; only those that hold somewhere are looked at again.
    held = raw.select(question.hit.any().alias(str(at)) for at, question in enumerate(asked)).row(0)
    return [_answer(raw, question) for question, any_ in zip(asked, held, strict=True) if any_]


def _questions(column: Column, book: RuleBook) -> Iterator[Question]:
    text = pl.col(column.name)
    words = book.lists.get("template_text")
    if words and column.type in SAMPLED:
        samples = [said for word, more in words.words.items() for said in (word, *more.spellings)]
        yield Question(column.name, Code.TEMPLATE_TEXT, text.is_in(samples))
    if column.private_risk:
        yield Question(column.name, Code.PERSONAL_DATA, text.str.contains(MOBILE) | text.str.contains(MAIL))
    if column.term in HOUSE:
        yield Question(column.name, Code.VALUE_AS_DATE, text.str.contains(f"^(?:{AS_DATE})$"))


def _answer(raw: pl.DataFrame, question: Question) -> pl.DataFrame:
    rows = raw.filter(question.hit)
    text = pl.col(question.column)
    values: dict[str, pl.Expr | str | None] = {
        "line": pl.col("line"),
        "column": question.column,
        "found": text,
    }
    if question.code == Code.VALUE_AS_DATE:
        values["suggested"] = text.map_elements(_house, return_dtype=pl.String)
        values["confidence"] = "ask"
    return findings(rows, question.code, values)


def _house(text: str) -> str | None:
    """What was probably typed before it became a day."""
    if found := re.fullmatch(r"([0-9]{1,2})月([0-9]{1,2})日", text):
        return f"{found[1]}-{found[2]}"
    if found := re.match(r"[0-9]{4}[-/]([0-9]{1,2})[-/]([0-9]{1,2})", text):
        return f"{int(found[1])}-{int(found[2])}"
    return None


def odd_codes(text: str) -> list[Code]:
    """formula_like, platform_character: what a text that no pattern took is besides."""
    codes: list[Code] = []
    bare = text.strip()
    if FORMULA.match(bare) and not DIALLED.match(bare):
        codes.append(Code.FORMULA_LIKE)
    if not _shown_everywhere(text):
        codes.append(Code.PLATFORM_CHARACTER)
    return codes


def unit_unstated(frame: pl.DataFrame, labels: Mapping[str, str]) -> list[Issue]:
    """Numbers with a fraction under a heading that names no unit. labels: position → heading, of unknown columns."""
    issues: list[Issue] = []
    for position, label in labels.items():
        texts = frame[position].head(200).drop_nulls()
        if not label or BRACKET.search(label) or len(texts) < 3:
            continue
        numbers = texts.str.contains(r"^-?[0-9]+(?:\.[0-9]+)?$").sum()
        fractions = texts.str.contains(r"^-?[0-9]+\.[0-9]{1,3}$").sum()
        if numbers == len(texts) and fractions * 2 > len(texts):
            place = Place(position=position, label=label)
            issues.append(Issue(Code.UNIT_UNSTATED, place, label, details={"heading": label}))
    return issues


def _shown_everywhere(text: str) -> bool:
    """Whether every character is in JIS X 0213, which any Japanese machine shows."""
    if text.isascii() or (not PRIVATE_USE.search(text) and _encodes(text)):
        return True
    return all(_encodes(char) for char in text)


def _encodes(text: str) -> bool:
    try:
        # Blanks, dashes and kana of both widths are no matter here: Windows-31J has them.
        text.encode("shift_jisx0213")
    except UnicodeEncodeError:
        return all(_one(char) for char in text)
    return True


def _one(char: str) -> bool:
    for codec in ("shift_jisx0213", "cp932"):
        try:
            char.encode(codec)
        except UnicodeEncodeError:
            continue
        return not PRIVATE_USE.match(char)
    return char in "\u00a0\u2013\u2014\u2212\u2022\ufe0e\ufe0f" or char.isspace()
