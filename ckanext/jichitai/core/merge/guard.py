"""The collapse guard: what fell too far since the last good release waits for a person.

Per municipality: rows by 20 % and more than 5, or by more than half, or to none; coordinates or
numbers lost; half of the rows quarantined. Over the item: rows by 20 %. Threefold growth warns.
"""

import polars as pl

from .identity import ID, LATITUDE, LONGITUDE, OWNER
from .values import History, Trip

LOSS, FEW, HALF = 0.2, 5, 0.5
MOST, HARDLY = 0.5, 0.05  # share of rows with a position, or with a number of their own
GROWTH = 3


def figures(rows: pl.DataFrame) -> pl.DataFrame:
    """One line a publisher: `_owner`, rows, located and numbered (shares, 0–1). rows: described."""
    located = pl.col(LATITUDE).is_not_null() & pl.col(LONGITUDE).is_not_null()
    return rows.group_by(OWNER).agg(
        pl.len().cast(pl.Int64).alias("rows"),
        located.mean().alias("located"),
        (pl.col(ID).drop_nulls().n_unique() / pl.len()).alias("numbered"),
    )


def guard(
    now: pl.DataFrame,
    then: pl.DataFrame,
    quarantined: dict[str, float],
    present: frozenset[str],
    history: History,
    definitions: str,
) -> tuple[Trip, ...]:
    """What tripped, by municipality; approved ones are left out.

    now, then: figures of today's rows and of the last release's. quarantined: share of the rows read
    today. present: publishers that have a file of the item today; one without is the harvester's care.
    """
    both = then.join(now, on=OWNER, how="left", suffix="_now").sort(OWNER).to_dicts()
    ours = bool(history.definitions) and history.definitions != definitions
    trips = [
        Trip(line[OWNER], reason, before, after, holds=holds, ours=ours)
        for line in both
        if line[OWNER] in present and line[OWNER] not in history.approved
        for before in [max(line["rows"], history.peaks.get(line[OWNER], 0))]
        for after in [line["rows_now"] or 0]
        for reason, holds in _reasons(line, before, after, quarantined, history)
    ]
    whole = _whole(now, then, held(tuple(trips), present), history)
    return (*trips, *([Trip(None, *whole, ours=ours)] if whole else []))


def held(trips: tuple[Trip, ...], publishers: frozenset[str]) -> frozenset[str]:
    """Publishers whose last good rows stay."""
    if any(trip.holds and trip.municipality is None for trip in trips):
        return publishers
    return frozenset(trip.municipality for trip in trips if trip.holds and trip.municipality)


def _reasons(
    line: dict[str, float], before: int, after: int, quarantined: dict[str, float], history: History
) -> list[tuple[str, bool]]:
    """Reasons for one publisher, with whether each holds; the gravest alone where rows are gone."""
    lost = before - after
    owner = str(line[OWNER])
    if not after:
        return [("rows_none", True)]
    if (lost >= LOSS * before and lost > FEW) or lost > HALF * before:
        return [("rows_fewer", True)]
    reasons: list[tuple[str, bool]] = []
    if line["located"] >= MOST and (line["located_now"] or 0) < HARDLY:
        reasons.append(("positions_lost", True))
    if line["numbered"] >= MOST and (line["numbered_now"] or 0) < HARDLY:
        reasons.append(("ids_collapsed", True))
    if quarantined.get(owner, 0) >= HALF > history.quarantined.get(owner, 0):
        reasons.append(("half_quarantined", True))
    if after >= GROWTH * before:
        reasons.append(("rows_tripled", False))
    return reasons


def _whole(
    now: pl.DataFrame, then: pl.DataFrame, waiting: frozenset[str], history: History
) -> tuple[str, int, int] | None:
    """Reason, rows before and after, where the item as a whole fell.

    Held rows stay, and what a person has let pass is no reason to stop the others.
    """
    before = max(int(then["rows"].sum()), history.total)
    theirs = pl.col(OWNER).is_in(sorted(waiting | history.approved))
    after = int(now.filter(~theirs)["rows"].sum()) + int(then.filter(theirs)["rows"].sum())
    fell = before - after >= LOSS * before and before - after > FEW
    return ("item_fewer", before, after) if fell and "" not in history.approved else None
