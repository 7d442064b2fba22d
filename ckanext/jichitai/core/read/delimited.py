"""Delimited text to a grid: delimiter, quotes, wrapped lines, ragged records.

Well-formed text goes through polars' reader, all columns text. Where quotes are out of order or a
record is wider than the others, Python's tolerant reader takes over: it never loses a record.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

import msgspec
import polars as pl

from ..fold import fold_label
from ..issues import Code, Issue, Place
from .grid import LINE, Grid, frame_of, letters

DELIMITERS = (",", "\t", ";")
SAMPLE = 50
TOP = 60
# Cells of a record in which labels are looked for.
LOOK = 24
# A sample must hold 50 records whole, however long their texts are.
PEEK = 1 << 18
SPACED_QUOTE = re.compile(r'[,;\t] +"[^"]*"(?=[,;\t\r\n])')


class Split(msgspec.Struct, frozen=True):
    """The grid with what was assumed to get it."""

    grid: Grid
    delimiter: str
    issues: tuple[Issue, ...] = ()


def split(utf8: bytes, known: frozenset[str], cell: int) -> Split:
    """Cut text into records. utf8: without a mark. known: folded labels. cell: characters of one cell."""
    csv.field_size_limit(max(cell, len(utf8)) + 1)
    if b"\x00" in utf8:
        utf8 = utf8.replace(b"\x00", b"")
    sample = _peek(utf8)
    delimiter = _delimiter(sample, known)
    issues: list[Issue] = []
    if delimiter != ",":
        shown = {"\t": "TAB"}.get(delimiter, delimiter)
        issues.append(Issue(Code.DELIMITER_OTHER, found=shown, details={"found": shown}))
    if _wrapped(sample, delimiter):
        records, lines = _tolerant(utf8, delimiter)
        records = [_unwrap(record, delimiter) for record in records]
        issues.append(Issue(Code.LINE_WRAPPED, Place(line=1), count=len(records)))
        return Split(Grid(_blank(frame_of(records, lines)), records[:TOP]), delimiter, tuple(issues))
    top = _records(sample, delimiter, TOP)
    if (frame := _fast(utf8, top, delimiter)) is not None:
        return Split(Grid(frame, top), delimiter, tuple(issues))
    records, lines = _tolerant(utf8, delimiter)
    return Split(Grid(_blank(frame_of(records, lines)), records[:TOP]), delimiter, tuple(issues))


def _peek(utf8: bytes) -> str:
    """The start of the text, ending with a whole line where there is one."""
    if len(utf8) <= PEEK:
        return utf8.decode("utf-8", "replace")
    return utf8[: utf8.rfind(b"\n", 0, PEEK) + 1 or PEEK].decode("utf-8", "ignore")


def _records(text: str, delimiter: str, count: int) -> list[list[str | None]]:
    records: list[list[str | None]] = []
    for record in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
        records.append([cell or None for cell in record])
        if len(records) == count:
            break
    return records


def _delimiter(sample: str, known: frozenset[str]) -> str:
    """The delimiter whose records are of one width, wider than one cell; known labels decide a draw."""
    present = [candidate for candidate in DELIMITERS if candidate in sample]
    if len(present) < 2:
        return present[0] if present else ","
    worth: dict[str, tuple[bool, float, int]] = {}
    for candidate in present:
        worth[candidate] = _worth(_records(sample, candidate, SAMPLE), known)
        if worth[candidate][:2] == (True, 1.0):
            return candidate
    return max(present, key=lambda candidate: worth[candidate])


def _worth(records: list[list[str | None]], known: frozenset[str]) -> tuple[bool, float, int]:
    """Whether known labels come out, how steady the width is, and the width."""
    widths = Counter(len(record) for record in records if record)
    if not widths:
        return (False, 0.0, 0)
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
    steady = count / sum(widths.values()) if width > 1 else 0.0
    # Labels stand near the top, behind some titles at most.
    labelled = any(
        sum(fold_label(cell) in known for cell in record[:LOOK] if cell) >= 2 for record in records[:12]
    )
    return (labelled, round(steady, 1), width)


def _wrapped(sample: str, delimiter: str) -> bool:
    """Whether nearly every line stands in one pair of quotes, its own quotes doubled or gone."""
    lines = [line for line in sample.splitlines() if line.strip()][:SAMPLE]
    wrapped = [line for line in lines if len(line) > 2 and line[0] == line[-1] == '"' and delimiter in line]
    if len(wrapped) < 2 or len(wrapped) * 10 < len(lines) * 8:
        return False
    cells = [len(next(csv.reader([line], delimiter=delimiter))) for line in wrapped]
    return sum(count == 1 for count in cells) * 10 >= len(cells) * 9


def _unwrap(record: list[str | None], delimiter: str) -> list[str | None]:
    """The cells that stand inside the first one, then what follows it."""
    if not record or not (first := record[0]) or delimiter not in first:
        return record
    rest = record[1:]
    while rest and rest[-1] is None:
        rest.pop()
    inner = next(csv.reader([first], delimiter=delimiter))
    return [*(cell or None for cell in inner), *rest]


def _fast(utf8: bytes, top: list[list[str | None]], delimiter: str) -> pl.DataFrame | None:
    """Read with polars where that is certain to give what the text says, else None."""
    if b"\r" in utf8 and utf8.count(b"\r") != utf8.count(b"\r\n"):
        return None
    quotes = b'"' in utf8
    if quotes and not _orderly(utf8, delimiter.encode()):
        return None
    widest = max((len(record) for record in top), default=0)
    if widest == 0:
        return None
    for width in (widest, widest + 4):
        schema = {letters(at): pl.String for at in range(width)}
        try:
            frame = pl.read_csv(
                utf8,
                has_header=False,
                schema=schema,
                separator=delimiter,
                quote_char='"' if quotes else None,
                glob=False,
            )
        except pl.exceptions.PolarsError:
            continue
        return _numbered(_narrow(frame, widest), utf8, quotes)
    return None


def _narrow(frame: pl.DataFrame, widest: int) -> pl.DataFrame:
    """Without the columns that were only tried."""
    spare = [name for name in frame.columns[widest:] if frame[name].null_count() == frame.height]
    return frame.drop(spare)


def _orderly(utf8: bytes, delimiter: bytes) -> bool:
    """Whether every quote opens a field, closes one, or is doubled inside one."""
    bare = utf8.replace(b'""', b"") if b'""' in utf8 else utf8
    opening = bare.count(delimiter + b'"') + bare.count(b'\n"') + bare.startswith(b'"')
    closing = bare.count(b'"' + delimiter) + bare.count(b'"\n') + bare.count(b'"\r') + bare.endswith(b'"')
    return opening == closing and opening + closing == bare.count(b'"')


def _numbered(frame: pl.DataFrame, utf8: bytes, quotes: bool) -> pl.DataFrame:
    """Add the line of the file at which each record begins, and make blank cells null."""
    lines = utf8.count(b"\n") + (not utf8.endswith(b"\n"))
    numbers = pl.int_range(1, frame.height + 1, dtype=pl.Int64)
    if lines != frame.height:
        breaks = pl.sum_horizontal(
            pl.col(name).str.count_matches("\n", literal=True).fill_null(0) for name in frame.columns
        ).cast(pl.Int64)
        numbers = numbers + breaks.cum_sum() - breaks
    frame = frame.with_columns(numbers.alias(LINE))
    return _blank(frame) if quotes else frame


def _blank(frame: pl.DataFrame) -> pl.DataFrame:
    cells = pl.exclude(LINE)
    return frame.with_columns(pl.when(cells != "").then(cells))


def _tolerant(utf8: bytes, delimiter: str) -> tuple[list[list[str | None]], list[int]]:
    """Every record with the line at which it begins; an open quote never swallows what follows."""
    text = utf8.decode("utf-8", "replace")
    spaced = len(SPACED_QUOTE.findall(text[:PEEK])) > 2
    records: list[list[str | None]] = []
    lines: list[int] = []
    done = 0
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=delimiter, strict=False, skipinitialspace=spaced
    )
    for record in reader:
        records.append([cell or None for cell in record])
        lines.append(done + 1)
        done = reader.line_num
    if records and done > lines[-1] and _is_open(text, lines[-1], delimiter):
        start = lines[-1]
        del records[-1], lines[-1]
        for number, record in _unquoted(text, start, delimiter):
            records.append(record)
            lines.append(number)
    return records, lines


def _is_open(text: str, start: int, delimiter: str) -> bool:
    """Whether the record from that line on runs to the end because a quote is never closed."""
    rest = "".join(io.StringIO(text, newline="").readlines()[start - 1 :])
    try:
        list(csv.reader(io.StringIO(rest, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        return "end of data" in str(error)
    return False


def _unquoted(text: str, start: int, delimiter: str) -> Iterator[tuple[int, list[str | None]]]:
    """The lines from `start` on, read without regard to quotes."""
    for number, line in enumerate(io.StringIO(text, newline="").readlines(), 1):
        if number >= start:
            yield number, [cell or None for cell in line.rstrip("\r\n").split(delimiter)]
