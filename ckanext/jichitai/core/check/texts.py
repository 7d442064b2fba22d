"""What a text gives away whatever its column's type: example text left in, private data, dates for house numbers.

Only cells that no pattern took are looked at one by one, except for words that look like any other text.
"""

import re
from collections.abc import Mapping

import polars as pl

from ..definitions.model import Column, RuleBook
from ..issues import FINDINGS, Code
from .cells import Read
from .found import findings

# Terms whose text is a number of a street: a spreadsheet reads 8-16 as a day.
HOUSE = frozenset({"cityBlock", "fullAddress", "streetAddress"})
AS_DATE = re.compile(
    r"[0-9]{1,2}月[0-9]{1,2}日|(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}(?: 00:00:00)?|[0-9]{4}/[0-9]{1,2}/[0-9]{1,2}|[3-5][0-9]{4}"
)
MOBILE = r"(?:^|[^0-9])0[789]0[-‐ ]?[0-9]{4}[-‐ ]?[0-9]{4}(?:[^0-9]|$)"
MAIL = r"@(?:gmail|yahoo|hotmail|outlook|icloud|docomo|ezweb|softbank|au|me)\.(?:com|co\.jp|ne\.jp|jp)\b"
FORMULA = re.compile(r"[=+@]\S")
PRIVATE_USE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")


def text_findings(
    reads: Mapping[str, Read], raw: Mapping[str, pl.Series], line: pl.Series, book: RuleBook
) -> list[pl.DataFrame]:
    """Findings of texts, a frame a column and code. raw: published texts by column."""
    words = book.lists.get("template_text")
    template = (
        [text for word, more in words.words.items() for text in (word, *more.spellings)] if words else []
    )
    found: list[pl.DataFrame] = []
    for name, read in reads.items():
        column = read.column
        if template and column.type in ("text", "kana", "id", "url", "phone"):
            found.append(
                _plain(
                    raw[name],
                    line,
                    name,
                    Code.TEMPLATE_TEXT,
                    pl.col("text").str.strip_chars().is_in(template),
                )
            )
        if column.private_risk:
            risk = pl.col("text").str.contains(MOBILE) | pl.col("text").str.contains(MAIL)
            found.append(_plain(raw[name], line, name, Code.PERSONAL_DATA, risk))
        if column.term in HOUSE:
            found.append(_as_dates(raw[name], line, name))
    return [frame for frame in found if frame.height]


def _plain(text: pl.Series, line: pl.Series, name: str, code: Code, hit: pl.Expr) -> pl.DataFrame:
    rows = pl.DataFrame({"line": line, "text": text}).filter(hit)
    return findings(rows, code, {"line": pl.col("line"), "column": name, "found": pl.col("text")})


def _as_dates(text: pl.Series, line: pl.Series, name: str) -> pl.DataFrame:
    hit = pl.col("text").str.contains(f"^(?:{AS_DATE.pattern})$")
    rows = pl.DataFrame({"line": line, "text": text}).filter(hit)
    if not rows.height:
        return pl.DataFrame(schema=FINDINGS)
    offer = rows.select(pl.col("text").map_elements(_house, return_dtype=pl.String)).to_series()
    rows = rows.with_columns(offer=offer)
    return findings(
        rows,
        Code.VALUE_AS_DATE,
        {
            "line": pl.col("line"),
            "column": name,
            "found": pl.col("text"),
            "suggested": pl.col("offer"),
            "confidence": "ask",
        },
    )


def _house(text: str) -> str | None:
    """What was probably typed before it became a day."""
    if found := re.fullmatch(r"([0-9]{1,2})月([0-9]{1,2})日", text):
        return f"{found[1]}-{found[2]}"
    if found := re.match(r"[0-9]{4}[-/]([0-9]{1,2})[-/]([0-9]{1,2})", text):
        return f"{int(found[1])}-{int(found[2])}"
    return None


def odd_characters(cells: pl.DataFrame, name: str) -> list[pl.DataFrame]:
    """Formula-like texts and characters that other machines do not show. cells: READ with line, of one column."""
    found: list[pl.DataFrame] = []
    distinct = cells["raw"].unique(maintain_order=True).to_list()
    formulas = [
        text for text in distinct if FORMULA.match(text.strip()) and not text.strip().startswith("+81")
    ]
    strange = [text for text in distinct if not _shown_everywhere(text)]
    for code, texts in ((Code.FORMULA_LIKE, formulas), (Code.PLATFORM_CHARACTER, strange)):
        if texts:
            rows = cells.filter(pl.col("raw").is_in(texts))
            found.append(
                findings(rows, code, {"line": pl.col("line"), "column": name, "found": pl.col("raw")})
            )
    return found


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


def column_risk(column: Column) -> bool:
    """Whether a column may hold private data."""
    return column.private_risk
