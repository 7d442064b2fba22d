"""A full report and all findings, against frictionless validating by the Table Schema that we export.

Same file, same columns; the rows are clean, and both must say so.
"""

import tempfile
from pathlib import Path

from frictionless import Resource, Schema, system

from ckanext.jichitai.core import examine, load
from ckanext.jichitai.core.check.values import Told
from ckanext.jichitai.core.definitions.sample import sample
from ckanext.jichitai.core.export.table_schema import table_schema

from .claim import Claim, seconds

ROWS = 20_000
BAR = 25.0


def run() -> list[Claim]:
    """The widest item with coordinates, clean rows."""
    book = load()
    item = max((item for item in book.items.values() if item.position), key=lambda item: len(item.columns))
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
    return [Claim(name, "frictionless", ours, other, "times_faster", BAR)]
