"""What the values of a heading say of a column's type: a share of those that the type reads."""

import polars as pl

from ..definitions.model import RuleBook
from ..definitions.resolve import value_type
from ..fold import fold
from .index import ItemIndex

LOOK = 200
# Types whose values are told from all others. A text can be anything, a number nearly so.
TELLING = frozenset(
    {
        "latitude",
        "longitude",
        "postcode",
        "phone",
        "url",
        "email",
        "area_code",
        "corporate_number",
        "school_code",
    }
)
# Types that at least contradict a heading when their values do not fit.
CHECKED = TELLING | {"date", "time", "integer", "decimal", "weekdays", "kana"}


class Values:
    """The values of one file against the columns of one item, read once a heading and type."""

    def __init__(self, frame: pl.DataFrame, one: ItemIndex, book: RuleBook) -> None:
        self._frame = frame
        self._columns = {column.name: column for column in one.item.columns}
        self._book = book
        self._texts: dict[int, list[str]] = {}
        self._said: dict[tuple[int, str], float | None] = {}

    def agrees(self, at: int, column: str) -> float | None:
        """Share (0–1) of up to 200 distinct values that the column's type reads; None where it takes most texts."""
        kind = self._columns[column].type
        if kind not in CHECKED:
            return None
        if (at, kind) not in self._said:
            self._said[at, kind] = self._share(at, column)
        return self._said[at, kind]

    def tells(self, at: int, column: str) -> float | None:
        """As agrees, but None too where other types' values look alike."""
        return self.agrees(at, column) if self._columns[column].type in TELLING else None

    def texts(self, at: int) -> list[str]:
        """Up to 200 distinct texts of a heading, folded."""
        if at not in self._texts:
            self._texts[at] = distinct(self._frame.to_series(at))
        return self._texts[at]

    def _share(self, at: int, column: str) -> float | None:
        kind = value_type(self._columns[column], self._book)
        good = stated = 0
        for text in self.texts(at):
            how = kind.parse(text).how
            stated += how != "absent"
            good += how in ("kept", "safe", "likely")
        return good / stated if stated else None


def distinct(series: pl.Series) -> list[str]:
    """Up to 200 distinct texts of a column, in the order of the file, folded, without blanks."""
    head = series.head(20_000).drop_nulls().unique(maintain_order=True).head(LOOK)
    return [folded for text in head if (folded := fold(text))]
