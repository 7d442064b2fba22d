"""Names, addresses and phone numbers in the one form in which two of them are compared.

For keys only: what is published stays as it is. Vectorised, so that half a million rows cost little.
"""

import polars as pl

# Prefectures are left out, chōme, banchi and gō become hyphens: 東京都港区一丁目2番3号 = 港区1-2-3.
PREFECTURE = r"^(?:東京都|北海道|(?:京都|大阪)府|[^市区町村郡]{2,3}県)"
UNITS = r"(?:丁目|番地の|番地|番|号|の|ノ)"
DASHES = "[‐‑‒–—―−ｰー－-]"
NUMERALS = {f"{kanji}丁目": f"{number}丁目" for number, kanji in enumerate("一二三四五六七八九", 1)} | {
    f"十{kanji}丁目": f"1{number}丁目" for number, kanji in enumerate("一二三四五六七八九", 1)
}
NUMERALS["十丁目"] = "10丁目"
LONGEST_FIRST = dict(sorted(NUMERALS.items(), key=lambda pair: -len(pair[0])))


def name(column: str) -> pl.Expr:
    """A name without differences of width, case, blanks and dashes; null where blank."""
    text = pl.col(column).str.normalize("NFKC").str.to_lowercase().str.replace_all(r"\s", "")
    return _filled(text.str.replace_all(DASHES, "-"))


def address(column: str) -> pl.Expr:
    """An address without prefecture, units of house numbers and blanks; null where blank."""
    text = pl.col(column).str.normalize("NFKC").str.replace_all(r"\s", "")
    text = text.str.replace(PREFECTURE, "").str.replace_many(LONGEST_FIRST, leftmost=True)
    text = text.str.replace_all(rf"([0-9]){UNITS}", "${1}-").str.replace_all(DASHES, "-")
    return _filled(text.str.replace_all("-+", "-").str.strip_chars_end("-"))


def phone(column: str) -> pl.Expr:
    """The digits of a phone number; null where blank."""
    return _filled(pl.col(column).str.replace_all("[^0-9]", ""))


def degrees(column: str) -> pl.Expr:
    """A latitude or longitude as Float64; null where blank."""
    return pl.col(column).cast(pl.Float64, strict=False)


def _filled(text: pl.Expr) -> pl.Expr:
    return pl.when(text != "").then(text)
