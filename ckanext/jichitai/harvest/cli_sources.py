"""`ckan jichitai sources`: list, show, add, enable, disable, preview, permit, remove."""

import sys
from typing import Any, NoReturn

import click
import msgspec
import yaml
from ckan import model

from ckanext.jichitai.bridge.rulebook import book, now
from ckanext.jichitai.core.catalog.source import SourceError, check

from . import cli_plans, run, sources

GLYPH = {"ok": "◎", "new": "・", "failing": "×", "held": "‖", "off": "－"}


@click.group("sources", short_help="Where the catalog comes from.")
def sources_group() -> None:
    """Sources and how they are."""


@sources_group.command("list", short_help="All sources, one a line.")
@click.option("--state", type=click.Choice(list(GLYPH)), help="Only sources in this state.")
def list_(state: str | None) -> None:
    """Id, state, datasets, last success, and what is wrong."""
    for known in sources.every(state):
        succeeded = known.succeeded.strftime("%Y-%m-%d %H:%M") if known.succeeded else "never"
        trouble = f"  {known.fault} {known.detail}".rstrip() if known.fault else ""
        click.echo(
            f"{GLYPH.get(known.state, '?')} {known.id:<28} {known.state:<8} {known.settings.type:<15}"
            f" {known.datasets:>6}  {succeeded}{trouble}"
        )


@sources_group.command(short_help="Settings and state of a source.")
@click.argument("ids", nargs=-1, required=True)
def show(ids: tuple[str, ...]) -> None:
    """Settings in force, what operators changed of them, and the state."""
    for name in ids:
        known = _get(name)
        plain = msgspec.to_builtins(known)
        click.echo(yaml.safe_dump(plain, allow_unicode=True, sort_keys=False).rstrip())


@sources_group.command(short_help="Add a source from a YAML row.")
@click.argument("file", type=click.File(encoding="utf-8"))
def add(file: Any) -> None:
    """Add a source: FILE holds one row, as in the packaged lists (- for standard input).

    It is off until `sources enable`, and its first plan waits for a person.
    """
    try:
        row = yaml.safe_load(file)
        row = row[0] if isinstance(row, list) and len(row) == 1 else row
        if not isinstance(row, dict):
            _end("Write one source as a mapping of keys.")
        settings = sources.settings_of(None, {"enabled": False, **row})
        check(settings, getattr(file, "name", "-"), frozenset(book().municipalities))
        known = sources.add(settings)
    except (ValueError, SourceError, yaml.YAMLError) as error:
        _end(str(error))
    model.repo.commit()
    click.echo(f"{known.id} added. Look at it by `ckan jichitai sources preview {known.id}`.")


@sources_group.command(short_help="Turn sources on.")
@click.argument("ids", nargs=-1, required=True)
def enable(ids: tuple[str, ...]) -> None:
    """Turn sources on; they are due at once."""
    _change(ids, {"enabled": True}, "on")


@sources_group.command(short_help="Turn sources off; their datasets stay.")
@click.argument("ids", nargs=-1, required=True)
def disable(ids: tuple[str, ...]) -> None:
    """Turn sources off; their datasets stay."""
    _change(ids, {"enabled": False}, "off")


@sources_group.command(short_help="Take a source away; its datasets stay.")
@click.argument("ids", nargs=-1, required=True)
def remove(ids: tuple[str, ...]) -> None:
    """Take sources away; their datasets stay, and the list's row does not bring them back."""
    for name in ids:
        _get(name)
        sources.remove(name)
        click.echo(f"{name} removed; its datasets stay.")
    model.repo.commit()


@sources_group.command(short_help="What a harvest of a source would do.")
@click.argument("ids", nargs=-1, required=True)
def preview(ids: tuple[str, ...]) -> None:
    """Ask a source, also one that is off, and print the plan. Nothing is written."""
    made = run.harvest([_get(name) for name in ids], dry=True, tell=click.echo)
    assert made is not None, "a dry run needs no lock"
    for plan in made.plans:
        cli_plans.print_plan(plan)
    sys.exit(made.exit_code)


@sources_group.command(short_help="Record who allowed what robots.txt forbids.")
@click.argument("ids", nargs=-1, required=True)
@click.option("--by", required=True, help="Who gave the permission.")
@click.option("--note", default="", help="How: a mail, a page, a law.")
def permit(ids: tuple[str, ...], by: str, note: str) -> None:
    """Record a permission to harvest an address that robots.txt closes."""
    permission = {"by": by, "when": now().date().isoformat(), "note": note}
    _change(ids, {"permission": permission}, "permitted")


def _change(ids: tuple[str, ...], changes: dict[str, Any], word: str) -> None:
    for name in ids:
        _get(name)
        try:
            sources.change(name, changes)
        except ValueError as error:
            _end(str(error))
        click.echo(f"{name} {word}")
    model.repo.commit()


def _get(name: str) -> sources.Known:
    try:
        return sources.get(name)
    except KeyError:
        _end(f"There is no source {name}. `ckan jichitai sources list` names them.")


def _end(words: str) -> NoReturn:
    click.echo(words, err=True)
    sys.exit(2)
