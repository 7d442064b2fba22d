"""Cells of one column: the canonical pattern over all of them at once, the rest by distinct text.

Published text and canonical value stay side by side. A text that the pattern takes costs no Python.
"""

from collections.abc import Sequence

import msgspec
import polars as pl

from ..definitions.model import Column
from ..fold import fold
from ..issues import Code
from ..types.base import Reading, ValueType
from .texts import odd_codes
from .values import Fix, Told

# One line a distinct text that the pattern did not take: published, canonical, what is said of it, what is
# offered and how surely, the published text as JSON, and whether the canonical text differs.
READ: dict[str, type[pl.DataType]] = {
    "raw": pl.String,
    "value": pl.String,
    "code": pl.String,
    "offer": pl.String,
    "sure": pl.String,
    "json": pl.String,
    "changed": pl.Boolean,
}
Line = tuple[str, str | None, str | None, str | None, str | None, str, bool]
DEFAULT: dict[str, Code] = {
    "safe": Code.VALUE_FORM,
    "likely": Code.VALUE_LIKELY,
    "ask": Code.VALUE_REFUSED,
    "refused": Code.VALUE_REFUSED,
}


class Read(msgspec.Struct, frozen=True):
    """One column, read.

    value: canonical text, null where nothing is stated or the cell was refused.
    line: of each cell. marks: line, raw, code: texts that are formulas to a spreadsheet or hold characters not every machine shows.
    cells: READ with `line` before it, one line a cell that the pattern did not take and that has something
    said of it or changed.
    """

    column: Column
    value: pl.Series
    cells: pl.DataFrame
    line: pl.Series
    marks: pl.DataFrame | None = None


def matched(texts: pl.DataFrame, kinds: dict[str, ValueType]) -> pl.DataFrame:
    """For each column of texts whether its pattern or its words take a cell; blank counts as taken.

    Columns whose type has neither are left out.
    """
    hits = {name: _taken(name, kind) for name, kind in kinds.items() if name in texts.columns}
    return texts.select(
        (pl.col(name).is_null() | hit).alias(name) for name, hit in hits.items() if hit is not None
    )


def _taken(name: str, kind: ValueType) -> pl.Expr | None:
    if kind.words:
        return pl.col(name).is_in(list(kind.words))
    return pl.col(name).str.contains(f"^(?:{kind.canonical})$") if kind.canonical else None


# Cells of a column without one that is odd.
NO_CELLS = pl.DataFrame(schema={"line": pl.Int64, **READ})


def read_column(
    text: pl.Series, taken: pl.Series | None, line: pl.Series, column: Column, kind: ValueType, told: Told
) -> Read:
    """Read one column. text: as published. taken: where the pattern fits, None where the type has none."""
    if text.null_count() == len(text) or (taken is not None and taken.all()):
        return Read(column, text, NO_CELLS, line)
    rest = ~taken if taken is not None else text.is_not_null()
    picked = pl.DataFrame({"line": line, "raw": text}).filter(rest)
    fixes = [fix for fix in told.fixes if fix.column == column.name]
    lines = [_one(raw, kind, told, fixes) for raw in picked["raw"].unique(maintain_order=True)]
    marked = [(raw, str(code)) for raw, *_ in lines for code in odd_codes(raw)]
    if not marked and not any(line[2] is not None or line[6] for line in lines):
        return Read(column, text, NO_CELLS, line)
    odd = pl.DataFrame(lines, schema=READ, orient="row")
    frame = pl.DataFrame({"text": text, "rest": rest})
    turned = pl.col("text").replace_strict(odd["raw"], odd["value"], default=None, return_dtype=pl.String)
    value = frame.select(pl.when("rest").then(turned).otherwise("text").alias(text.name)).to_series()
    said = odd.filter(pl.col("code").is_not_null() | pl.col("changed"))
    cells = picked.join(said, on="raw", how="inner", maintain_order="left").select("line", *READ)
    marks = None
    if marked:
        table = pl.DataFrame(marked, schema={"raw": pl.String, "code": pl.String}, orient="row")
        marks = picked.join(table, on="raw", how="inner", maintain_order="left")
    return Read(column, value, cells, line, marks)


def _one(raw: str, kind: ValueType, told: Told, fixes: Sequence[Fix]) -> Line:
    """READ of one distinct text: what becomes of it, what is said of it."""
    value, code, offer, sure = _judge(raw, kind, told, fixes)
    return raw, value, code, offer, sure, msgspec.json.encode(raw).decode(), value != raw


def _judge(
    raw: str, kind: ValueType, told: Told, fixes: Sequence[Fix]
) -> tuple[str | None, str | None, str | None, str | None]:
    """Canonical text, code, offer, confidence."""
    for fix in fixes:
        # A fix of one row is put in where rows are known; here it would change others.
        if fix.found == raw and fix.row is None:
            return fix.value, fix.code or str(Code.VALUE_FORM), fix.value, "safe"
    folded = fold(raw)
    if not folded:
        return None, None, None, None
    reading = kind.parse(folded)
    code = code_of(reading)
    match reading.how:
        case "kept":
            return reading.value, code, None, None
        case "absent":
            return None, code, None, None
        case "safe":
            return reading.value, code, reading.value, "safe"
        case "likely":
            if told.accept == "likely" or any(fix.code == code and fix.found is None for fix in fixes):
                return reading.value, code, reading.value, "safe"
            # A text stays a text while its mending is only offered; other types have no value until then.
            return (folded if kind.name == "text" else None), code, reading.value, "likely"
        case "ask":
            return None, code, reading.value, "ask"
        case "refused":
            return None, code, None, None


def code_of(reading: Reading) -> str | None:
    """The code of a reading, its default where the type names none."""
    if reading.code is not None:
        return str(reading.code)
    return str(DEFAULT[reading.how]) if reading.how in DEFAULT else None
