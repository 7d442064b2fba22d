"""The order of reading: probe → decode → delimit, or open the workbook → header → table."""

import hashlib

import polars as pl

from ..issues import FINDINGS, Code, Issue, Place
from .caps import WEB, Caps
from .decode import Text, decode
from .delimited import split
from .grid import LINE, Grid, within_caps
from .head import Head, find_head
from .probe import Probe, probe, unpack
from .sheet import Format, Sheet
from .tables import without_others
from .trim import Table, trim
from .workbook import leaf_of

# Endings that go with what was found; others are told to the publisher.
ENDINGS: dict[str, tuple[str, ...]] = {
    "csv": ("csv", "tsv", "txt"),
    "tsv": ("csv", "tsv", "txt"),
    "xlsx": ("xlsx", "xlsm"),
    "xls": ("xls",),
}


def read(name: str, data: bytes, known: frozenset[str], caps: Caps = WEB) -> Sheet:
    """Read one file. Total: any bytes give a Sheet.

    name: base name, a hint only. known: folded labels of the rule book (fold_label).
    """
    digest = hashlib.sha256(data).hexdigest()
    found = probe(data, caps)
    if found.kind == "member" and found.member:
        inner = unpack(data, found.member, caps)
        if inner is None:
            return _fault(name, data, digest, Probe("none", "zip", Code.FILE_BROKEN))
        found = probe(inner, caps)
        if found.kind in ("none", "member"):
            return _fault(
                name, data, digest, Probe("none", "zip", found.fault or Code.FILE_NOT_A_TABLE, found="ZIP")
            )
        return _body(name, inner, (len(data), digest), found, known, caps)
    if found.kind == "none":
        return _fault(name, data, digest, found)
    return _body(name, data, (len(data), digest), found, known, caps)


def _fault(name: str, data: bytes, digest: str, found: Probe) -> Sheet:
    code = found.fault or Code.FILE_NOT_A_TABLE
    details = {"found": found.found} if found.found else {}
    return Sheet(
        name, len(data), digest, found.format, issues=(Issue(code, found=found.found, details=details),)
    )


def _body(
    name: str, data: bytes, facts: tuple[int, str], found: Probe, known: frozenset[str], caps: Caps
) -> Sheet:
    """Read what is a table; data: the bytes of the table, facts: size and digest of the file."""
    size, digest = facts
    if found.kind == "workbook":
        leaf = leaf_of(data, known, caps)
        if isinstance(leaf, Code):
            return Sheet(name, size, digest, found.format, issues=(Issue(leaf),))
        grid, over = within_caps(leaf.grid, caps)
        return _sheet(name, facts, found.format, grid, known, [*leaf.issues, *over], sheet=leaf.name)
    text = decode(data)
    cut = split(text.utf8, known, caps.cell)
    kind: Format = "tsv" if cut.delimiter == "\t" else "csv"
    grid, over = within_caps(cut.grid, caps)
    issues = [*_encoding(text), *cut.issues, *over]
    return _sheet(name, facts, kind, grid, known, issues, text=text, delimiter=cut.delimiter)


def _encoding(text: Text) -> list[Issue]:
    if text.twice:
        return [Issue(Code.TEXT_MOJIBAKE, confidence="likely")]
    if not text.encoding.startswith("utf-8"):
        shown = {"cp932": "Shift_JIS", "utf-16": "UTF-16", "euc-jp": "EUC-JP", "iso-2022-jp": "ISO-2022-JP"}[
            text.encoding
        ]
        return [Issue(Code.ENCODING_NOT_UTF8, found=shown, confidence="safe", details={"found": shown})]
    return []


def _sheet(
    name: str,
    facts: tuple[int, str],
    kind: Format,
    grid: Grid,
    known: frozenset[str],
    issues: list[Issue],
    *,
    sheet: str | None = None,
    text: Text | None = None,
    delimiter: str | None = None,
) -> Sheet:
    head = find_head(grid.top, known)
    others = without_others(grid, head, known)
    if others.places:
        grid = others.grid
        head = find_head(grid.top, known)
        found = "、".join(others.places)
        issues.append(
            Issue(Code.TABLES_IN_ONE_SHEET, found=found, count=len(others.places), details={"found": found})
        )
    table = trim(grid, head)
    frame, ragged, aside = table.frame, table.ragged, table.aside
    if text is not None and text.damaged:
        frame, ragged, lost = _undamaged(frame, ragged)
        aside = pl.concat([aside, lost], how="diagonal").sort(LINE)
    ending = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    if ending in {one for all_ in ENDINGS.values() for one in all_} and ending not in ENDINGS.get(
        kind, (ending,)
    ):
        issues.append(
            Issue(
                Code.FILE_EXTENSION_DIFFERS,
                found=f".{ending}",
                details={"found": f".{ending}", "format": kind},
            )
        )
    issues.extend(_header(grid, head, table))
    if not frame.height and not ragged.height:
        issues.append(Issue(Code.NO_ROWS))
    return Sheet(
        name,
        facts[0],
        facts[1],
        kind,
        labels=table.labels,
        frame=frame,
        ragged=ragged,
        outside=(*table.outside, *others.texts),
        encoding=text.encoding if text else None,
        delimiter=delimiter,
        sheet=sheet,
        header_line=_line(grid, head.at),
        issues=tuple(issues),
        aside=aside,
    )


def _line(grid: Grid, at: int | None) -> int | None:
    return int(grid.frame[LINE][at]) if at is not None and at < grid.frame.height else None


def _header(grid: Grid, head: Head, table: Table) -> list[Issue]:
    """What was assumed about the header and the lines around the table."""
    issues: list[Issue] = []
    if table.outside_lines:
        found = table.outside[0][:60]
        place = Place(line=table.outside_lines[0])
        issues.append(
            Issue(Code.ROWS_OUTSIDE_TABLE, place, found, confidence="safe", count=len(table.outside_lines))
        )
    if head.at is None:
        issues.append(Issue(Code.HEADER_MISSING, Place(line=1)))
    if head.double:
        issues.append(Issue(Code.HEADER_DOUBLE, Place(line=_line(grid, head.at)), confidence="safe"))
    if table.repeated and not head.linkdata:
        place = Place(line=table.repeated[0])
        issues.append(Issue(Code.HEADER_REPEATED, place, confidence="safe", count=len(table.repeated)))
    return issues


def _undamaged(frame: pl.DataFrame, ragged: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Set rows aside that hold characters which no rule decodes."""
    cells = [name for name in frame.columns if name != LINE]
    hit = frame.select(
        pl.any_horizontal(pl.col(one).str.contains("\ufffd", literal=True).fill_null(False) for one in cells)
    ).to_series()
    lost = frame.filter(hit)
    findings = lost.select(
        pl.col(LINE).alias("line"),
        *(pl.lit(None, pl.String).alias(column) for column in ("position", "column", "label")),
        pl.lit(str(Code.ENCODING_DAMAGED)).alias("code"),
        pl.coalesce(
            pl.when(pl.col(one).str.contains("\ufffd", literal=True)).then(pl.col(one)) for one in cells
        ).alias("found"),
        *(pl.lit(None, pl.String).alias(column) for column in ("suggested", "confidence")),
    )
    return frame.filter(~hit), pl.concat([ragged, findings.select(list(FINDINGS))]), lost
