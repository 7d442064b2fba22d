"""`ckan jichitai check`."""

import sys

import click

from ckanext.jichitai.bridge import files
from ckanext.jichitai.bridge.cli import jichitai

from . import checking, config, tasks

__all__ = ["jichitai"]

PART = 50  # files to one commit of the search index


@jichitai.command(short_help="Check files of resources.")
@click.argument("resources", nargs=-1, metavar="RESOURCE…")
@click.option("--all", "all_", is_flag=True, help="Every file, whether due or not.")
@click.option(
    "--stale", is_flag=True, help="Files that have no report under the present rules, oldest first."
)
@click.option(
    "--fast", is_flag=True, help="With --stale: without the rate of ckanext.jichitai.check.stale_per_minute."
)
def check(resources: tuple[str, ...], all_: bool, stale: bool, fast: bool) -> None:
    """Check the files of these resources, of all, or those that are due; reports are stored.

    Also takes away what /check has kept long enough.
    """
    if sum((bool(resources), all_, stale)) != 1:
        raise click.UsageError("Name resources, or give --all or --stale.")
    tasks.sweep()
    if stale:
        done = checking.check_all_due(config.seconds(), None if fast else config.stale_per_minute())
        click.echo(f"{done} files checked.")
        return
    ids = [stored.resource_id for stored in files.all_current()] if all_ else list(resources)
    parts = [ids[start : start + PART] for start in range(0, len(ids), PART)]
    verdicts: dict[str, str] = {}
    with click.progressbar(parts, label="check", file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
        for part in bar:
            verdicts |= checking.check_these(part, config.seconds())
    counts: dict[str, int] = {}
    for verdict in verdicts.values():
        counts[verdict] = counts.get(verdict, 0) + 1
    for verdict, count in sorted(counts.items()):
        click.echo(f"{verdict:<12} {count:>7,}")
    for missing in sorted(set(ids) - set(verdicts)):
        click.echo(f"{missing}: we have no file of it.", err=True)
    sys.exit(2 if len(verdicts) < len(set(ids)) else 0)
