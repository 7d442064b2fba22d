"""A table of a million rows, clean by its own definition, made once and kept in VAR."""

import os
from pathlib import Path

import polars as pl

from ckanext.jichitai.core.definitions.model import Item, RuleBook
from ckanext.jichitai.core.definitions.sample import sample

PIECE = 20_000


def wide_as(book: RuleBook, columns: int) -> Item:
    """The item with coordinates whose number of columns is nearest."""
    placed = [item for item in book.items.values() if item.position]
    return min(placed, key=lambda item: abs(len(item.columns) - columns))


def table(item: Item, book: RuleBook, rows: int) -> Path:
    """A CSV of so many rows: samples one behind the other, each with IDs and names of its own."""
    var = Path(os.environ.get("VAR") or "var") / "bench"
    path = var / f"{item.id}-{rows}-{book.digest[:12]}.csv"
    if path.exists():
        return path
    var.mkdir(parents=True, exist_ok=True)
    town = next(iter(book.municipalities.values()))
    half = path.with_suffix(".part")
    with half.open("wb") as out:
        for number in range(-(-rows // PIECE)):
            piece = sample(item, book, town, min(rows, PIECE), number)
            apart = [
                name for name in dict.fromkeys((*item.key, *item.identity)) if _can_differ(item, name, piece)
            ]
            numbered = piece.with_columns(pl.col(name) + f"{number}" for name in apart)
            out.write(numbered.write_csv(include_header=number == 0).encode())
    half.rename(path)
    return path


def _can_differ(item: Item, name: str, piece: pl.DataFrame) -> bool:
    return name in piece.columns and item.column(name).type in ("id", "text")
