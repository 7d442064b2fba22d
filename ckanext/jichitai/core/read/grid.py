"""A grid: all records of a file as text, before anybody knows which one is the header."""

import msgspec
import polars as pl

from ..issues import Code, Issue, Place
from .caps import Caps

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


def within_caps(grid: Grid, caps: Caps) -> tuple[Grid, list[Issue]]:
    """The grid without columns and long texts beyond the caps, each of them a finding."""
    cells = [name for name in grid.frame.columns if name != LINE]
    issues: list[Issue] = []
    if len(cells) > caps.columns:
        issues.append(Issue(Code.FILE_TOO_LARGE, found=str(len(cells)), details={"found": str(len(cells))}))
        grid = Grid(
            grid.frame.select([*cells[: caps.columns], LINE]), [row[: caps.columns] for row in grid.top]
        )
        cells = cells[: caps.columns]
    if grid.frame.estimated_size() <= caps.cell or not cells:
        return grid, issues
    longest = grid.frame.select(pl.col(cells).str.len_bytes().max()).row(0, named=True)
    for name, length in longest.items():
        if length is not None and length > caps.cell:
            place = Place(position=name)
            issues.append(Issue(Code.FILE_TOO_LARGE, place, str(length), details={"found": str(length)}))
            short = pl.col(name).str.len_bytes() <= caps.cell
            grid = Grid(grid.frame.with_columns(pl.when(short).then(name).alias(name)), grid.top)
    return grid, issues
