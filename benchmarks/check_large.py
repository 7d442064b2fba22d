"""A million rows: full report and all findings, against a bare polars plan of the same patterns and lists.

The plan reads the file as text and counts, in one select, the cells of each column that its pattern or its
list does not take, the blank ones, and the distinct keys: no report, no row, no repair.
Memory is the most that a process of its own holds while it checks.
"""

import json
import subprocess
import sys
from pathlib import Path

import polars as pl

from ckanext.jichitai.core import examine, load
from ckanext.jichitai.core.check.values import Told
from ckanext.jichitai.core.definitions.model import Item, RuleBook
from ckanext.jichitai.core.definitions.resolve import value_type
from ckanext.jichitai.core.read.caps import COMMAND

from .claim import Claim, seconds
from .large import table, wide_as

ROWS, COLUMNS = 1_000_000, 30
BAR = 2.0
MEMORY = 1_200.0  # MB
ALONE = """
import json, resource, sys
from pathlib import Path
from ckanext.jichitai.core import examine, load
from ckanext.jichitai.core.check.values import Told
from ckanext.jichitai.core.read.caps import COMMAND
path, item, town = sys.argv[1:]
book = load()
report = examine("t.csv", Path(path).read_bytes(), book, Told(item=item, municipality=town), COMMAND).report
print(json.dumps([report.verdict, report.rows.total, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
"""


def run() -> list[Claim]:
    """Time and memory of one table."""
    book = load()
    item = wide_as(book, COLUMNS)
    path = table(item, book, ROWS)
    town = next(iter(book.municipalities.values())).code
    told = Told(item=item.id, municipality=town)
    name = f"check {ROWS:,} x {len(item.columns)}"
    alone = [sys.executable, "-c", ALONE, str(path), item.id, town]
    verdict, rows, held = json.loads(subprocess.run(alone, check=True, capture_output=True).stdout)
    assert (verdict, rows) == ("valid", ROWS), (verdict, rows)

    def ours() -> None:
        examine("t.csv", path.read_bytes(), book, told, COMMAND)

    slow = Claim(
        name, "bare polars", seconds(ours), seconds(lambda: _bare(path, item, book)), "times_slower", BAR
    )
    # 1.0 is the whole of what may be held.
    memory = Claim(f"{name}: MB", "MB allowed", held, MEMORY, "times_slower", 1.0)
    return [slow, memory]


def _bare(path: Path, item: Item, book: RuleBook) -> None:
    frame = pl.read_csv(path, infer_schema=False)
    asked: list[pl.Expr] = []
    for column in item.columns:
        if column.name not in frame.columns:
            continue
        text, kind = pl.col(column.name), value_type(column, book)
        asked.append(text.null_count().alias(f"{column.name} blank"))
        if kind.words:
            asked.append((~text.is_in(list(kind.words))).sum().alias(column.name))
        elif kind.canonical:
            asked.append((~text.str.contains(f"^(?:{kind.canonical})$")).sum().alias(column.name))
    key = [name for name in item.key if name in frame.columns]
    frame.select(*asked, pl.struct(key).n_unique().alias("keys"))
