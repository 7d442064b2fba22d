"""Command line of the demonstration."""

import sys
from pathlib import Path

import click

from ckanext.jichitai.core import load

from . import faults, real, server, sources
from .bodies import Bodies
from .site import Site
from .world import Publisher, world

PORTS = 63


def publishers_of(files: str | None) -> tuple[list[Publisher], object]:
    """The publishers, with real files laid over them where a folder is named, and the rule book."""
    book = load()
    publishers = world(book)
    return (real.lay_over(publishers, book, Path(files)) if files else publishers), book


def sites_of(publishers: list[Publisher], book: object, port: int) -> dict[int, Site]:
    """A site a port; the portal holds all its organizations."""
    bodies = Bodies(book)
    sites = {}
    for offset in sorted({publisher.port for publisher in publishers}):
        number = port + offset
        there = [publisher for publisher in publishers if publisher.port == offset]
        sites[number] = Site(there, book, bodies, f"http://127.0.0.1:{number}")
    return sites


@click.group()
def main() -> None:
    """62 catalogs and Tokyo's own on loopback."""


@main.command()
@click.option("--port", default=18000, show_default=True, help="First of 63 ports.")
@click.option("--files", help="Folder with inventory.csv and real files to lay over.")
@click.option("--fault", "wanted", multiple=True, help="PORT:KIND, may be repeated.")
def serve(port: int, files: str | None, wanted: tuple[str, ...]) -> None:
    """Serve until stopped."""
    try:
        publishers, book = publishers_of(files)
        sites = sites_of(publishers, book, port)
        for text in wanted:
            number, kind = faults.parse(text)
            sites[number].fault = kind
    except (FileNotFoundError, ValueError, KeyError) as error:
        raise click.UsageError(str(error)) from error
    count = sum(len(dataset.files) for publisher in publishers for dataset in publisher.datasets)
    click.echo(f"{len(publishers)} publishers, {count} files, ports from {port}", err=True)
    try:
        server.serve(sites)
    except OSError as error:
        click.echo(error.strerror, err=True)
        sys.exit(1)


@main.command(name="sources")
@click.option("--port", default=18000, show_default=True, help="First of 63 ports.")
def print_sources(port: int) -> None:
    """Print the list of sources as YAML."""
    publishers, book = publishers_of(None)
    click.echo(sources.text(publishers, book, port), nl=False)


if __name__ == "__main__":
    main()
