"""One table written in the ways in which offices write it: the same item, the same columns, the same rows."""

import csv
import io
from collections.abc import Callable
from random import Random

import pytest
import xlsxwriter

from ckanext.jichitai.core import examine
from ckanext.jichitai.core.check.values import Told
from ckanext.jichitai.core.definitions.load import load
from ckanext.jichitai.core.definitions.model import Item
from ckanext.jichitai.core.definitions.sample import sample

Rows = list[list[str]]
Write = Callable[[Rows, Item], bytes]
BOOK = load()
TOWN = BOOK.municipalities["131041"]
ROWS = 12


def text(rows: Rows, **how: str) -> str:
    out = io.StringIO()
    csv.writer(out, **{"lineterminator": "\r\n", **how}).writerows(rows)
    return out.getvalue()


def plain(change: Callable[[Rows, Item], Rows]) -> Write:
    return lambda rows, item: text(change(rows, item)).encode()


def heads(change: Callable[[int, str, Item], str]) -> Write:
    return plain(lambda rows, item: [[change(at, h, item) for at, h in enumerate(rows[0])], *rows[1:]])


def shuffled(rows: Rows, item: Item) -> Rows:
    order = list(range(len(rows[0])))
    Random(item.id).shuffle(order)
    return [[row[at] for at in order] for row in rows]


def beside(rows: Rows, item: Item) -> Rows:
    return [[*row, *(["更新者", "通番"] if at == 0 else ["山田", f"x{at}"])] for at, row in enumerate(rows)]


def counted(rows: Rows, item: Item) -> Rows:
    return [[str(at) if at else "No.", *row] for at, row in enumerate(rows)]


def wrapped(rows: Rows, item: Item) -> bytes:
    lines = (",".join(cell.replace(",", "、").replace('"', "") for cell in row) for row in rows)
    return "\r\n".join(f'"{line}"' for line in lines).encode()


def workbook(rows: Rows, item: Item) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.merge_range(0, 0, 0, 4, item.title.ja)
        for line, row in enumerate(rows, 2):
            for at, cell in enumerate(row):
                sheet.write_string(line, at, cell)
    return out.getvalue()


VARIANTS: dict[str, Write] = {
    "another order": plain(shuffled),
    "columns of its own": plain(beside),
    "a running number": plain(counted),
    "a blank first column": plain(lambda rows, item: [["", *row] for row in rows]),
    "prefixed": heads(lambda at, head, item: f"{item.title.ja}_{head}"),
    "English headings": heads(lambda at, head, item: item.column(head).label.en),
    "blanks round headings": heads(lambda at, head, item: f" {head}　"),
    "breaks in headings": heads(lambda at, head, item: f"{head[:2]}\n{head[2:]}"),
    "marks on headings": heads(lambda at, head, item: f"※{head}" if at % 2 else f"{head}（必須）"),
    "title rows": plain(lambda rows, item: [[item.title.ja], ["2026年4月1日現在"], [], *rows]),
    "numbers above": plain(lambda rows, item: [[str(at) for at, _ in enumerate(rows[0], 1)], *rows]),
    "must below": plain(lambda rows, item: [rows[0], ["必須"] * len(rows[0]), *rows[1:]]),
    "header again": plain(lambda rows, item: [*rows[:6], rows[0], *rows[6:]]),
    "notes below": plain(lambda rows, item: [*rows, [], ["※ 数は4月1日のものです"]]),
    "all quoted": lambda rows, item: "".join(
        ",".join('"' + cell.replace('"', '""') + '"' for cell in row) + "\r\n" for row in rows
    ).encode(),
    "lines wrapped": wrapped,
    "tabs": lambda rows, item: text(rows, delimiter="\t").encode(),
    "semicolons": lambda rows, item: text(rows, delimiter=";").encode(),
    "carriage returns": lambda rows, item: text(rows, lineterminator="\r").encode(),
    "UTF-16": lambda rows, item: text(rows, delimiter="\t").encode("utf-16"),
    "UTF-16 without a mark": lambda rows, item: text(rows, delimiter="\t").encode("utf-16-le"),
    "Shift_JIS": lambda rows, item: text(rows).encode("cp932"),
    "EUC-JP": lambda rows, item: text(rows).encode("euc_jp"),
    "ISO-2022-JP": lambda rows, item: text(rows).encode("iso2022_jp"),
    "a workbook under a merged title": workbook,
}
# Every fourth item: the ways of writing are no matter of the item.
ITEMS = list(BOOK.items)[::4]


@pytest.mark.parametrize("name", ITEMS)
@pytest.mark.parametrize("way", VARIANTS)
def test_the_same_table(way: str, name: str) -> None:
    item = BOOK.items[name]
    frame = sample(item, BOOK, TOWN, ROWS, 5)
    rows = [frame.columns, *([cell or "" for cell in row] for row in frame.rows())]
    report = examine("x.csv", VARIANTS[way](rows, item), BOOK, Told(municipality=TOWN.code)).report
    assert report.item is not None
    assert report.item.id == name
    assert {one.column for one in report.columns if one.column} == set(frame.columns)
    assert (report.rows.total, report.rows.quarantined) == (ROWS, 0)
    # What is said is about the way of writing, never about a cell.
    assert not [issue.code for issue in report.issues if issue.code.startswith(("value_", "id_", "row_rep"))]
