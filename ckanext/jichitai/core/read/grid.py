"""A grid: all records of a file as text, before anybody knows which one is the header."""

import msgspec
import polars as pl

LINE = "line"


def letters(index: int) -> str:
    """The spreadsheet's name of a column: 0 is A, 26 is AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


class Grid(msgspec.Struct, frozen=True):
    """All records, in order.

    frame: String columns A, B … and Int64 `line`; null where a cell is blank or was not there.
    top: the first records as they were written, with exactly the cells that they had.
    """

    frame: pl.DataFrame
    top: list[list[str | None]]


def frame_of(records: list[list[str | None]], lines: list[int]) -> pl.DataFrame:
    """A frame from records of any widths; missing last cells are null."""
    width = max((len(record) for record in records), default=0)
    columns: dict[str, pl.Series] = {}
    for at in range(width):
        cells = [record[at] if at < len(record) else None for record in records]
        columns[letters(at)] = pl.Series(letters(at), cells, dtype=pl.String)
    columns[LINE] = pl.Series(LINE, lines, dtype=pl.Int64)
    return pl.DataFrame(columns)
