"""`jichitai merge`, `diff` and `coverage`."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
import polars as pl

from ..definitions.load import load
from ..definitions.model import RuleBook
from ..merge.values import InputFile, Merged
from .exit import Exit
from .gather import found, input_file

ALL = ("csv", "xlsx", "geojson", "parquet", "jsonld", "ngsi-ld")
GLYPHS = {
    "valid": "◎",
    "repaired": "○",
    "partial": "△",
    "held": "‖",
    "invalid": "×",
    "unreadable": "⊘",
    "unchecked": "？",
    "listed": "□",
    "none": "・",
    "not_applicable": "－",
}
PATHS = click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))


def _formats(ctx: click.Context, param: click.Parameter, value: str) -> list[str]:
    names = [name.strip().lower() for name in value.split(",") if name.strip()]
    if unknown := sorted(set(names) - set(ALL)):
        raise click.BadParameter(f"{', '.join(unknown)}: the formats are {', '.join(ALL)}")
    return names


@click.command("merge")
@PATHS
@click.option(
    "-o",
    "--output",
    "folder",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for the tables.",
)
@click.option(
    "--as", "formats", default="csv", show_default=True, callback=_formats, help=f"Any of {','.join(ALL)}."
)
@click.option(
    "--last",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder with the Parquet files of an earlier merge: its row ids stay.",
)
@click.option("--date", help="Day of this merge (YYYY-MM-DD), written beside rows that are new or changed.")
@click.option("--machine", is_flag=True, help="CSV without BOM and formula guard.")
def merge(
    paths: Sequence[Path],
    folder: Path,
    formats: list[str],
    last: Path | None,
    date: str | None,
    machine: bool,
) -> Exit:
    """Merge files of many municipalities into one table an item.

    outcomes.csv names the fate of every file, dropped.csv that of every row that is not merged.
    The municipality is that whose code, slug or name stands in the file's or a folder's name, else
    the one that the rows name.
    """
    from ..export.csv import write_frame
    from ..merge.fate import aside

    book = load()
    files = _read(paths, book, date)
    results = [one for item in book.items if (one := _merged(item, files, book, last, date or ""))]
    rest = [file for file in files if file.item not in book.items]
    outcomes = pl.concat([aside(rest), *(one.outcomes for one in results)])
    outcomes = outcomes.sort(
        pl.col("rows_total") - pl.col("rows_merged"), descending=True, maintain_order=True
    )
    folder.mkdir(parents=True, exist_ok=True)
    for one in results:
        _write(one, book, folder, formats, machine)
        click.echo(
            f"{one.item:28} {one.rows.height:8,} rows {one.dropped.height:8,} dropped {one.outcomes.height:6,} files"
        )
    with (folder / "outcomes.csv").open("wb") as out:
        write_frame(outcomes, out, people=not machine)
    with (folder / "dropped.csv").open("wb") as out:
        write_frame(_all_dropped(results, book), out, people=not machine)
    click.echo(
        ", ".join(f"{fate} {count}" for fate, count in outcomes["fate"].value_counts(sort=True).iter_rows())
    )
    return Exit.GOOD if any(one.rows.height for one in results) else Exit.NOTHING


@click.command("diff")
@click.argument("old", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("new", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def diff(old: Path, new: Path, form: str) -> Exit:
    """Row changes between two merged tables (CSV or Parquet), by row id."""
    from ..merge.changes import changes

    then, now = _table(old), _table(new)
    events = changes(then, now)
    for event in events.iter_rows(named=True):
        body: Any = json.loads(event["body"])
        if form == "json":
            click.echo(json.dumps({**event, "body": body}, ensure_ascii=False))
        else:
            what = (
                "; ".join(f"{name}: {pair[0]} → {pair[1]}" for name, pair in body.items())
                if event["kind"] == "changed"
                else ""
            )
            click.echo(f"{event['kind']:8} {event['municipality']} {event['row_id']} {what}".rstrip())
    return Exit.DIFFERENT if events.height else Exit.GOOD


@click.command("coverage")
@PATHS
@click.option(
    "--format", "form", type=click.Choice(["text", "csv", "json"]), default="text", show_default=True
)
@click.option("--date", help="Day of the check (YYYY-MM-DD).")
def coverage(paths: Sequence[Path], form: str, date: str | None) -> Exit:
    """Municipality × item: what each publishes, and how usable it is."""
    import msgspec

    from ..merge.coverage import Judged
    from ..merge.coverage import coverage as cells_of
    from ..merge.missing import shares

    book = load()
    files = _read(paths, book, date)
    results = [one for item in book.items if (one := _merged(item, files, book, None, ""))]
    lines = {line["resource"]: line for one in results for line in one.outcomes.iter_rows(named=True)}
    judged = [
        Judged(file, line["item"], line["fate"], line["rows_quarantined"])
        for file in files
        if (line := lines.get(file.resource))
    ]
    parts = {one.item: shares(book.items[one.item], one.rows) for one in results}
    cells = cells_of(book, judged, parts, date or "9999-12-31")
    if form == "text":
        _matrix([[cell.municipality, GLYPHS[cell.state]] for cell in cells], book)
    elif form == "csv":
        click.echo(
            pl.DataFrame(
                [msgspec.structs.asdict(cell) for cell in cells], infer_schema_length=None
            ).write_csv(),
            nl=False,
        )
    else:
        click.echo(msgspec.json.encode(cells).decode())
    return Exit.GOOD if any(one.rows.height for one in results) else Exit.NOTHING


def _read(paths: Sequence[Path], book: RuleBook, date: str | None) -> list[InputFile]:
    names = list(found(paths))
    with click.progressbar(names, label="checking", file=click.get_text_stream("stderr")) as bar:
        return [input_file(path, book, date) for path in bar]


def _merged(
    item: str, files: Sequence[InputFile], book: RuleBook, last: Path | None, now: str
) -> Merged | None:
    """The item's table; None where no file claims it."""
    from ..merge.consolidate import consolidate

    mine = [file for file in files if file.item == item]
    earlier = last / f"{item}.parquet" if last else None
    known = pl.read_parquet(earlier) if earlier and earlier.is_file() else None
    return consolidate(book.items[item], book, mine, known, now) if mine else None


