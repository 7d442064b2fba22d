"""Real files laid over the demonstration: each under the municipality of its row in the inventory.

The folder holds inventory.csv (file, item_number, item_ja, municipality_code, path_in_repo). A file whose
municipality is not one of ours is dealt out to those that lack its item, in turn.
"""

import csv
import datetime as dt
import itertools
from pathlib import Path, PurePosixPath

import msgspec

from ckanext.jichitai.core.definitions.model import RuleBook

from .world import LICENCES, NEWEST, Dataset, File, Publisher, identifier


def lay_over(publishers: list[Publisher], book: RuleBook, folder: Path) -> list[Publisher]:
    """The publishers with the folder's files added, each file a dataset.

    Raises FileNotFoundError when the folder has no inventory.csv.
    """
    inventory = folder / "inventory.csv"
    if not inventory.is_file():
        raise FileNotFoundError(f"{inventory}: DEMO_FILES wants a folder with an inventory.csv")
    with inventory.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    numbers = {item.number: item.id for item in book.items.values()}
    towns = {
        publisher.municipality.code: publisher for publisher in publishers if publisher.municipality.matrix
    }
    turns: dict[str | None, itertools.cycle[str]] = {}
    added: dict[str, list[Dataset]] = {code: [] for code in towns}
    for row in rows:
        number = row["item_number"].strip()
        item = numbers.get(int(number)) if number else None
        code = row["municipality_code"]
        if code not in towns:
            turn = turns.setdefault(item, itertools.cycle(_lacking(towns, item)))
            code = next(turn)
        added[code].append(_dataset(row, code, item, folder))
    return [
        msgspec.structs.replace(
            publisher, datasets=(*publisher.datasets, *added.get(publisher.municipality.code, ()))
        )
        for publisher in publishers
    ]


def _lacking(towns: dict[str, Publisher], item: str | None) -> list[str]:
    lacking = [
        code
        for code, publisher in towns.items()
        if item is None or item not in {dataset.item for dataset in publisher.datasets}
    ]
    return lacking or list(towns)


def _dataset(row: dict[str, str], code: str, item: str | None, folder: Path) -> Dataset:
    name = PurePosixPath(row["path_in_repo"]).name
    key = identifier(code, "real", row["file"])
    title = row["item_ja"] if item else PurePosixPath(name).stem
    day = (NEWEST - dt.timedelta(days=int(key[:4], 16) % 700)).isoformat()
    ending = PurePosixPath(name).suffix.removeprefix(".")
    file = File(
        id=identifier(key, name),
        name=name,
        title=PurePosixPath(name).stem,
        format=ending.upper(),
        item=item,
        rows=0,
        seed=0,
        path=str((folder / row["file"]).resolve()),
    )
    return Dataset(
        id=key,
        name=f"real-{key[:13]}",
        title=title,
        notes="",
        licence=LICENCES[0],
        frequency="",
        issued=day,
        modified=day,
        files=(file,),
        item=item,
    )
