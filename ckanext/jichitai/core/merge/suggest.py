"""What the publisher can do about a row that was set aside: the remedies of its issues, gravest first."""

from collections.abc import Iterable

import polars as pl

from ..issues.catalogue import Block, Catalogue, Facts, load_catalogue
from ..issues.code import Code
from .fate import words

SUGGESTIONS = {"row_issues": pl.String, "suggestion_ja": pl.String, "suggestion_en": pl.String}
SHOWN = 2  # remedies a row; more are in the file's report


def suggestions(issues: pl.Series) -> pl.DataFrame:
    """SUGGESTIONS for the distinct values of a `row_issues` column; codes by ;."""
    catalogue = load_catalogue()
    distinct = issues.drop_nulls().unique().sort()
    lines = [(text, *_remedies(str(text), catalogue)) for text in distinct]
    return pl.DataFrame(lines, schema=SUGGESTIONS, orient="row")


def _remedies(text: str, catalogue: Catalogue) -> tuple[str, str]:
    codes = [Code(code) for code in text.split(";")]
    grave = [code for code in codes if _sets_aside(catalogue[code])]
    column = words()["some_column"]
    facts = [Facts(code, column=column.ja, column_en=column.en) for code in grave[:SHOWN]]
    said = {lang: [catalogue.sentence(one, lang)[1] for one in facts] for lang in ("ja", "en")}
    return "".join(said["ja"]), " ".join(said["en"])


def _sets_aside(block: Block) -> bool:
    return block.severity == "error" or block.official_error


def file_faults(errors: Iterable[str], table: pl.DataFrame | None) -> tuple[str, ...]:
    """Of the codes of a report's errors, those that no row has: they are the file's own."""
    if table is None:
        return tuple(dict.fromkeys(errors))
    rows = table["row_issues"].drop_nulls().str.split(";").explode(empty_as_null=True).unique()
    return tuple(code for code in dict.fromkeys(errors) if code not in set(rows))