def _write(one: Merged, book: RuleBook, folder: Path, formats: list[str], machine: bool) -> None:
    from ..export import TABLES
    from ..export.form import Form

    item = book.items[one.item]
    for name in formats:
        table = TABLES[name]
        if table.POSITION and item.position is None:
            continue
        with (folder / f"{one.item}.{table.ENDING}").open("wb") as out:
            table.write(one.rows, item, book, out, Form(people=not machine, definitions=book.digest))


def _all_dropped(results: Sequence[Merged], book: RuleBook) -> pl.DataFrame:
    """Dropped rows of all items under each other, their own columns as JSON in `row`."""
    frames: list[pl.DataFrame] = []
    for one in results:
        cells = [column.name for column in book.items[one.item].columns]
        row = pl.struct(cells).struct.json_encode().alias("row")
        frames.append(one.dropped.select(pl.lit(one.item).alias("item"), pl.exclude(cells), row))
    return pl.concat(frames) if frames else pl.DataFrame(schema={"item": pl.String, "fate": pl.String})


def _table(path: Path) -> pl.DataFrame:
    rows = pl.read_parquet(path) if path.suffix == ".parquet" else pl.read_csv(path, infer_schema=False)
    if "row_id" not in rows.columns:
        raise click.UsageError(f"{path.name} has no column row_id: it is not a merged table.")
    return rows.drop("geometry", strict=False).with_columns(pl.exclude(pl.String).cast(pl.String))


def _matrix(cells: list[list[str]], book: RuleBook) -> None:
    """Rows of glyphs, one a municipality."""
    for code, town in sorted(book.municipalities.items()):
        line = "".join(glyph for municipality, glyph in cells if municipality == code)
        if line:
            click.echo(f"{code} {line} {town.name}")
