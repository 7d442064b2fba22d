"""Who publishes what: the 63 bodies, how each publishes, and which datasets each has.

Made from the rule book with a fixed seed. Every item occurs; not every municipality has every item.
"""

import datetime as dt
import random
from typing import Literal
from uuid import NAMESPACE_URL, uuid5

import msgspec

from ckanext.jichitai.core import load
from ckanext.jichitai.core.definitions.model import Item, Municipality, RuleBook

SEED = 20261124
Manner = Literal["portal", "ckan", "dcat", "list"]

# How many of the 62 publish how; the rest, and Tokyo's bureaus, are organizations of the shared portal.
OWN = {"ckan": 7, "dcat": 6, "list": 4}
# Share of municipalities that have an item, from the most to the least usual one.
SHARE = (0.75, 0.2)
# Days of the last change, back from this one, of files and datasets.
NEWEST = dt.date(2026, 11, 20)

LICENCES = (
    (
        "CC-BY-4.0",
        "クリエイティブ・コモンズ 表示（CC BY）",
        "https://creativecommons.org/licenses/by/4.0/deed.ja",
    ),
    (
        "CC-BY-2.1-JP",
        "クリエイティブ・コモンズ 表示 2.1 日本",
        "https://creativecommons.org/licenses/by/2.1/jp/",
    ),
    ("CC0-1.0", "CC0 1.0 全世界", "https://creativecommons.org/publicdomain/zero/1.0/deed.ja"),
)
FREQUENCIES = ("年1回", "随時", "毎月", "更新なし", "月1回", "四半期ごと", "1年に1回程度", "不定期")


class File(msgspec.Struct, frozen=True):
    """A file of a dataset: what to make it from, or where a real one stands.

    item None: no item. rows: how many to make. path: a real file to serve as it is.
    """

    id: str
    name: str
    title: str
    format: str
    item: str | None
    rows: int
    seed: int
    path: str | None = None


class Dataset(msgspec.Struct, frozen=True):
    """A dataset as a catalog lists it; dates are ISO days."""

    id: str
    name: str
    title: str
    notes: str
    licence: tuple[str, str, str]
    frequency: str
    issued: str
    modified: str
    files: tuple[File, ...]
    tags: tuple[str, ...] = ()
    item: str | None = None


class Publisher(msgspec.Struct, frozen=True):
    """A body: municipality, how it publishes, at which port (counted from the first), and its datasets."""

    municipality: Municipality
    manner: Manner
    port: int
    datasets: tuple[Dataset, ...]


def world(book: RuleBook | None = None) -> list[Publisher]:
    """All 63 publishers, in order of municipality code; Tokyo's own is the last port."""
    book = book or load()
    towns = sorted(book.municipalities.values(), key=lambda town: (not town.matrix, town.code))
    manners = _manners([town.code for town in towns if town.matrix])
    publishers = []
    for number, town in enumerate(towns):
        manner = manners.get(town.code, "portal")
        port = 0 if manner == "portal" else number
        publishers.append(Publisher(town, manner, port, tuple(_datasets(book, town))))
    return publishers


def identifier(*parts: str) -> str:
    """A UUID for a name, always the same."""
    return str(uuid5(NAMESPACE_URL, "/".join(("demo", *parts))))


def _manners(codes: list[str]) -> dict[str, Manner]:
    chosen = random.Random(SEED).sample(codes[1:], sum(OWN.values()))
    kinds = [kind for kind, count in OWN.items() for _ in range(count)]
    return dict(zip(chosen, kinds, strict=True))


def _datasets(book: RuleBook, town: Municipality) -> list[Dataset]:
    dice = random.Random(f"{SEED}/{town.code}")
    items = sorted(book.items.values(), key=lambda item: item.number)
    found = [_of_item(town, item, dice) for item in items if dice.random() < _share(item, items)]
    # The first town has everything, so that each item occurs whatever the dice say.
    if town.code == min(book.municipalities):
        have = {dataset.item for dataset in found}
        found += [_of_item(town, item, dice) for item in items if item.id not in have]
    return found + _others(town, dice)


def _share(item: Item, items: list[Item]) -> float:
    """Usual items first: their share falls evenly with their number."""
    most, least = SHARE
    return most - (most - least) * items.index(item) / max(1, len(items) - 1)


def _of_item(town: Municipality, item: Item, dice: random.Random) -> Dataset:
    modified = NEWEST - dt.timedelta(days=int(dice.expovariate(1 / 250)))
    form = dice.choices(("csv", "xlsx"), (73, 27))[0]
    names = (*(f"{pattern.format(code=town.code).removesuffix('.csv')}" for pattern in item.files), item.id)
    stem = dice.choice(names) if dice.random() < 0.6 else f"{item.short.ja}_{modified:%Y%m%d}"
    rows = min(300, max(3, int(dice.lognormvariate(4.0, 0.7))))
    title = dice.choice((item.title.ja, f"{town.name}{item.title.ja}", f"【{town.name}】{item.title.ja}"))
    key = identifier(town.code, item.id)
    number = item.number
    file = File(
        id=identifier(town.code, item.id, form),
        name=f"{stem}.{form}",
        title=item.title.ja,
        format=dice.choices((form.upper(), form, ""), (80, 15, 5))[0],
        item=item.id,
        rows=rows,
        seed=dice.randrange(2**32),
    )
    return Dataset(
        id=key,
        name=f"t{town.code}d{number:010d}",
        title=title,
        notes=f"{town.name}の{item.title.ja}です。",
        licence=dice.choices(LICENCES, (85, 10, 5))[0],
        frequency=dice.choice(FREQUENCIES),
        issued=(modified - dt.timedelta(days=dice.randrange(30, 900))).isoformat(),
        modified=modified.isoformat(),
        files=(file,),
        tags=("自治体標準オープンデータセット",) if dice.random() < 0.5 else (),
        item=item.id,
    )


# Datasets that are none of the 27: they must be left in peace.
OTHERS = (
    ("町丁別世帯数の推移", "households", "csv"),
    ("図書館の貸出冊数", "lending", "csv"),
    ("都市計画マスタープラン", "plan", "pdf"),
    ("ふるさと納税の寄附件数", "donations", "csv"),
)


def _others(town: Municipality, dice: random.Random) -> list[Dataset]:
    chosen = dice.sample(range(len(OTHERS)), dice.choice((1, 1, 2)))
    found = []
    for index in chosen:
        title, stem, form = OTHERS[index]
        modified = NEWEST - dt.timedelta(days=dice.randrange(1000))
        file = File(
            id=identifier(town.code, stem, form),
            name=f"{stem}.{form}",
            title=title,
            format=form.upper(),
            item=None,
            rows=dice.randrange(5, 40),
            seed=dice.randrange(2**32),
        )
        found.append(
            Dataset(
                id=identifier(town.code, stem),
                name=f"t{town.code}d{900 + index:010d}",
                title=f"{town.name} {title}",
                notes=f"{title}を公開しています。",
                licence=LICENCES[0],
                frequency=dice.choice(FREQUENCIES),
                issued=modified.isoformat(),
                modified=modified.isoformat(),
                files=(file,),
            )
        )
    return found
