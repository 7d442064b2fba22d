"""Many publishers' files for one item → one table. This module knows the order of the steps.

stack → quarantine → within a publisher → ids → guard → between publishers → table, dropped, outcomes
"""

from collections.abc import Sequence

import msgspec
import polars as pl

from ..definitions.model import Item, RuleBook
from . import fate, finish
from .balance import balanced
from .guard import figures, guard, held
from .identity import OWNER, described, keyed
from .marry import married
from .neighbours import links
from .roles import Roles, roles
from .stack import FILE, ROW_NUMBER, stack
from .values import Fate, History, InputFile, Merged
from .within import repeated_ids, settle

# A file of this fate takes its rows out of the table; no guard keeps them there.
TAKEN_AWAY = ("licence_closed", "excluded", "own_output")


def consolidate(
    item: Item,
    book: RuleBook,
    files: Sequence[InputFile],
    last: pl.DataFrame | None,
    now: str,
    history: History | None = None,
) -> Merged:
    """Merge the files of one item.

    files: every file to be accounted for, in any order. last: rows of the last release, whose ids
    stay. now: ISO time of this release. history: what the collapse guard measures against (None:
    nothing is held). Raises Unbalanced, our own fault, when a row or a file is lost or made.
    """
    cells = [column.name for column in item.columns]
    what = roles(item)
    files = sorted(files, key=lambda file: (file.municipality, file.dataset, file.resource, file.sha256))
    first: list[Fate | None] = [fate.at_first(file, item.id) for file in files]
    read = _without_tables(files, first)
    stacked = _stacked(item, read)
    unusable = (pl.col("row_verdict") == "quarantined").fill_null(value=False)
    usable = described(stacked.filter(~unusable), what, cells, pl.col("_stated"))

    gone, standings, notes = settle(usable, files, [*cells, "extra"])
    rows = keyed(usable.join(gone, on=ROW_NUMBER, how="anti"), cells)
    before = _last(last, what, cells)
    ids, reissued = married(rows, before, item.id)
    rows = rows.with_columns(ids).join(repeated_ids(rows), on=ROW_NUMBER, how="left", maintain_order="left")

    waiting, trips = frozenset[str](), ()
    if history:
        bad = dict(stacked.group_by(OWNER).agg(unusable.mean()).iter_rows())
        present = frozenset(file.municipality for file in files if file.fate not in TAKEN_AWAY)
        trips = guard(figures(rows), figures(before), bad, present, history, book.digest)
        waiting = held(trips, present & frozenset(before[OWNER]))
    kept, stopped = _split(rows, waiting)
    carried, _ = _split(before, frozenset(before[OWNER]) - waiting)

    table = finish.assembled(kept, carried, files)
    table = finish.stamped(finish.linked(table, links(table, what)), before, cells, now)
    counts = finish.counts(files, stacked, kept)
    fates: list[Fate] = [
        known or fate.in_the_end(file, read, merged, file.municipality in waiting, standings.get(number))
        for number, (file, known, (read, merged)) in enumerate(
            zip(files, first, counts.select("read", "merged").iter_rows(), strict=True)
        )
    ]
    result = Merged(
        item=item.id,
        rows=table,
        dropped=finish.dropped(
            stacked.filter(unusable),
            _losers(stacked, gone, rows, table),
            _losers_held(stopped, table),
            files,
            cells,
            fate.reasons(),
        ),
        outcomes=fate.outcomes(item.id, files, fates, counts, [*notes, *reissued]),
        carried=carried.height,
        trips=trips,
        notes=(*notes, *reissued),
    )
    return balanced(result, files, counts)


def _without_tables(files: Sequence[InputFile], fates: Sequence[Fate | None]) -> list[InputFile]:
    """The files; those that are no input without their rows."""
    return [
        msgspec.structs.replace(file, table=None) if known else file
        for file, known in zip(files, fates, strict=True)
    ]


def _stacked(item: Item, files: Sequence[InputFile]) -> pl.DataFrame:
    """All rows, with `_owner` and the file's stated period."""
    rows = stack(item, files)
    number = rows[FILE]
    stated = pl.Series("_stated", [file.period or None for file in files], dtype=pl.String)
    return rows.with_columns(finish.owners_of(files)[number], stated[number])


def _last(last: pl.DataFrame | None, what: Roles, cells: Sequence[str]) -> pl.DataFrame:
    """The last release's rows, described and keyed as today's are."""
    rows = pl.DataFrame(schema=finish.columns(cells)) if last is None else finish.conformed(last, cells)
    rows = rows.with_columns(pl.col("src_municipality_code").alias(OWNER))
    return keyed(described(rows, what, cells, pl.lit(None, pl.String)), cells)


def _split(rows: pl.DataFrame, owners: frozenset[str]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Rows of other publishers than these, and rows of these."""
    theirs = pl.col(OWNER).is_in(sorted(owners))
    return rows.filter(~theirs), rows.filter(theirs)


def _losers(
    stacked: pl.DataFrame, gone: pl.DataFrame, rows: pl.DataFrame, table: pl.DataFrame
) -> pl.DataFrame:
    """Rows that gave way within their publisher, with the row id of the winner where it stands in the table."""
    ids = rows.join(table, on="row_id", how="semi").select(pl.col(ROW_NUMBER).alias("winner"), "row_id")
    named = gone.join(ids, on="winner", how="left").select(
        ROW_NUMBER, "reason", pl.col("row_id").alias("winner")
    )
    return stacked.join(named, on=ROW_NUMBER)


def _losers_held(rows: pl.DataFrame, table: pl.DataFrame) -> pl.DataFrame:
    """Rows that the guard holds, with the row that stays in their place, if there is one."""
    there = table.select("row_id", pl.col("row_id").alias("winner"))
    return rows.join(there, on="row_id", how="left").drop("row_id")
