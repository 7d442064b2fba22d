"""Made-up rows of an item, clean by its own definition: for demonstrations, tests and examples."""

from random import Random

import polars as pl

from .model import Item, Municipality, RuleBook
from .resolve import value_type, word_list
from .sampling.agree import Cells, agree, late, needed
from .sampling.place import points
from .sampling.values import Row, value

BLANK = 0.15  # share of cells that an optional column leaves empty


def sample(item: Item, book: RuleBook, municipality: Municipality, rows: int, seed: int) -> pl.DataFrame:
    """`rows` rows that the check finds nothing in, as the municipality would publish them.

    Columns: the item's own ones left out, in its order; String, canonical, null where not stated.
    Same arguments and same rule book: same rows. seed: any number.
    """
    random = Random(f"{seed}/{item.id}/{municipality.code}")
    places = points(municipality, rows, random)
    columns = [column for column in item.columns if not column.own]
    kinds = {column.name: (value_type(column, book), word_list(column, book)) for column in columns}
    ends, wanted = late(item), needed(item)
    table: list[Cells] = []
    for number, (latitude, longitude) in enumerate(places, start=1):
        row = Row(municipality, number, random, latitude, longitude, ends, {})
        cells: Cells = {}
        for column in columns:
            made = value(column, *kinds[column.name], row)
            keep = number == 1 or column.name in wanted or random.random() >= BLANK
            row.cells[column.term] = cells[column.name] = made if keep else None
        first = table[0] if table else cells
        if item.period is not None and item.period in item.key:
            cells[item.period] = first[item.period]  # a survey has one date for all its rows
        agree(cells, first, item.rules)
        table.append(cells)
    return _without_empty(pl.DataFrame(table, schema={column.name: pl.String for column in columns}), wanted)


def _without_empty(table: pl.DataFrame, wanted: frozenset[str]) -> pl.DataFrame:
    """No column that says nothing at all, unless the item asks for it."""
    return table.select(
        name for name in table.columns if name in wanted or table[name].null_count() < table.height
    )
