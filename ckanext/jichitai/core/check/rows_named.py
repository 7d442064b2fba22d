"""The names of a file's rows, as far as recognition looks at them."""

from collections.abc import Sequence

import polars as pl

from .index import Index
from .labels import Heading

LOOK = 60
# The meaning of the column that names a row.
NAME = "name"


def row_names(frame: pl.DataFrame | None, labels: Sequence[Heading], index: Index) -> list[str]:
    """Up to 60 distinct names: of the heading that means a name, else of the first with words in most rows."""
    if frame is None or not frame.height:
        return []
    for heading in labels:
        forms = (heading.folded, heading.bare, heading.rest or "")
        if any(NAME in index.terms.get(form, ()) for form in forms):
            return _texts(frame, heading.at)
    for heading in labels[:6]:
        texts = _texts(frame, heading.at)
        if len(texts) >= 2 and sum(any(ord(char) > 0x3000 for char in text) for text in texts) * 2 > len(
            texts
        ):
            return texts
    return []


def _texts(frame: pl.DataFrame, at: int) -> list[str]:
    return frame.to_series(at).head(2000).drop_nulls().unique(maintain_order=True).head(LOOK).to_list()
