"""Files of a release, and the variants of them that are made when first asked for."""

import hashlib
import io
from typing import Any

import msgspec
import polars as pl
from ckan.plugins import toolkit as tk

from ckanext.jichitai.bridge.rulebook import book
from ckanext.jichitai.core.definitions.model import Item
from ckanext.jichitai.core.export import TABLES
from ckanext.jichitai.core.export.csv import write_frame
from ckanext.jichitai.core.export.form import Form
from ckanext.jichitai.core.merge.missing import missing
from ckanext.jichitai.core.merge.values import InputFile, Merged

from .releases import Release, keep, rows_of

# Ending of an address → format. The first is the one of the DataStore table.
FORMATS = {
    "csv": "csv",
    "xlsx": "xlsx",
    "geojson": "geojson",
    "parquet": "parquet",
    "jsonld": "jsonld",
    "ngsi-ld": "ngsi-ld",
}
SIDE = ("outcomes", "dropped", "missing", "attribution")


def formats(item: Item) -> list[str]:
    """The formats in which an item's table is offered."""
    return [name for name, table in TABLES.items() if item.position or not table.POSITION]


def media(name: str) -> str:
    """Media type of a format."""
    return TABLES[name].MEDIA


def form(item: Item, licences: tuple[str, ...] = (), keys: str = "name", people: bool = True) -> Form:
    """How a table is written."""
    site = tk.config["ckan.site_url"].rstrip("/")
    context = f"{site}/item/{item.id}/context.jsonld"
    return Form(
        keys="term" if keys == "term" else "name",
        people=people,
        definitions=book().digest,
        licences=licences,
        context=context,
    )


def write_all(merged: Merged, item: Item, files: list[InputFile]) -> dict[str, dict[str, Any]]:
    """All files of a release under names of their content: kind → {name, sha256, bytes}."""
    credits = attribution(merged.rows)
    how = form(item, tuple(credits.splitlines()))
    have = {file.municipality: frozenset[str]() for file in files if file.columns is not None}
    for file in files:
        if file.columns is not None:
            have[file.municipality] |= frozenset(file.columns)
    made = {"rows": keep(_parquet(merged.rows), "parquet")}
    for name in formats(item):
        made[name] = keep(_table(name, merged.rows, item, how), TABLES[name].ENDING)
    side = {
        "outcomes": merged.outcomes,
        "dropped": merged.dropped,
        "missing": missing(item, merged.rows, have),
    }
    for name, frame in side.items():
        made[name] = keep(_csv(frame), "csv")
    made["attribution"] = keep(credits.encode(), "txt")
    return made


class Variant(msgspec.Struct, frozen=True):
    """A table as it is asked for: format, one municipality or all, `term` for English column names, and
    people False for a CSV without BOM and formula guard."""

    format: str
    municipality: str | None = None
    keys: str = "name"
    people: bool = True

    @property
    def released(self) -> bool:
        """Whether it is the file as released."""
        return self.municipality is None and self.keys == "name" and (self.people or self.format != "csv")

    def tag(self, one: Release) -> str:
        """A short name of its bytes, known before they are made: equal questions have equal answers."""
        question = (one.files["rows"]["sha256"], book().digest, *msgspec.structs.astuple(self))
        return hashlib.sha256(repr(question).encode()).hexdigest()

    def made(self, one: Release, item: Item) -> bytes:
        """Its bytes, made of the release's rows."""
        rows = rows_of(one)
        assert rows is not None
        if self.municipality is not None:
            rows = rows.filter(pl.col("src_municipality_code") == self.municipality)
        return _table(self.format, rows, item, form(item, keys=self.keys, people=self.people))


def attribution(rows: pl.DataFrame) -> str:
    """Credit and licence owed to whom, a line each."""
    owed = rows.select(
        "src_municipality_code", "src_municipality", "src_attribution", "src_licence", "src_dataset"
    )
    lines = owed.unique().sort("src_municipality_code", "src_dataset", "src_licence", nulls_last=True)
    return "".join(
        f"{credit or town}, {dataset}, {licence or '-'}\n"
        for _, town, credit, licence, dataset in lines.iter_rows()
    )


def _table(name: str, rows: pl.DataFrame, item: Item, how: Form) -> bytes:
    out = io.BytesIO()
    TABLES[name].write(rows, item, book(), out, how)
    return out.getvalue()


def _parquet(rows: pl.DataFrame) -> bytes:
    out = io.BytesIO()
    rows.write_parquet(out, compression="zstd")
    return out.getvalue()


def _csv(frame: pl.DataFrame) -> bytes:
    out = io.BytesIO()
    write_frame(frame, out)
    return out.getvalue()
