"""`jichitai list`, `show` and `template`: what the rule book says."""

from pathlib import Path
from typing import Literal

import click
import msgspec
import yaml

from ..definitions.load import load
from ..definitions.model import Item, Municipality, RuleBook


@click.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON array, for programs.")
def list_command(as_json: bool) -> None:
    """The 27 items: number, id, title in both languages."""
    items = list(load().items.values())
    if as_json:
        rows = [
            {
                "id": item.id,
                "number": item.number,
                "national": item.national,
                "title": msgspec.to_builtins(item.title),
                "columns": len(item.columns),
                "partial": item.partial,
            }
            for item in items
        ]
        click.echo(msgspec.json.format(msgspec.json.encode(rows)).decode())
        return
    wide = max(len(item.id) for item in items)
    for item in items:
        click.echo(f"{item.number:>2}  {item.id:<{wide}}  {item.title.ja} / {item.title.en}")


@click.command("show")
@click.argument("item")
@click.option(
    "--as",
    "form",
    type=click.Choice(["yaml", "json", "table-schema", "jsonld-context"]),
    default="yaml",
    show_default=True,
    help="Resolved definition, or made for other programs.",
)
@click.option("--lang", type=click.Choice(["ja", "en"]), default="ja", show_default=True,
              help="Language of labels in a Table Schema.")  # fmt: skip
def show_command(item: str, form: str, lang: Literal["ja", "en"]) -> None:
    """One definition. ITEM is an id or a number of `jichitai list`."""
    from ..export.jsonld_context import jsonld_context
    from ..export.table_schema import table_schema

    book = load()
    found = find_item(book, item)
    match form:
        case "yaml":
            click.echo(
                yaml.safe_dump(msgspec.to_builtins(found), allow_unicode=True, sort_keys=False), nl=False
            )
        case "json":
            click.echo(_json(msgspec.to_builtins(found)))
        case "table-schema":
            click.echo(_json(table_schema(found, lang, book)))
        case _:
            click.echo(_json(jsonld_context(found)))


@click.command("template")
@click.argument("item")
@click.option("--municipality", metavar="CODE", help="6-digit code: its code and name are filled in.")
@click.option("-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path),
              help="F.xlsx, or F.csv for the headings alone.")  # fmt: skip
def template_command(item: str, municipality: str | None, output: Path) -> None:
    """A blank form of ITEM with drop-downs, formats and notes, for Excel 2019 and later."""
    from ..export.template import template, template_csv

    book = load()
    found = find_item(book, item)
    who = find_municipality(book, municipality) if municipality else None
    match output.suffix.lower():
        case ".xlsx":
            data = template(found, book, who)
        case ".csv":
            data = template_csv(found, who)
        case other:
            raise click.BadParameter(
                f"the name must end in .xlsx or .csv, not {other or 'nothing'}", param_hint="-o"
            )
    try:
        output.write_bytes(data)
    except OSError as fault:
        raise click.FileError(str(output), fault.strerror or str(fault)) from fault
    click.echo(output)


def find_item(book: RuleBook, word: str) -> Item:
    """The item with that id or number. Raises click.BadParameter with the nearest id."""
    from ..definitions.error import nearest

    for item in book.items.values():
        if word.lower() in {item.id, str(item.number), f"{item.number:02d}"}:
            return item
    raise click.BadParameter(
        f"no item {word!r}{nearest(word.lower(), book.items)}; `jichitai list` names all", param_hint="ITEM"
    )


def find_municipality(book: RuleBook, code: str) -> Municipality:
    """The municipality with that code. Raises click.BadParameter with the nearest code."""
    from ..definitions.error import nearest

    if code in book.municipalities:
        return book.municipalities[code]
    raise click.BadParameter(
        f"no municipality {code!r}{nearest(code, book.municipalities)}", param_hint="--municipality"
    )


def _json(value: object) -> str:
    return msgspec.json.format(msgspec.json.encode(value)).decode()
