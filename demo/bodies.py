"""The bytes of a file: made on demand, the same each time, the last few kept."""

import random
from functools import lru_cache
from pathlib import Path

import polars as pl

from ckanext.jichitai.core.definitions.model import Municipality, RuleBook
from ckanext.jichitai.core.definitions.sample import sample

from . import dirt, dress
from .world import File

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
YEARS = range(2015, 2026)


class Bodies:
    """Makes files for one rule book."""

    def __init__(self, book: RuleBook):
        self.book = book
        self.of = lru_cache(maxsize=400)(self._make)

    def _make(self, file: File, town: Municipality) -> bytes:
        if file.path:
            return Path(file.path).read_bytes()
        dice = random.Random(file.seed)
        if file.item is None:
            return PDF if file.name.endswith(".pdf") else _statistics(file, dice)
        item = self.book.items[file.item]
        clean = sample(item, self.book, town, file.rows, file.seed)
        worn = dress.headings(dirt.soil(clean, item, dice), item, town, dice)
        if file.name.endswith(".xlsx"):
            return dress.as_xlsx(worn, item.title.ja, dice)
        return dress.as_csv(worn, item.title.ja, dice)


def _statistics(file: File, dice: random.Random) -> bytes:
    """A table of figures by year that is none of the items."""
    years = [str(year) for year in YEARS]
    counts = [str(dice.randrange(100, 90_000)) for _ in years]
    rates = [f"{dice.random() * 10:.1f}" for _ in years]
    return pl.DataFrame({"年度": years, "件数": counts, "前年比": rates}).write_csv().encode("cp932")
