"""Values of the merge: an input file, a fate, a merged table."""

from typing import Literal

import msgspec
import polars as pl

Fate = Literal[
    "included",
    "included_in_part",
    "empty",
    "twin",
    "superseded",
    "other_item",
    "other",
    "invalid",
    "unreadable",
    "too_large",
    "unreachable",
    "licence_closed",
    "excluded",
    "own_output",
    "held",
    "unchecked",
]

# Columns that a merged table has beside those of its item, in this order behind them.
ROW: dict[str, type[pl.DataType]] = {
    "row_id": pl.String,
    "row_verdict": pl.String,
    "row_issues": pl.String,
    "row_duplicate_of": pl.String,
    "row_reason": pl.String,
    "row_stale": pl.Boolean,
    "row_first_seen": pl.String,
    "row_changed": pl.String,
}
SRC: dict[str, type[pl.DataType]] = {
    "src_municipality_code": pl.String,
    "src_municipality": pl.String,
    "src_dataset": pl.String,
    "src_resource": pl.String,
    "src_url": pl.String,
    "src_sha256": pl.String,
    "src_sheet": pl.String,
    "src_line": pl.Int64,
    "src_fetched": pl.String,
    "src_edition": pl.String,
    "src_licence": pl.String,
    "src_attribution": pl.String,
}
TEXT: dict[str, type[pl.DataType]] = {"verbatim": pl.String, "extra": pl.String}

# dropped.csv: every row not merged, beside its item's columns.
DROPPED: dict[str, type[pl.DataType]] = {
    "fate": pl.String,
    "winner": pl.String,
    "reason_ja": pl.String,
    "reason_en": pl.String,
    "suggestion_ja": pl.String,
    "suggestion_en": pl.String,
}

# outcomes.csv: every file once.
OUTCOMES: dict[str, type[pl.DataType]] = {
    "municipality_code": pl.String,
    "municipality": pl.String,
    "dataset": pl.String,
    "resource": pl.String,
    "url": pl.String,
    "sha256": pl.String,
    "item": pl.String,
    "fate": pl.String,
    "verdict": pl.String,
    "edition": pl.String,
    "definitions": pl.String,
    "rows_total": pl.Int64,
    "rows_merged": pl.Int64,
    "rows_repaired": pl.Int64,
    "rows_quarantined": pl.Int64,
    "rows_dropped": pl.Int64,
    "date": pl.String,
    "reason": pl.String,
}


class InputFile(msgspec.Struct, frozen=True):
    """One file as the merge sees it: where it comes from, and its tidy table.

    municipality: 6-digit code of who published. fetched: ISO time when these bytes first came.
    date: publisher's date of the file (ISO day), period: stated period; for editions.
    staff: uploaded here by the municipality's staff. verdict: of its report.
    item: the item its report names (None: none). fate: set where it is no input from the start
    (licence_closed, unreachable, own_output, excluded …).
    table: tidy rows (core.check.values.TIDY), or None.
    columns: the item's columns that the file has (None: not known). frequency: EU frequency code.
    stale: its publisher's copy is out of reach and our last good copy serves.
    told: short name of what was told, so that our own answers are known from the publisher's edits.
    faults: codes of errors of the file as a whole, which set its rows aside.
    """

    municipality: str
    municipality_name: str
    dataset: str
    resource: str
    url: str
    sha256: str
    verdict: str
    item: str | None = None
    format: str = ""
    sheet: str | None = None
    fetched: str = ""
    date: str = ""
    period: str = ""
    edition: str = ""
    licence: str = ""
    attribution: str = ""
    staff: bool = False
    fate: Fate | None = None
    reason: str = ""
    definitions: str = ""
    rows_total: int = 0
    table: pl.DataFrame | None = None
    columns: tuple[str, ...] | None = None
    frequency: str = ""
    stale: bool = False
    told: str = ""
    faults: tuple[str, ...] = ()


# What moves with every republication of a file; the feed's `file` events carry it, no row event does.
MOVES = ("src_sheet", "src_line", "src_sha256", "src_fetched")


class Note(msgspec.Struct, frozen=True):
    """Something to tell about one publisher's files; code: a word of schemas/issues/merge.yaml."""

    municipality: str
    code: str
    details: dict[str, str] = {}


class Trip(msgspec.Struct, frozen=True):
    """The collapse guard's finding.

    municipality: None for the item as a whole. reason: a word of schemas/issues/merge.yaml.
    holds: whether the last good rows stay until a person decides; otherwise it is a warning.
    ours: the rule book changed since, so that it may be our doing and not the publisher's.
    """

    municipality: str | None
    reason: str
    before: int
    after: int
    holds: bool = True
    ours: bool = False


class History(msgspec.Struct, frozen=True):
    """What the guard measures against, by municipality code.

    peaks: highest count of rows in the last 30 days (an approval sets it anew), total: of the item.
    quarantined: share of rows quarantined in the last release. definitions: its rule book.
    approved: municipalities (or "" for the item) whose rows a person has just let pass.
    """

    peaks: dict[str, int] = {}
    total: int = 0
    quarantined: dict[str, float] = {}
    definitions: str = ""
    approved: frozenset[str] = frozenset()


class Merged(msgspec.Struct, frozen=True):
    """One item's table.

    rows: the item's columns (String, canonical), then ROW, SRC, TEXT; sorted by
        src_municipality_code, row_id. dropped: DROPPED and the same columns. outcomes: OUTCOMES.
    carried: rows of the last release that stay because the guard holds newer ones (row_stale).
    Always: rows read = rows merged + dropped, per file and in total; rows = merged + carried;
    files seen = outcomes.
    """

    item: str
    rows: pl.DataFrame
    dropped: pl.DataFrame
    outcomes: pl.DataFrame
    carried: int = 0
    trips: tuple[Trip, ...] = ()
    notes: tuple[Note, ...] = ()


class Cell(msgspec.Struct, frozen=True):
    """One cell of the matrix, municipality × item.

    state: none, listed, unreadable, invalid, partial, repaired, valid, held, unchecked, not_applicable.
    report: resource id of the newest report, dataset: the dataset it belongs to.
    why: a word of schemas/issues/merge.yaml (listed: why no table), or the municipality's own reason.
    fresh: fresh, old or unknown. missing: share (0–1) of blank cells in required and recommended columns.
    """

    municipality: str
    item: str
    state: str
    datasets: int = 0
    files: int = 0
    rows: int = 0
    quarantined: int = 0
    missing: float | None = None
    fresh: Literal["fresh", "old", "unknown"] = "unknown"
    changed: str | None = None
    report: str | None = None
    why: str | None = None
    dataset: str | None = None
