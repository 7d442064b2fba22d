"""`ckan jichitai`: one group, on which each plugin hangs its commands."""

import click


@click.group(short_help="Municipal standard datasets: harvest, check, merge.")
def jichitai() -> None:
    """Municipal standard datasets: sources, harvests, checks, merged tables."""
