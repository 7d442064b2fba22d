"""One table against one item: cells read, rules applied, whole-file faults found, rows set aside."""

from collections.abc import Mapping, Sequence
from functools import cache

import msgspec
import polars as pl

from ..definitions.model import Column, Item, RuleBook
from ..definitions.resolve import value_type
from ..issues import FINDINGS, Code, Issue
from ..rules import Context, Outlines, load_outlines
from ..types.base import ValueType
from . import exchanged, identity, position, texts, tidy
from .agreement import distinct
from .cells import NO_CELLS, Read, matched, read_column
from .columns import ColumnMap
from .found import findings, of_cells
from .row_fixes import with_row_fixes
from .values import Told

# Codes that cost the row where the need is official; identity_missing always does.
COSTLY = frozenset({Code.VALUE_MISSING, Code.VALUE_REFUSED, Code.VALUE_DESTROYED})


class Judged(msgspec.Struct, frozen=True):
    """table: tidy rows. findings: FINDINGS of cells and rows. issues: of the table as a whole.

    filled: column → filled cells.
    """

    table: pl.DataFrame
    findings: pl.DataFrame
    issues: list[Issue]
    filled: dict[str, int]


@cache
def _outlines() -> Outlines:
    """The municipalities' outlines, read once."""
    return load_outlines()


def strict(column: Column) -> bool:
    """Whether the standard itself demands the column: only then a fault costs the row."""
    return column.need.level == "required" and column.need.evidence == "official"


def judge(
    frame: pl.DataFrame, labels: tuple[str, ...], found: ColumnMap, item: Item, book: RuleBook, told: Told
) -> Judged:
    """Judge the rows of a sheet. frame, labels: as Sheet's. found: where the headings went."""
    cells = [name for name in frame.columns if name != "line"]
    places = found.places()
    line = frame["line"]
    raw = {name: _text(frame, cells, at) for name, at in places.items()}
    issues: list[Issue] = []
    swapped = _swap(raw, item)
    filled = {name: len(series) - series.null_count() for name, series in raw.items()}
    kinds = {name: value_type(item.column(name), book) for name in raw}
    reads = with_row_fixes(_read(raw, kinds, item, line, told), raw, item, told)
    table = tidy.values_of(item, reads, line)
    # Two coordinates in one cell are one finding.
    parts = [
        of_cells(read.cells, name)
        for name, read in reads.items()
        if read.cells.height and name not in found.shared
    ]
    parts += _missing(table, reads, item)
    parts += _bounds(table, [read.column for read in reads.values()])
    for name, read in reads.items():
        if read.marks is not None:
            values = {"line": pl.col("line"), "column": name, "found": pl.col("raw"), "code": pl.col("code")}
            parts.append(findings(read.marks, Code.FORMULA_LIKE, values))
    published = pl.DataFrame([line, *(series.alias(name) for name, series in raw.items())])
    parts += texts.text_findings(published, [read.column for read in reads.values()], book)
    parts.append(identity.identity_findings(table, item))
    parts.append(identity.id_findings(table, item, list(reads)))
    parts.append(identity.copies(frame, None))
    all_found = pl.concat([part for part in parts if part.height] or [pl.DataFrame(schema=FINDINGS)])
    if item.position:
        latitude, longitude = item.position
        all_found = position.merged_rows(all_found, latitude, longitude, reads)
        all_found = pl.concat(
            [all_found, position.position_findings(table, latitude, longitude, item.identity)]
        )
        if latitude in reads and longitude in reads:
            issues += position.position_issues(table, latitude, longitude, swapped)
    context = Context(told.municipality, _outlines(), told.date, frozenset(reads))
    all_found = pl.concat([all_found, *(rule.find(table, context) for rule in item.rules)])
    issues += identity.id_issues(table, item, list(reads))
    suspects = _suspects(reads, filled)
    if suspects:
        issues += exchanged.exchanged(item, {name: distinct(raw[name]) for name in reads}, suspects, book)
    all_found = _placed(all_found, places, cells, labels)
    lost = _lost(all_found, item, found, line)
    unknown = {cells[one.at]: one.label for one in found.headings if one.column is None}
    issues += texts.unit_unstated(frame, unknown)
    extra = tidy.extras(frame, unknown)
    whole = tidy.rows(table, all_found, lost, tidy.verbatim(reads), extra)
    return Judged(whole, all_found, issues, filled)


def _text(frame: pl.DataFrame, cells: list[str], at: tuple[int, ...]) -> pl.Series:
    """The published text of a column; of several headings the texts one behind the other."""
    if len(at) == 1:
        return frame[cells[at[0]]]
    joined = pl.concat_str([pl.col(cells[one]) for one in at], ignore_nulls=True)
    return frame.select(pl.when(joined != "").then(joined).alias(cells[at[0]])).to_series()


