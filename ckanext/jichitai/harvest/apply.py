"""A plan into the catalog: one transaction holds datasets, ledger, feed and what is to be indexed.

Nothing is indexed here and no signal sent: both wait for the commit.
"""

from collections.abc import Iterator, Sequence

import msgspec
import sqlalchemy as sa
from ckan import model

from ckanext.jichitai.bridge import feed
from ckanext.jichitai.core.catalog.planned import Entry, Plan
from ckanext.jichitai.core.catalog.values import Refusal, Source

from . import config, index, ledger, links, twins
from .dataset import Rejected, Writer
from .model import run
from .model import source as source_table

LARGE = 5000  # changes from which a plan is applied in parts
KINDS = {"create": "created", "update": "updated", "withdraw": "withdrawn", "restore": "restored"}


class RunIsOver(RuntimeError):
    """The run that plans was ended by another: nothing of it may be written."""


class Applied(msgspec.Struct):
    """What became of a plan: names by what was done, refusals found on the way, ids that changed."""

    names: dict[str, list[str]] = msgspec.field(default_factory=dict)
    refusals: list[Refusal] = msgspec.field(default_factory=list)
    changed: list[str] = msgspec.field(default_factory=list)

    def count(self, action: str) -> int:
        """How many datasets were created, updated, withdrawn or restored."""
        return len(self.names.get(action, ()))


def apply(source: Source, plan: Plan, owner_org: str, run_id: int | None) -> Applied:
    """Write what need not wait. A dataset that CKAN refuses is left out and told; the rest goes in.

    Commits. Raises RunIsOver, and whatever the database raises, with nothing of that part written.
    """
    applied = Applied()
    wanted = [entry for entry in plan.entries if entry.action != "keep" and not entry.held]
    # Withdrawals last: a run that dies between two parts has added, not taken away.
    wanted.sort(key=lambda entry: entry.action == "withdraw")
    for part in _parts(wanted):
        _apply_part(source, part, owner_org, run_id, applied)
    _twins(source, plan, owner_org, run_id, applied)
    ledger.misses(source.id, (entry for entry in plan.entries if entry.action == "keep" or entry.held))
    model.Session.commit()
    return applied


def _twins(source: Source, plan: Plan, owner_org: str, run_id: int | None, applied: Applied) -> None:
    """Datasets that another source writes: only the ledger, and where else they are published."""
    kept = [entry for entry in plan.entries if entry.action == "keep"]
    touched = twins.note(source.id, kept)
    for entry in kept:
        if entry.reason == "handed_over":
            twins.heirs(source.id, entry.dataset_id)
    if not touched:
        return
    _still_current(source.id, run_id)
    writer = Writer(source, owner_org)
    linked = [dataset_id for dataset_id in sorted(touched) if writer.link(dataset_id)]
    index.later(linked)
    applied.changed.extend(linked)


def _parts(entries: Sequence[Entry]) -> Iterator[Sequence[Entry]]:
    size = config.part() if len(entries) > LARGE else len(entries)
    for start in range(0, len(entries), max(size, 1)):
        yield entries[start : start + size]


def _apply_part(
    source: Source, part: Sequence[Entry], owner_org: str, run_id: int | None, applied: Applied
) -> None:
    """One transaction. CKAN's validation ends it when it refuses a dataset, so it is begun again,
    from then on with each dataset validated before it is written."""
    careful, left_out = False, dict[str, Refusal]()
    while True:
        writer = Writer(source, owner_org, careful)
        try:
            _still_current(source.id, run_id)
            events = []
            for entry in part:
                if entry.remote_id in left_out:
                    continue
                if written := writer.write(entry):
                    events.append(written.event(f"harvest-{run_id}"))
                    index.later([written.dataset_id])
            links.note(source, writer.datasets)
            feed.add(events)
            model.Session.commit()
        except Rejected as refused:
            model.Session.rollback()
            careful = True
            left_out[refused.remote_id] = refused.refusal()
            continue
        except BaseException:
            model.Session.rollback()
            raise
        break
    applied.refusals.extend([*left_out.values(), *writer.refusals])
    for kind, name, dataset_id in writer.done:
        applied.names.setdefault(KINDS[kind], []).append(name)
        applied.changed.append(dataset_id)


def _still_current(source_id: str, run_id: int | None) -> None:
    """Hold the source's row to the end of the transaction; the run must not have been ended meanwhile."""
    held = sa.select(source_table.c.id).where(source_table.c.id == source_id).with_for_update()
    model.Session.execute(held)
    if run_id is None:
        return
    state = model.Session.execute(sa.select(run.c.state).where(run.c.id == run_id)).scalar()
    if state != "running":
        raise RunIsOver(f"run {run_id} is {state or 'gone'}")
