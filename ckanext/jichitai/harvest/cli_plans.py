"""`ckan jichitai plans`: list, show, approve, discard, undo; and `reconcile`."""

import sys
from collections.abc import Callable, Sequence
from typing import Any

import click

from ckanext.jichitai.core.catalog.planned import Entry, Plan

from . import decide, plans
from . import reconcile as reconciling

SIGN = {"create": "+", "update": "~", "withdraw": "-", "restore": "^", "keep": " "}
SHOWN = 200  # entries printed; `plans show` prints all


@click.group("plans", short_help="Changes that wait for a person.")
def plans_group() -> None:
    """Held plans and what became of them."""


@plans_group.command("list", short_help="Plans that wait.")
@click.option("--all", "every", is_flag=True, help="Also plans that were decided or done.")
def list_(every: bool) -> None:
    """Number, source, reason, counts."""
    for stored in plans.every() if every else plans.held():
        counts = ", ".join(f"{count} {name}" for name, count in sorted(stored.counts.items()) if count)
        click.echo(
            f"{stored.id:>5} {stored.source_id:<28} {stored.state:<10} {' '.join(stored.holds)}  {counts}"
        )


@plans_group.command(short_help="Every entry of a plan.")
@click.argument("plan_id", type=int)
def show(plan_id: int) -> None:
    """What a plan creates, changes, withdraws and restores, by name."""
    stored = _known(plan_id, lambda: plans.get(plan_id))
    click.echo(f"plan {stored.id} of {stored.source_id}: {stored.state} {' '.join(stored.holds)}")
    print_entries([(one.entry, one.title) for one in plans.entries(plan_id)])


@plans_group.command(short_help="Do what a held plan says.")
@click.argument("plan_id", type=int)
@click.option("--comment", default="")
def approve(plan_id: int, comment: str) -> None:
    """Apply exactly the entries that wait; no source is asked."""
    applied = _known(plan_id, lambda: decide.approve(plan_id, "command line", comment))
    click.echo(", ".join(f"{len(names)} {kind}" for kind, names in applied.names.items()) or "nothing to do")


@plans_group.command(short_help="Drop a held plan.")
@click.argument("plan_id", type=int)
@click.option("--comment", default="")
def discard(plan_id: int, comment: str) -> None:
    """Drop a held plan; the same changes are not brought up again for 30 days."""
    _known(plan_id, lambda: decide.discard(plan_id, "command line", comment))
    click.echo(f"plan {plan_id} discarded")


@plans_group.command(short_help="Take an approval back.")
@click.argument("plan_id", type=int)
@click.option("--comment", default="")
def undo(plan_id: int, comment: str) -> None:
    """What the approval withdrew returns under the same ids."""
    applied = _known(plan_id, lambda: decide.undo(plan_id, "command line", comment))
    click.echo(f"{applied.count('restored')} restored")


@click.command(short_help="Compare database, search index and stored files.")
@click.option("--repair", is_flag=True, help="Index what differs, drop what is no longer there.")
def reconcile(repair: bool) -> None:
    """Compare what the database, the search index and the archive hold. Exit code 1 while they differ."""
    found = reconciling.compare()
    for line in found.lines():
        click.echo(line)
    if repair and not found.equal:
        done = reconciling.repair(found)
        click.echo(f"{done} repaired")
        found = reconciling.compare()
    sys.exit(0 if found.equal else 1)


def print_plan(plan: Plan) -> None:
    """A plan that was only made, not stored."""
    changes = [(entry, entry.record.title if entry.record else "") for entry in plan.entries]
    shown = [(entry, title) for entry, title in changes if entry.action != "keep"]
    if shown or plan.refusals:
        click.echo(f"{plan.source}:")
    print_entries(shown[:SHOWN])
    if len(shown) > SHOWN:
        click.echo(f"  … and {len(shown) - SHOWN} more")
    for refusal in plan.refusals:
        click.echo(f"  ! {refusal.remote_id}  {refusal.reason} {refusal.place} {refusal.found}".rstrip())


def print_entries(entries: Sequence[tuple[Entry, str]]) -> None:
    """One line an entry; what waits says so."""
    for entry, title in entries:
        waits = f"  ‖ {entry.held}" if entry.held else ""
        click.echo(f"  {SIGN[entry.action]} {entry.name}  {title}  ({entry.reason}){waits}")


def _known(plan_id: int, do: Callable[[], Any]) -> Any:
    try:
        return do()
    except KeyError:
        click.echo(f"There is no plan {plan_id}. `ckan jichitai plans list --all` names them.", err=True)
    except decide.NotNow as error:
        click.echo(str(error), err=True)
    sys.exit(2)
