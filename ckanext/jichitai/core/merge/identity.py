"""What makes a row the same row: its key, and the id made of it.

Key, first that holds: the publisher's own number, if filled and unique in its files of the item ·
name and address, folded · name and position to 4 decimals · the whole row. Series add the period.
Equal keys are numbered in order of content, never of line, so that sorting a file changes nothing.
"""

import hashlib
from collections.abc import Sequence

import polars as pl

from . import folded
from .roles import Roles

OWNER = "_owner"  # municipality code of the publisher
KEY = "_key"
CONTENT = "_content"
ID, NAME, ADDRESS, LATITUDE, LONGITUDE, PERIOD = "_id", "_name", "_address", "_lat", "_lon", "_period"
SEPARATOR = "\x1f"  # stands in no cell: reading maps control characters away
LENGTH = 20


def described(rows: pl.DataFrame, roles: Roles, columns: Sequence[str], period: pl.Expr) -> pl.DataFrame:
    """The rows with what identifies them: `_id`, `_name`, `_address`, `_lat`, `_lon`, `_period`, `_content`.

    period: the file's stated period, used where a series' row states none.
    `_content` is a 64-bit hash of the columns; it compares rows within one run and is never stored.
    """
    nothing = pl.lit(None, pl.String)
    degrees = pl.lit(None, pl.Float64)
    stated = pl.coalesce(pl.col(roles.period), period) if roles.period else pl.lit("")
    return rows.with_columns(
        _joined([pl.col(one) for one in roles.ids]).alias(ID),
        (folded.name(roles.name) if roles.name else nothing).alias(NAME),
        (folded.address(roles.address) if roles.address else nothing).alias(ADDRESS),
        (folded.degrees(roles.latitude) if roles.latitude else degrees).alias(LATITUDE),
        (folded.degrees(roles.longitude) if roles.longitude else degrees).alias(LONGITUDE),
        stated.fill_null("").alias(PERIOD),
        pl.struct(columns).hash().alias(CONTENT),
    )


def place() -> pl.Expr:
    """The position to 4 decimals (about 10 m) as text; null where there is none."""
    return _joined(
        [(pl.col(one) * 10_000).round().cast(pl.Int64).cast(pl.String) for one in (LATITUDE, LONGITUDE)]
    )


def keyed(rows: pl.DataFrame, columns: Sequence[str]) -> pl.DataFrame:
    """Described rows (with `_owner`) with their `_key`, unique within each owner."""
    unique = pl.len().over(OWNER, ID, PERIOD) == 1
    whole = pl.concat_str([pl.col(one).fill_null("") for one in columns], separator=SEPARATOR)
    keys = pl.coalesce(
        pl.when(pl.col(ID).is_not_null() & unique).then(_joined([pl.lit("id"), pl.col(ID)])),
        _joined([pl.lit("address"), pl.col(NAME), pl.col(ADDRESS)]),
        _joined([pl.lit("position"), pl.col(NAME), place()]),
    )
    rows = rows.with_columns(pl.concat_str([keys, pl.lit(SEPARATOR), PERIOD]).alias(KEY))
    if rows[KEY].null_count():
        # Only where nothing else holds: a text of all columns for half a million rows is dear.
        rows = rows.with_columns(pl.coalesce(KEY, pl.concat_str([pl.lit("row" + SEPARATOR), whole])))
    return _numbered(rows, whole)


def row_ids(item: str, owners: pl.Series, keys: pl.Series) -> pl.Series:
    """20 hexadecimal characters for each row of a publisher's item: SHA-256 over item, owner and key."""
    texts = pl.select(
        pl.concat_str([pl.lit(item), owners, keys], separator=SEPARATOR).cast(pl.Binary)
    ).to_series()
    digests = [hashlib.sha256(text).hexdigest()[:LENGTH] for text in texts]
    return pl.Series("row_id", digests, dtype=pl.String)


def _numbered(rows: pl.DataFrame, whole: pl.Expr) -> pl.DataFrame:
    """Equal keys of one owner told apart by a number, in order of content."""
    repeated = rows.select(pl.struct(OWNER, KEY).is_duplicated()).to_series()
    if not repeated.any():
        return rows
    index = "_index"
    numbers = (
        rows.with_row_index(index)
        .filter(repeated)
        .with_columns(whole.alias("_whole"))
        .sort("_whole", index)
        .select(index, pl.int_range(pl.len()).over(OWNER, KEY).alias("_number"))
    )
    suffix = pl.when(pl.col("_number") > 0).then(pl.format("#{}", "_number")).otherwise(pl.lit(""))
    return (
        rows.with_row_index(index)
        .join(numbers, on=index, how="left", maintain_order="left")
        .with_columns(pl.concat_str([pl.col(KEY), suffix]).alias(KEY))
        .drop(index, "_number")
    )


def _joined(parts: Sequence[pl.Expr]) -> pl.Expr:
    """The parts in one text; null where one of them is blank, or where there are none."""
    if not parts:
        return pl.lit(None, pl.String)
    return pl.concat_str(parts, separator=SEPARATOR)