def _swap(raw: dict[str, pl.Series], item: Item) -> int:
    """Exchange latitude and longitude where every filled row has them exchanged; how many rows that is."""
    if not item.position or any(name not in raw for name in item.position):
        return 0
    latitude, longitude = item.position
    if not position.swapped_whole(raw[latitude], raw[longitude]):
        return 0
    raw[latitude], raw[longitude] = raw[longitude], raw[latitude]
    return pl.DataFrame({"y": raw[latitude], "x": raw[longitude]}).drop_nulls().height


def _read(
    raw: Mapping[str, pl.Series], kinds: Mapping[str, ValueType], item: Item, line: pl.Series, told: Told
) -> dict[str, Read]:
    if not len(line):
        return {name: Read(item.column(name), series, NO_CELLS, line) for name, series in raw.items()}
    taken = (
        matched(pl.DataFrame([series.alias(name) for name, series in raw.items()]), dict(kinds))
        if raw
        else pl.DataFrame()
    )
    return {
        name: read_column(
            series, taken[name] if name in taken.columns else None, line, item.column(name), kinds[name], told
        )
        for name, series in raw.items()
    }


def _missing(table: pl.DataFrame, reads: Mapping[str, Read], item: Item) -> list[pl.DataFrame]:
    """value_missing: blank cells of required columns; a cell that was refused is not blank."""
    parts: list[pl.DataFrame] = []
    for name, read in reads.items():
        column = read.column
        if (
            column.need.level != "required"
            or (column.pair and "" in column.pair)
            or not read.value.null_count()
        ):
            continue
        blank = table.filter(pl.col(name).is_null())
        if read.cells.height:
            said = read.cells.filter(pl.col("code").is_not_null() & pl.col("value").is_null())
            blank = blank.join(said, left_on=tidy.LINE, right_on="line", how="anti", maintain_order="left")
        if blank.height:
            parts.append(findings(blank, Code.VALUE_MISSING, {"column": name}))
    return parts


def _bounds(table: pl.DataFrame, columns: Sequence[Column]) -> list[pl.DataFrame]:
    """value_out_of_bounds: outside minimum and maximum, or longer than allowed."""
    outside = {column.name: hit for column in columns if (hit := _outside(column)) is not None}
    if not outside or not table.height:
        return []
    held = table.select(hit.any().alias(name) for name, hit in outside.items()).row(0, named=True)
    return [
        findings(
            table.filter(outside[name]), Code.VALUE_OUT_OF_BOUNDS, {"column": name, "found": pl.col(name)}
        )
        for name, any_ in held.items()
        if any_
    ]


def _outside(column: Column) -> pl.Expr | None:
    """Where a column's cells are out of bounds; None where it has none."""
    text = pl.col(column.name)
    outside: list[pl.Expr] = []
    for bound, low in ((column.minimum, True), (column.maximum, False)):
        if bound is None:
            continue
        if column.type in ("integer", "decimal", "money", "latitude", "longitude"):
            number = text.cast(pl.Float64, strict=False)
            outside.append(number < float(bound) if low else number > float(bound))
        else:
            outside.append(text < bound if low else text > bound)
    if column.max_length is not None:
        outside.append(text.str.len_chars() > column.max_length)
    return pl.any_horizontal(outside) if outside else None


def _suspects(reads: Mapping[str, Read], filled: Mapping[str, int]) -> list[str]:
    """Columns of which most cells were odd."""
    return [name for name, read in reads.items() if read.cells.height * 2 > filled[name] > 0]


def _placed(
    found: pl.DataFrame, places: Mapping[str, tuple[int, ...]], cells: list[str], labels: tuple[str, ...]
) -> pl.DataFrame:
    """With position and published heading of each column."""
    if not found.height or not places:
        return found
    names = list(places)
    at = [places[name][0] for name in names]
    turn = pl.col("column")
    return found.with_columns(
        pl.coalesce(
            "position",
            turn.replace_strict(names, [cells[one] for one in at], default=None, return_dtype=pl.String),
        ).alias("position"),
        pl.coalesce(
            "label",
            turn.replace_strict(names, [labels[one] for one in at], default=None, return_dtype=pl.String),
        ).alias("label"),
    )


def _lost(found: pl.DataFrame, item: Item, headings: ColumnMap, line: pl.Series) -> pl.DataFrame:
    """src_line of the rows set aside."""
    there = headings.places()
    hard = [column.name for column in item.columns if strict(column)]
    if any(name not in there for name in hard):
        return pl.DataFrame({tidy.LINE: line})
    codes = [str(code) for code in COSTLY]
    costly = pl.col("code").is_in(codes) & pl.col("column").is_in(hard)
    lost = found.filter(costly.fill_null(False) | (pl.col("code") == str(Code.IDENTITY_MISSING)))
    return lost.select(pl.col("line").alias(tidy.LINE)).unique()
