"""One merge run. This module knows the order.

sources → claims → by item: files → consolidate → changes → exports → DataStore → dataset
→ events, outcomes and release record in one transaction
"""

import hashlib
import logging
import time
import uuid
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import msgspec
import polars as pl
from ckan import model

from ckanext.jichitai.bridge import feed, lock, signals
from ckanext.jichitai.bridge.rulebook import book, now
from ckanext.jichitai.core import consolidate
from ckanext.jichitai.core.definitions.model import Item
from ckanext.jichitai.core.merge.changes import changes
from ckanext.jichitai.core.merge.fate import aside
from ckanext.jichitai.core.merge.missing import shares
from ckanext.jichitai.core.merge.values import Merged

from . import events, exports, holds, inputs, kit, outcomes, packages, reading, releases, store
from .reading import Claim
from .releases import Release

log = logging.getLogger(__name__)


class Done(msgspec.Struct, frozen=True):
    """What a run did to one item."""

    item: str
    state: str  # released, unchanged, failed
    rows: int = 0
    files: int = 0
    events: int = 0
    held: int = 0
    seconds: float = 0.0
    fault: str = ""


def merge(items: Sequence[str] | None = None, tell: Callable[[Done], None] = lambda done: None) -> list[Done]:
    """Merge the items (None: all) whose inputs changed. One failing item leaves the others alone.

    Runs wait for each other: inputs looked at before another run's release would take that release back.
    """
    with lock.advisory("merge", wait=True):
        return _merge(items, tell)


def _merge(items: Sequence[str] | None, tell: Callable[[Done], None]) -> list[Done]:
    claims = reading.claims(inputs.sources())
    wanted = [one for one in book().items.values() if items is None or one.id in items]
    run = uuid.uuid4().hex[:12]
    done: list[Done] = []
    for item in wanted:
        mine = [claim for claim in claims if claim.item == item.id]
        done.append(_guarded(item, mine, run))
        tell(done[-1])
    if any(one.state == "released" for one in done):
        kit.ensure()
    none = [claim for claim in claims if claim.item not in book().items]
    _others(none, [claim.source.resource for claim in claims])
    return done


def _guarded(item: Item, claims: list[Claim], run: str) -> Done:
    began = time.monotonic()
    try:
        done = _one(item, claims, run)
    except Exception as fault:
        log.exception("merging %s failed", item.id)
        model.Session.rollback()
        done = Done(item.id, "failed", files=len(claims), fault=f"{type(fault).__name__}: {fault}")
    return msgspec.structs.replace(done, seconds=round(time.monotonic() - began, 3))


def _one(item: Item, claims: list[Claim], run: str) -> Done:
    """One item: nothing where its inputs are those of the current release, else a new release."""
    last = releases.current(item.id)
    about = _about(claims)
    passed = holds.approved(item.id, about)
    basis = _digest([book().digest, *sorted(map(repr, (claim.basis() for claim in claims))), *sorted(passed)])
    if last and last.basis == basis:
        return Done(item.id, "unchanged", last.rows, len(claims))
    if not last and not claims:
        return Done(item.id, "unchanged")
    files = [reading.input_file(claim) for claim in claims]
    before = releases.rows_of(last)
    history = releases.history(item.id, last, passed, holds.since_approval(item.id))
    merged = consolidate(item, book(), files, before, now().isoformat(), history)
    made = exports.write_all(merged, item, files)
    made_before = last.files if last else {}
    rows = _record(item, claims, merged)
    if last and all(made[kind]["sha256"] == made_before.get(kind, {}).get("sha256") for kind in made):
        releases.note_basis(last, basis)
        _notes(item, merged, about, passed, rows)
        model.Session.commit()
        return Done(item.id, "unchanged", last.rows, len(claims))
    earlier = (events.outcomes_before(last, merged.outcomes), merged.outcomes)
    found = changes(
        before if before is not None else merged.rows.head(0),
        merged.rows,
        earlier,
        events.removed(merged.rows, before),
    )
    towns = merged.rows["src_municipality_code"].n_unique()
    packages.ensure(item)
    if store.is_on():
        store.replace(packages.resource_id(item.id, packages.TABLE), item, merged.rows)
    packages.write(item, made, towns, merged.rows.height)
    _notes(item, merged, about, passed, rows)
    values = {
        "item": item.id,
        "run": run,
        "at": now(),
        "definitions": book().digest,
        "basis": basis,
        "rows": merged.rows.height,
        "dropped": merged.dropped.height,
        "carried": merged.carried,
        "files": made,
        "parts": [msgspec.to_builtins(part) for part in shares(item, merged.rows)],
        "quarantined": _quarantined(merged),
    }
    releases.store({**values, "cursor": feed.add(events.of(found, run, item.id))})
    model.Session.commit()
    releases.retire(item.id)
    model.Session.commit()
    signals.item_merged.send(item.id)
    held = sum(trip.holds for trip in merged.trips)
    return Done(item.id, "released", merged.rows.height, len(claims), found.height, held)


