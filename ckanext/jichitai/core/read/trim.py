"""From grid to table: below the header, without notes, repeated headers, blank rows and ragged ones."""

import re
from collections.abc import Sequence

import msgspec
import polars as pl

from ..issues import FINDINGS, Code
from .blank import without_blank
from .grid import LINE, Grid
from .head import Head

NOTE = re.compile(r"\s*(?:※|[(（]?注|出典|更新|版|合計|総計|[*＊]注)")
# Rows at the end that are looked at for notes.
TAIL = 20


class Table(msgspec.Struct, frozen=True):
    """The rows of the table and what was taken away.

    frame: as Sheet.frame. labels: one per column of it. ragged: FINDINGS. outside: texts above and below.
    outside_lines: their lines. aside: as Sheet.aside. repeated: lines of repeated headers and of rows of names below the header.
    """

    frame: pl.DataFrame
    labels: tuple[str, ...]
    ragged: pl.DataFrame
    outside: tuple[str, ...]
    outside_lines: tuple[int, ...]
    repeated: tuple[int, ...]
    aside: pl.DataFrame


def trim(grid: Grid, head: Head) -> Table:
    """Cut the table out of the grid; every line left out is named in the answer or blank."""
    cells = [name for name in grid.frame.columns if name != LINE]
    above = grid.frame.head(head.at or 0)
    outside = _texts(above, cells)
    lines = [int(line) for line in above[LINE]] if outside else []
    repeated = [int(grid.frame[LINE][index]) for index in head.dropped if index < grid.frame.height]
    labels = list(head.labels[: len(cells)]) + [""] * (len(cells) - len(head.labels))
    frame = grid.frame.slice(head.first)
    frame = without_blank(frame)
    frame, again = _without_headers(frame, cells, labels)
    frame, notes = _without_notes(frame, cells)
    frame, over, ragged = _without_ragged(frame, cells, head)
    aside = pl.concat([grid.frame.head(head.first), again, notes, over])
    keep: list[str] = []
    kept_labels: list[str] = []
    filled = frame.null_count().row(0, named=True)
    for at, (name, label) in enumerate(zip(cells, labels, strict=True)):
        if head.linkdata and at == 0:
            continue
        if (at < head.width and label) or filled[name] < frame.height:
            keep.append(name)
            kept_labels.append(label)
    return Table(
        frame.select([*keep, LINE]),
        tuple(kept_labels),
        ragged,
        (*outside, *_texts(notes, cells)),
        (*lines, *(int(line) for line in notes[LINE])),
        (*repeated, *(int(line) for line in again[LINE])),
        without_blank(aside).sort(LINE),
    )


def _texts(frame: pl.DataFrame, cells: Sequence[str]) -> list[str]:
    return [text.strip() for row in frame.select(cells).rows() for text in row if text and not text.isspace()]


def _without_headers(
    frame: pl.DataFrame, cells: Sequence[str], labels: Sequence[str]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Without records that repeat the header, and these."""
    named = [(name, label) for name, label in zip(cells, labels, strict=True) if label]
    if len(named) < 2:
        return frame, frame.head(0)
    name, label = named[0]
    if not frame[name].str.contains(label, literal=True).any():
        return frame, frame.head(0)
    probe = pl.all_horizontal(pl.col(name).str.strip_chars() == label for name, label in named[:2])
    hits = frame.filter(probe.fill_null(False))
    if not hits.height:
        return frame, hits
    same = pl.sum_horizontal(
        (pl.col(name).str.strip_chars() == label).fill_null(False) for name, label in named
    )
    again = hits.filter(same * 10 >= len(named) * 8)
    return frame.filter(~pl.col(LINE).is_in(again[LINE].to_list())), again


def _without_notes(frame: pl.DataFrame, cells: Sequence[str]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Without trailing rows that are notes or totals, and these."""
    tail = frame.tail(TAIL + 40)
    rows = tail.select(cells).rows()
    counts = [sum(1 for cell in row if cell and not cell.isspace()) for row in rows]
    body = sorted(counts[:-1] or counts)
    typical = body[len(body) // 2] if body else 0
    cut = 0
    for row, count in zip(reversed(rows[-TAIL:]), reversed(counts[-TAIL:]), strict=True):
        first = next((cell for cell in row if cell and not cell.isspace()), "")
        sparse = typical >= 5 and count <= 2
        if not (sparse or (NOTE.match(first) and count * 2 <= max(typical, 2) + 2)):
            break
        cut += 1
    if not cut or cut == frame.height:
        return frame, frame.head(0)
    return frame.head(frame.height - cut), frame.tail(cut)


def _without_ragged(
    frame: pl.DataFrame, cells: Sequence[str], head: Head
) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Without rows that hold a text behind the last heading; these, and findings of them: they are quarantined."""
    surplus = list(cells[head.width :]) if head.at is not None else []
    if not surplus:
        return frame, frame.head(0), pl.DataFrame(schema=FINDINGS)
    over = frame.select(pl.any_horizontal(pl.col(name).is_not_null() for name in surplus)).to_series()
    ragged = frame.filter(over)
    found = pl.concat_str([pl.col(name) for name in surplus], separator=" | ", ignore_nulls=True)
    findings = ragged.select(
        pl.col(LINE).alias("line"),
        pl.lit(surplus[0]).alias("position"),
        pl.lit(None, pl.String).alias("column"),
        pl.lit(None, pl.String).alias("label"),
        pl.lit(str(Code.ROW_RAGGED)).alias("code"),
        found.alias("found"),
        pl.lit(None, pl.String).alias("suggested"),
        pl.lit(None, pl.String).alias("confidence"),
    )
    return frame.filter(~over), ragged, findings
