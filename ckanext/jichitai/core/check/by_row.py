"""Findings to the rows that they are about: lines rise, so a row is found without joining tables."""

from functools import cache

import numpy as np
import polars as pl
from numpy.typing import NDArray

from ..issues import Code

Lines = NDArray[np.int64]
# Codes as bits of one number, in two halves; a row's codes are then one value, and few values differ.
HALF = 60


@cache
def _bits() -> dict[str, int]:
    return {code: at for at, code in enumerate(sorted(map(str, Code)))}


def issues(lines: Lines, findings: pl.DataFrame) -> tuple[pl.Series, NDArray[np.bool_]]:
    """Of each row its codes by ; in their order, null where nothing was found, and whether a fix was applied.

    lines: of the rows, rising. findings: FINDINGS; those without a line of ours are passed over.
    """
    mended = np.zeros(len(lines), dtype=np.bool_)
    masks = np.zeros((2, len(lines)), dtype=np.uint64)
    kept = findings.select("line", "code", "confidence").drop_nulls("line")
    if not kept.height or not len(lines):
        return pl.Series([None], dtype=pl.String).new_from_index(0, len(lines)), mended
    at, ours = _places(lines, kept["line"])
    bits = kept["code"].replace_strict(_bits(), return_dtype=pl.UInt64).to_numpy()[ours]
    for half in (0, 1):
        mine = bits // HALF == half
        np.bitwise_or.at(masks[half], at[mine], np.uint64(1) << (bits[mine] % HALF))
    safe = (kept["confidence"] == "safe").fill_null(False).to_numpy()[ours]
    mended[at[safe]] = True
    return _named(masks), mended


def _named(masks: NDArray[np.uint64]) -> pl.Series:
    """Sets of codes as texts; each set is spelled once."""
    frame = pl.DataFrame({"low": masks[0], "high": masks[1]})
    sets = frame.unique()
    names = list(_bits())
    texts = [
        ";".join(name for at, name in enumerate(names) if (high if at >= HALF else low) >> at % HALF & 1)
        or None
        for low, high in sets.iter_rows()
    ]
    if len(texts) == 1:
        return pl.Series(texts, dtype=pl.String).new_from_index(0, frame.height)
    spelled = sets.with_columns(pl.Series("text", texts, dtype=pl.String))
    return frame.join(spelled, on=["low", "high"], how="left", maintain_order="left")["text"]


def hit(lines: Lines, some: pl.Series) -> NDArray[np.bool_]:
    """Whether each row is one of some lines."""
    flags = np.zeros(len(lines), dtype=np.bool_)
    if len(lines):
        flags[_places(lines, some.drop_nulls())[0]] = True
    return flags


def texts(lines: Lines, some: pl.Series, said: pl.Series) -> pl.Series:
    """Of each row its text, null where it has none. some: lines, each once, with their texts `said`."""
    if not len(some) or not len(lines):
        return pl.Series([None], dtype=pl.String).new_from_index(0, len(lines))
    at, ours = _places(lines, some)
    where = np.full(len(lines), -1, dtype=np.int64)
    where[at] = np.flatnonzero(ours)
    index = pl.Series(where)
    return said.gather(index.set(index < 0, None))


def _places(lines: Lines, some: pl.Series) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """Indexes of the rows with these lines, and which of the lines are ours at all."""
    wanted = some.to_numpy()
    at = np.minimum(np.searchsorted(lines, wanted), len(lines) - 1)
    ours = lines[at] == wanted
    return at[ours], ours