def _notes(
    item: Item, merged: Merged, about: dict[str, str], passed: frozenset[str], rows: list[dict[str, Any]]
) -> None:
    """Outcomes and holds, in the release's transaction."""
    outcomes.replace(item.id, rows)
    holds.note(item.id, merged.trips, about, passed)


def _others(claims: list[Claim], resources: Iterable[str]) -> None:
    """Files that belong to no item, and files that are gone."""
    files = [
        msgspec.structs.replace(reading.input_file(claim), fate=reading.fate_of(claim), item=None)
        for claim in claims
    ]
    outcomes.replace("", _rows("", claims, aside(files)))
    outcomes.forget_others(resources)
    model.Session.commit()


def _record(item: Item, claims: list[Claim], merged: Merged) -> list[dict[str, Any]]:
    return _rows(item.id, claims, merged.outcomes)


def _rows(item: str, claims: list[Claim], frame: pl.DataFrame) -> list[dict[str, Any]]:
    """Rows for the table of outcomes."""
    by_resource = {claim.source.resource: claim for claim in claims}
    return [_row(item, by_resource[line["resource"]], line) for line in frame.iter_rows(named=True)]


def _row(item: str, claim: Claim, line: dict[str, Any]) -> dict[str, Any]:
    one = claim.source
    counts = ("rows_total", "rows_merged", "rows_repaired", "rows_quarantined", "rows_dropped")
    return {
        "resource": one.resource,
        "item": item,
        "dataset": one.dataset,
        "dataset_name": one.dataset_name,
        "title": one.title,
        "municipality": one.town.code,
        "url": one.url,
        "sha256": one.sha256,
        "told": one.told_digest,
        "definitions": book().digest,
        "fate": line["fate"],
        "verdict": claim.verdict,
        "format": claim.format,
        "edition": claim.edition,
        "date": one.date,
        "fetched": one.fetched,
        "frequency": one.frequency,
        "licence": one.licence,
        "reason": line["reason"],
        **{name: line[name] for name in counts},
    }


def _about(claims: Sequence[Claim]) -> dict[str, str]:
    """Municipality ("" for all) → short name of the bytes that its files have now."""
    by_town: dict[str, list[str]] = {"": []}
    for claim in claims:
        by_town.setdefault(claim.source.town.code, []).append(claim.source.sha256)
        by_town[""].append(claim.source.sha256)
    return {town: _digest(sorted(digests)) for town, digests in by_town.items()}


def _quarantined(merged: Merged) -> dict[str, float]:
    """Municipality → share of the rows read that were set aside."""
    read = merged.outcomes.filter((pl.col("rows_merged") + pl.col("rows_dropped")) > 0)
    shares_of = read.group_by("municipality_code").agg(
        pl.col("rows_quarantined").sum() / (pl.col("rows_merged") + pl.col("rows_dropped")).sum()
    )
    return dict(shares_of.iter_rows())


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:24]


__all__ = ["Done", "Release", "merge"]
