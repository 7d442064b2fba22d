"""`ckan jichitai merge` and `holds`."""

import sys

import click
from ckan import model

from ckanext.jichitai.bridge.cli import jichitai
from ckanext.jichitai.bridge.rulebook import book
from ckanext.jichitai.core.merge.fate import words

from . import holds, run

__all__ = ["jichitai"]

FAILED, USAGE = 1, 2  # exit codes


@jichitai.command(short_help="Merge the items whose inputs changed.")
@click.argument("items", nargs=-1, metavar="[ITEM]…")
@click.option("-q", "--quiet", is_flag=True, help="Only what failed.")
def merge(items: tuple[str, ...], quiet: bool) -> None:
    """Merge files into one table an item and release it; without ITEM all of them.

    Exit code 0: done. 1: some item failed; the others are released. 2: no such item.
    """
    if unknown := [name for name in items if name not in book().items]:
        click.echo(f"{unknown[0]} is not one of the items. `jichitai list` names them.", err=True)
        sys.exit(USAGE)
    done = run.merge(items or None, tell=lambda one: None if quiet else _tell(one))
    failed = [one for one in done if one.state == "failed"]
    for one in failed:
        click.echo(f"{one.item}: {one.fault}", err=True)
    sys.exit(FAILED if failed else 0)


@jichitai.group("holds", short_help="Merged rows that the guard holds.")
def holds_group() -> None:
    """Merged rows that the collapse guard holds: list, approve, discard."""


@holds_group.command("list")
@click.option("--all", "every", is_flag=True, help="Decided ones too.")
def list_holds(every: bool) -> None:
    """What waits, with its reason."""
    for row in holds.listed(None if every else "waiting"):
        known = words().get(row["reason"])
        click.echo(
            f"{row['id']:5} {row['state']:9} {row['item']:26} {row['municipality'] or 'all':7}"
            f" {row['before']:>8} -> {row['after']:<8} {known.en if known else row['reason']}"
        )


@holds_group.command("approve")
@click.argument("numbers", nargs=-1, required=True, type=int)
@click.option("--comment", default="")
def approve(numbers: tuple[int, ...], comment: str) -> None:
    """Let it pass, and merge its item."""
    for row in _decide(numbers, "approved", comment):
        _tell(run.merge([row])[0])


@holds_group.command("discard")
@click.argument("numbers", nargs=-1, required=True, type=int)
@click.option("--comment", default="")
def discard(numbers: tuple[int, ...], comment: str) -> None:
    """Keep the last good rows until the files change."""
    _decide(numbers, "discarded", comment)


def _decide(numbers: tuple[int, ...], state: str, comment: str) -> list[str]:
    """Items of the holds decided. Leaves with 2 where one does not wait."""
    rows = [holds.get(number) for number in numbers]
    for number, row in zip(numbers, rows, strict=True):
        if row is None or row["state"] != "waiting":
            click.echo(f"{number} does not wait. `ckan jichitai holds list` names what does.", err=True)
            sys.exit(USAGE)
        holds.decide(number, state, "command line", comment)
    model.Session.commit()
    return sorted({row["item"] for row in rows if row})


def _tell(one: run.Done) -> None:
    click.echo(
        f"{one.item:26} {one.state:9} {one.rows:8,} rows {one.files:5,} files"
        f" {one.events:7,} events{f' {one.held} held' if one.held else ''} {one.seconds:6.2f} s"
    )
