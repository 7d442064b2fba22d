"""A full report and all findings, against frictionless validating by the Table Schema that we export.

Same file, same columns; the rows are clean, and both must say so. Of the usual width, and as wide as items get:
there most columns are plain texts, of which frictionless asks nothing.
"""

import tempfile
from pathlib import Path

from frictionless import Resource, Schema, system

from ckanext.jichitai.core import examine, load
from ckanext.jichitai.core.check.values import Told
from ckanext.jichitai.core.definitions.model import Item, RuleBook
from ckanext.jichitai.core.definitions.sample import sample
from ckanext.jichitai.core.export.table_schema import table_schema

from .claim import Claim, seconds
from .large import wide_as

ROWS = 20_000
BAR = 25.0


def run() -> list[Claim]:
    """An item of 30 columns and the widest one, clean rows."""
    book = load()
    return [_against(wide_as(book, columns), book) for columns in (30, 1_000)]


def _against(item: Item, book: RuleBook) -> Claim:
    town = next(iter(book.municipalities.values()))
    table = sample(item, book, town, ROWS, 1)
    data = table.write_csv().encode()
    told = Told(item=item.id, municipality=town.code)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        path.write_bytes(data)
        described = table_schema(item)
        described["fields"] = [field for field in described["fields"] if field["name"] in table.columns]
        schema = Schema.from_descriptor(described)
        assert examine("table.csv", data, book, told).report.verdict == "valid"
        ours = seconds(lambda: examine("table.csv", data, book, told))

        def peer() -> None:
            with system.use_context(trusted=True):
                report = Resource(str(path), schema=schema).validate()
            assert report.valid, report.flatten(["type", "note"])[:3]

        other = seconds(peer, rounds=1)
    name = f"check {ROWS:,} x {len(item.columns)}"
    return Claim(name, "frictionless", ours, other, "times_faster", BAR)
