"""A sheet: a frame of text with what was assumed to get it. Nothing is cast before it is judged."""

from typing import Literal

import msgspec
import polars as pl

from ..issues import Issue

Format = Literal["csv", "tsv", "xlsx", "xls", "html", "pdf", "zip", "image", "empty", "unknown"]


class Sheet(msgspec.Struct, frozen=True):
    """What reading made of a file.

    name, size, sha256: of the bytes that came in. format: by content.
    labels: headings as published, one per column, "" where a column has none.
    frame: String columns named by position ("A", "B" … "AA") and Int64 `line` (1 = the file's first
        line, for workbooks the sheet's row); None where the file is not a table.
    ragged: lines set aside because they hold more cells than there are headings, or because no
        rule decodes them, as FINDINGS rows; they are not in `frame` and count as quarantined.
    aside: every line that is not blank and not in `frame`, with the positions that it has and `line`: titles,
        header, names, notes, repeated headers, lines set aside.
    outside: texts of title rows above and notes below the table; `units` and licences are found there.
    sheet, header_line, encoding, delimiter: what was assumed, None where it does not apply.
    issues: of the file and its header.
    """

    name: str
    size: int
    sha256: str
    format: Format
    labels: tuple[str, ...] = ()
    frame: pl.DataFrame | None = None
    ragged: pl.DataFrame | None = None
    outside: tuple[str, ...] = ()
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    header_line: int | None = None
    issues: tuple[Issue, ...] = ()
    aside: pl.DataFrame | None = None
