"""`jichitai check` and `explain`: files in, reports out, with the website's engine and rule book."""

import glob
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

import click
import msgspec

from ..check.values import Examined, Fix, Report, Told
from ..definitions.load import load
from ..definitions.model import RuleBook
from .exit import Exit
from .items import find_item, find_municipality

ENDINGS = frozenset({".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".ods", ".zip", ".dat"})
LANG = click.Choice(["ja", "en"])


@click.command("check")
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("--item", metavar="ITEM", help="Which item it is; recognised where you do not say.")
@click.option("--municipality", metavar="CODE", help="6-digit code of the publisher.")
@click.option("--date", metavar="D", help="Day of the check, YYYY-MM-DD; part of the report's identity.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "html"]), default="text", show_default=True
)
@click.option("--lang", type=LANG, default="ja", show_default=True, help="Language of text and html.")
@click.option("--accept", default="safe", show_default=True, metavar="safe|likely|FILE",
              help="Which repairs to take; FILE holds fixes as JSON.")  # fmt: skip
@click.option(
    "--fixed", type=click.Path(path_type=Path), help="Write the corrected file (.xlsx or .csv) here."
)
@click.option(
    "--marked", type=click.Path(path_type=Path), help="Write the file with its faults marked (.xlsx) here."
)
@click.option("--findings", type=click.Path(path_type=Path), help="Write every finding (.csv) here.")
def check_command(
    files: tuple[str, ...],
    item: str | None,
    municipality: str | None,
    date: str | None,
    form: Literal["text", "json", "html"],
    lang: str,
    accept: str,
    fixed: Path | None,
    marked: Path | None,
    findings: Path | None,
) -> Exit:
    """Check files, folders or globs. With several files, --fixed, --marked and --findings name folders."""
    book = load()
    paths = list(_paths(files))
    told = _told(book, item, municipality, date, accept)
    several = len(paths) > 1
    verdicts: list[str] = []
    for path in _with_bar(paths, form):
        done = _check(path, book, told)
        verdicts.append(done.report.verdict if done else "unchecked")
        if done is None:
            continue
        click.echo(_shown(done.report, book, form, lang), nl=form != "text")
        _write(done, book, path, several, fixed, marked, findings)
    return exit_of(verdicts)


@click.command("explain")
@click.argument("code")
@click.option("--lang", type=LANG, help="One language only.")
def explain_command(code: str, lang: str | None) -> None:
    """An issue code: cause, remedy, example, in both languages."""
    from ..definitions.error import nearest
    from ..issues import Code
    from ..issues.catalogue import load_catalogue

    if code not in set(Code):
        raise click.BadParameter(
            f"no code {code!r}{nearest(code, [str(one) for one in Code])}", param_hint="CODE"
        )
    block = load_catalogue()[code]
    click.echo(
        f"{code}: {block.severity}, {block.owner}" + (f", ◇ {block.checklist}" if block.checklist else "")
    )
    for one in (lang,) if lang else ("ja", "en"):
        words = block.words(one)
        click.echo(f"  {words.many}\n  → {words.remedy}")
    click.echo(f"  {block.example.before} → {block.example.after}")


def exit_of(verdicts: Iterable[str]) -> Exit:
    """The gravest exit code of several verdicts."""
    seen = set(verdicts)
    if "unchecked" in seen:
        return Exit.OURS
    if "unreadable" in seen:
        return Exit.UNREADABLE
    return Exit.FAULTS if seen & {"partial", "invalid"} else Exit.GOOD


def _paths(words: tuple[str, ...]) -> Iterator[Path]:
    """The files named: each once, folders and globs opened, in order. Raises click.BadParameter for none."""
    seen: set[Path] = set()
    for word in words:
        path = Path(word)
        if path.is_dir():
            found = sorted(one for one in path.rglob("*") if one.is_file() and one.suffix.lower() in ENDINGS)
        elif path.exists():
            found = [path]
        else:
            found = [Path(one) for one in sorted(glob.glob(word, recursive=True)) if Path(one).is_file()]
        if not found:
            raise click.BadParameter(f"no file {word!r}", param_hint="FILE")
        for one in found:
            if one not in seen:
                seen.add(one)
                yield one


def _told(book: RuleBook, item: str | None, municipality: str | None, date: str | None, accept: str) -> Told:
    fixes: tuple[Fix, ...] = ()
    level: Literal["safe", "likely"] = "likely" if accept == "likely" else "safe"
    if accept not in ("safe", "likely"):
        try:
            fixes = msgspec.json.decode(Path(accept).read_bytes(), type=tuple[Fix, ...])
        except (OSError, msgspec.DecodeError) as fault:
            raise click.BadParameter(f"{accept}: {fault}", param_hint="--accept") from fault
    return Told(
        item=find_item(book, item).id if item else None,
        municipality=find_municipality(book, municipality).code if municipality else None,
        accept=level,
        fixes=fixes,
        date=date,
    )


def _with_bar(paths: list[Path], form: str) -> Iterator[Path]:
    """The paths, with a bar on standard error where there are many and a person looks."""
    if len(paths) < 3 or not click.get_text_stream("stderr").isatty():
        yield from paths
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(paths, description="check", console=Console(stderr=True), transient=True)


def _check(path: Path, book: RuleBook, told: Told) -> Examined | None:
    """Check one file; our own failure is told and the others go on."""
    from ..check.examine import examine
    from ..read import COMMAND

    try:
        return examine(path.name, path.read_bytes(), book, told, COMMAND)
    except OSError as fault:
        raise click.FileError(str(path), fault.strerror or str(fault)) from fault
    except Exception as fault:
        click.echo(f"{path}: unchecked. This is a fault of the program, not of the file: {fault!r}", err=True)
        return None


def _shown(report: Report, book: RuleBook, form: str, lang: str) -> str:
    from ..export import REPORTS

    if form == "json":
        return REPORTS["json"].render(report).decode()
    return REPORTS[form].render(report, book, lang)


def _write(
    done: Examined,
    book: RuleBook,
    path: Path,
    several: bool,
    fixed: Path | None,
    marked: Path | None,
    findings: Path | None,
) -> None:
    from ..export import REPORTS

    if fixed is not None:
        target = fixed / f"{path.stem}.xlsx" if several else fixed
        kind = "csv" if target.suffix.lower() == ".csv" else "xlsx"
        _put(target, REPORTS["fixed"].render(done, book, kind), several)
    if marked is not None:
        _put(
            marked / f"{path.stem}.xlsx" if several else marked, REPORTS["marked"].render(done, book), several
        )
    if findings is not None:
        _put(
            findings / f"{path.stem}.csv" if several else findings,
            b"".join(REPORTS["findings"].render(done, book)),
            several,
        )


def _put(target: Path, data: bytes | None, several: bool) -> None:
    if data is None:
        click.echo(f"{target}: nothing to write", err=True)
        return
    try:
        if several:
            target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    except OSError as fault:
        raise click.FileError(str(target), fault.strerror or str(fault)) from fault
