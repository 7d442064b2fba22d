"""Several tables in one sheet: the main one is read, the others are named.

Beside it, behind a blank column, or below it, behind a blank row and with a header of its own.
"""

from collections.abc import Sequence

import msgspec
import polars as pl

from .blank import blank_rows
from .grid import LINE, Grid
from .head import REACH, Head, is_known

# A block beside the table that fills fewer of its rows than this is another table.
SPARSE = 0.5


class Others(msgspec.Struct, frozen=True):
    """grid: without the other tables. texts: what stood in them. places: where each began (column or line)."""

    grid: Grid
    texts: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


def without_others(grid: Grid, head: Head, known: frozenset[str]) -> Others:
    """Take other tables out of the grid."""
    if head.at is None or head.linkdata or not grid.frame.height:
        return Others(grid)
    beside = _beside(grid, head)
    return beside if beside.places else _below(grid, head, known)


def _beside(grid: Grid, head: Head) -> Others:
    """Blocks of columns to the right that an all-blank column parts from the table."""
    cells = [name for name in grid.frame.columns if name != LINE]
    blank = [grid.frame[name].null_count() == grid.frame.height for name in cells]
    blocks: list[list[str]] = [[]]
    for name, empty in zip(cells, blank, strict=True):
        if empty:
            blocks.append([])
        else:
            blocks[-1].append(name)
    blocks = [block for block in blocks if block]
    if len(blocks) < 2:
        return Others(grid)
    body = grid.frame.slice(head.first)
    filled = [body.select(pl.any_horizontal(pl.col(block).is_not_null()).sum()).item() for block in blocks]
    main = max(range(len(blocks)), key=lambda at: (filled[at], len(blocks[at])))
    gone = [
        at
        for at, block in enumerate(blocks)
        if at > main and filled[at] < SPARSE * filled[main] and len(block) < len(blocks[main])
    ]
    if not gone:
        return Others(grid)
    names = [name for at in gone for name in blocks[at]]
    texts = [text for row in grid.frame.select(names).rows() for text in row if text]
    first = min(cells.index(name) for name in names)
    top = [row[:first] for row in grid.top]
    return Others(
        Grid(grid.frame.select([*cells[:first], LINE]), top),
        tuple(texts),
        tuple(blocks[at][0] for at in gone),
    )


def _below(grid: Grid, head: Head, known: frozenset[str]) -> Others:
    """Rows behind a blank one that begin with labels of their own."""
    cells = [name for name in grid.frame.columns if name != LINE]
    rows = grid.frame.height
    if rows > 20_000 or head.at is None:
        return Others(grid)
    blank = set(blank_rows(grid.frame))
    if not blank:
        return Others(grid)
    labels = {label for label in head.labels if label}
    for at in range(max(head.first + 1, 1), rows):
        if at - 1 not in blank or at in blank:
            continue
        texts = [text for text in grid.frame.row(at)[: len(cells)] if text]
        if len(texts) < 3 or len(set(texts) & labels) * 2 > len(texts):
            continue
        if sum(is_known(text, known) for text in texts) * 10 >= len(texts) * 7:
            rest = grid.frame.slice(at)
            said = [text for row in rest.select(cells).rows() for text in row if text]
            kept = Grid(grid.frame.head(at), grid.top[:at] if at < REACH else grid.top)
            return Others(kept, tuple(said), (str(rest[LINE][0]),))
    return Others(grid)


def same_header(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two headers name the same columns."""
    mine, theirs = {label for label in one if label}, {label for label in other if label}
    return len(mine) > 1 and mine == theirs
