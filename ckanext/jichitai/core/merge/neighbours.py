"""Rows of several publishers that are about one place, and which of each two is linked to which.

Candidates have equal folded names and lie within 50 m of each other, or have the same address or
phone number. Found by a grid join, so that a country's rows cost no more than their number.
"""

import polars as pl

from . import folded
from .distance import metres
from .identity import ADDRESS, LATITUDE, LONGITUDE, NAME, OWNER
from .marry import NEAR
from .precedence import BETWEEN, first_settling, outcome
from .roles import Roles

CELL = 0.001  # degrees: about 110 m north, 90 m east at Tokyo; more than NEAR at any latitude of Japan
STEPS = [(north, east) for north in (-1, 0, 1) for east in (-1, 0, 1)]
LINKS = {"row_id": pl.String, "row_duplicate_of": pl.String, "row_reason": pl.String}


def links(rows: pl.DataFrame, roles: Roles) -> pl.DataFrame:
    """For each row that is linked to another publisher's: LINKS, one line a row.

    rows: described, with `row_id`, `_owner` and `_filed` (day of its file). Nothing is dropped.
    """
    many = pl.col(NAME).is_not_null() & (pl.col(OWNER).n_unique().over(NAME) > 1)
    rows = rows.filter(many)
    if rows.is_empty():
        return pl.DataFrame(schema=LINKS)
    pairs = _candidates(rows, roles)
    if pairs.is_empty():
        return pl.DataFrame(schema=LINKS)
    facts = _facts(rows, roles)
    judged = (
        pairs.join(facts, left_on="first", right_on="row_id")
        .join(facts, left_on="second", right_on="row_id", suffix="_2")
        .select(
            "first",
            "second",
            outcome(BETWEEN).alias("outcome"),
            first_settling(BETWEEN, _settles).alias("reason"),
        )
    )
    return _one_a_row(judged)


def _settles(answer: pl.Expr) -> pl.Expr:
    return answer != 0


def _candidates(rows: pl.DataFrame, roles: Roles) -> pl.DataFrame:
    """Pairs `first`, `second` of row ids of different publishers, first < second."""
    phone = folded.phone(roles.phone) if roles.phone else pl.lit(None, pl.String)
    rows = rows.select(
        "row_id",
        OWNER,
        NAME,
        ADDRESS,
        LATITUDE,
        LONGITUDE,
        phone.alias("_phone"),
        (pl.col(LATITUDE) / CELL).floor().cast(pl.Int64).alias("_north"),
        (pl.col(LONGITUDE) / CELL).floor().cast(pl.Int64).alias("_east"),
    )
    around = pl.concat(
        rows.with_columns(pl.col("_north") + north, pl.col("_east") + east) for north, east in STEPS
    )
    near = around.join(rows, on=[NAME, "_north", "_east"], suffix="_2")
    near = near.filter(metres(LATITUDE, LONGITUDE, f"{LATITUDE}_2", f"{LONGITUDE}_2") <= NEAR)
    alike = [rows.join(rows, on=[NAME, column], suffix="_2") for column in (ADDRESS, "_phone")]
    pairs = pl.concat(
        frame.filter(pl.col(OWNER) != pl.col(f"{OWNER}_2")).select("row_id", "row_id_2")
        for frame in (near, *alike)
    )
    return (
        pairs.filter(pl.col("row_id") < pl.col("row_id_2"))
        .unique()
        .rename({"row_id": "first", "row_id_2": "second"})
    )


def _facts(rows: pl.DataFrame, roles: Roles) -> pl.DataFrame:
    """What the rungs ask for, by row id."""
    nothing = pl.lit(None, pl.String)
    wanted = [column for column in roles.wanted if column in rows.columns]
    return rows.select(
        "row_id",
        pl.col(OWNER).alias("publisher"),
        (pl.col(roles.located) if roles.located else nothing).alias("located"),
        (pl.col(roles.dated) if roles.dated else nothing).alias("dated"),
        pl.col("_filed").alias("filed"),
        (pl.sum_horizontal(pl.col(wanted).is_not_null()) if wanted else pl.lit(0)).alias("filled"),
    )


def _one_a_row(judged: pl.DataFrame) -> pl.DataFrame:
    """The losers with their winner; of several, the one settled highest on the ladder."""
    order = {rung.name: number for number, rung in enumerate(BETWEEN)}
    lost = judged.filter(pl.col("outcome") != 1).select(
        pl.col("first").alias("row_id"), pl.col("second").alias("row_duplicate_of"), "reason"
    )
    won = judged.filter(pl.col("outcome") != -1).select(
        pl.col("second").alias("row_id"), pl.col("first").alias("row_duplicate_of"), "reason"
    )
    return (
        pl.concat([lost, won])
        .with_columns(pl.col("reason").replace_strict(order, return_dtype=pl.Int32).alias("_rung"))
        .sort("row_id", "_rung", "row_duplicate_of")
        .unique("row_id", keep="first", maintain_order=True)
        .select("row_id", "row_duplicate_of", pl.col("reason").alias("row_reason"))
    )
