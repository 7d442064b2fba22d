"""Checking and merging as many files as a prefecture has, against a bare polars script.

The script reads the same files, concatenates, hashes each row and writes Parquet: no judgement at all.
"""

import io

import polars as pl

from ckanext.jichitai.core import consolidate, examine, load
from ckanext.jichitai.core.check.values import Told
from ckanext.jichitai.core.definitions.sample import sample
from ckanext.jichitai.core.merge.values import InputFile

from .claim import Claim, seconds

FILES, ROWS = 186, 300
BAR = 1.4


def run() -> list[Claim]:
    """One item of 62 municipalities, three files each."""
    book = load()
    item = next(item for item in book.items.values() if item.position)
    towns = [town for town in book.municipalities.values() if town.matrix]
    files = []
    for number in range(FILES):
        town = towns[number % len(towns)]
        table = sample(item, book, town, ROWS, number)
        examined = examine(
            "t.csv", table.write_csv().encode(), book, Told(item=item.id, municipality=town.code)
        )
        assert examined.table is not None
        sink = io.BytesIO()
        examined.table.write_parquet(sink)
        files.append((town, examined.report, sink.getvalue()))

    def ours() -> None:
        given = [
            InputFile(
                municipality=town.code,
                municipality_name=town.name,
                dataset=f"d{number}",
                resource=f"r{number}",
                url=f"https://example.org/{number}",
                sha256=report.file.sha256,
                verdict=report.verdict,
                item=item.id,
                licence="CC-BY-4.0",
                rows_total=report.rows.total,
                table=pl.read_parquet(data),
            )
            for number, (town, report, data) in enumerate(files)
        ]
        merged = consolidate(item, book, given, None, "2026-11-24T00:00:00Z")
        merged.rows.write_parquet(io.BytesIO(), compression="zstd")

    def bare() -> None:
        table = pl.concat([pl.read_parquet(data) for _, _, data in files])
        table = table.with_columns(pl.struct(pl.all()).hash().alias("hash"))
        table.write_parquet(io.BytesIO(), compression="zstd")

    name = f"merge {FILES} files x {ROWS} rows"
    return [Claim(name, "bare polars", seconds(ours), seconds(bare), "times_slower", BAR)]
