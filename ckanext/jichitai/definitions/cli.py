"""`ckan jichitai init` and `status`."""

import json
import sys

import click
from ckan import plugins as p

from ckanext.jichitai.bridge.cli import jichitai
from ckanext.jichitai.bridge.part import IPart

from .status import status_of_all

__all__ = ["jichitai"]


@jichitai.command(short_help="Make organizations and what else the plugins need.")
def init() -> None:
    """Adopt or create the organizations of the municipalities and all that the plugins need.

    Safe to repeat. Tables come by `ckan db upgrade -p jichitai_definitions` (and the other plugins).
    """
    for part in p.PluginImplementations(IPart):
        for sentence in part.prepare():
            click.echo(sentence)


@jichitai.command(short_help="What the catalog holds and how each part is.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def status(as_json: bool) -> None:
    """Municipalities, datasets, files by verdict, merged rows by item, and the health of each part.

    Exit code 1 when a part failed.
    """
    found = status_of_all()
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        click.echo(f"{found['municipalities']} municipalities, {found['datasets']} datasets")
        for title, counts in (("files", found["files"]), ("merged rows", found["rows"])):
            for name, count in counts.items():
                click.echo(f"  {title}  {name:<24} {count:>9,}")
        for part in found["parts"]:
            click.echo(f"  {part['state']:<9} {part['part']:<16} {part['sentence']}")
    sys.exit(0 if found["state"] != "failed" else 1)
