"""`ckan jichitai harvest`, `sources`, `plans`, `reconcile`."""

import sys
from collections.abc import Sequence

import click
from sqlalchemy.exc import SQLAlchemyError

from ckanext.jichitai.bridge.cli import jichitai
from ckanext.jichitai.bridge.lock import LockLost
from ckanext.jichitai.bridge.rulebook import now
from ckanext.jichitai.net import NoContact

from . import cli_plans, cli_sources, run, sources
from . import report as reports
from .sources import Known

__all__ = ["jichitai"]

USAGE = 2  # exit code
jichitai.add_command(cli_sources.sources_group)
jichitai.add_command(cli_plans.plans_group)
jichitai.add_command(cli_plans.reconcile)


@jichitai.command(short_help="Bring the catalog up to date with its sources.")
@click.option(
    "--due", "which", flag_value="due", default="due", help="Sources whose time has come (the default)."
)
@click.option("--all", "which", flag_value="all", help="All enabled sources.")
@click.option("--source", "named", multiple=True, metavar="ID", help="Only this source; may be repeated.")
@click.option("--dry-run", is_flag=True, help="Print what would be done; write nothing.")
@click.option(
    "--force", is_flag=True, help="Take sources whose time has not come. Never passes guard or robots."
)
@click.option("-v", "--verbose", is_flag=True, help="Print a line for each source.")
def harvest(which: str, named: tuple[str, ...], dry_run: bool, force: bool, verbose: bool) -> None:
    """List sources, plan, apply, index, fetch files. Silent when nothing is wrong.

    Exit code 0: done, or another run holds the lock. 1: some source failed, is incomplete, or has a plan
    that waits. 2: wrong usage, no contact. 3: our own failure (database, search, disk, locks).
    """
    shown = verbose or dry_run or sys.stdout.isatty()
    try:
        chosen = _chosen("all" if force and not named else which, named)
        made = run.harvest(
            chosen,
            trigger="source" if named else which,
            dry=dry_run,
            tell=click.echo if shown else lambda words: None,
        )
    except NoContact as error:
        _end(str(error), USAGE)
    except LockLost as error:
        _end(str(error), reports.OURS)
    except SQLAlchemyError as error:
        words = str(getattr(error, "orig", None) or error).strip().splitlines()
        _end(f"The database does not do its part: {words[0] if words else error}", reports.OURS)
    except OSError as error:
        _end(f"Files cannot be kept: {error}", reports.OURS)
    if made is None:
        if shown:
            click.echo("Another run is going; this one has nothing to do.")
        return
    if dry_run:
        for plan in made.plans:
            cli_plans.print_plan(plan)
    if shown:
        click.echo(reports.text(made))
    elif made.exit_code:
        click.echo("\n".join(reports.troubles(made)), err=True)
    sys.exit(made.exit_code)


def _chosen(which: str, named: Sequence[str]) -> list[Known]:
    if not named:
        return sources.due(now()) if which == "due" else [one for one in sources.every() if one.enabled]
    found = []
    for name in named:
        try:
            known = sources.get(name)
        except KeyError:
            _end(f"There is no source {name}. `ckan jichitai sources list` names them.", USAGE)
        if not known.enabled:
            _end(f"Source {name} is off. Turn it on by `ckan jichitai sources enable {name}`.", USAGE)
        found.append(known)
    return found


def _end(words: str, code: int) -> None:
    click.echo(words, err=True)
    sys.exit(code)
