"""Which record is the header: the labels, what stands above them, and rows right below that are no data.

Among the first 30 records the one with most known labels, distinct, followed by rows of another kind.
"""

import re
from collections.abc import Sequence

import msgspec

from ..fold import fold_label

REACH = 30
SURE = 9.0
Row = Sequence[str | None]

NUMBER = re.compile(r"[-+−]?[0-9０-９][0-9０-９,.:/\-－−年月日時分 ]*")
# Some copies carry the service's own remarks behind the key: "#property<-- ...".
PROPERTY = re.compile(r"#property(?![A-Za-z_])")
ADDRESS = re.compile(r"https?://\S+")
# Marks of how much a column is wanted, in a row of their own below the labels.
WANTED = re.compile(
    r"[◎○〇◯●△▲×－ー―\-※* ]+|必須|任意|推奨|必須項目|任意項目|推奨項目|必須でない|半角|全角|文字列|数値|日付|整数|string|date|integer|number"
)


class Head(msgspec.Struct, frozen=True):
    """Where the header is.

    at: index of its (first) record, None if no row looks like labels. labels: one per cell.
    width: cells of the header record. first: index of the first data record. double: whether two records
    were joined. dropped: indexes of rows below it that are no data. linkdata: licence and other facts.
    """

    at: int | None
    labels: tuple[str, ...]
    width: int
    first: int
    double: bool = False
    dropped: tuple[int, ...] = ()
    linkdata: bool = False


def find_head(rows: Sequence[Row], known: frozenset[str]) -> Head:
    """Find the header among the first records. Total: without one, every record is data."""
    width = max((len(row) for row in rows), default=0)
    if (linkdata := _linkdata(rows)) is not None:
        return linkdata
    typical = sorted(_filled(row) for row in rows)[len(rows) // 2] if rows else 0
    best, at = 0.0, None
    for index, row in enumerate(rows[:REACH]):
        if index == 0 and _is_sure(row, known, width):
            best, at = SURE, 0
            break
        score = _score(row, rows[index + 1 : index + 12], known, typical)
        # Between equals the upper one is the header; a row of names below it must be clearly better.
        if score > best + (0.35 if at is not None else 0.0):
            best, at = score, index
    if at is None:
        return Head(None, ("",) * width, width, 0)
    labels = [_clean(cell) for cell in rows[at]]
    first, double = at + 1, False
    if (joined := _double(rows, at, known)) is not None:
        labels, first, double = joined, at + 2, True
    dropped: list[int] = []
    while first < len(rows) and first < at + 6 and _is_no_data(rows[first], rows[first + 1 :], labels, known):
        dropped.append(first)
        first += 1
    return Head(at, tuple(labels), len(labels), first, double, tuple(dropped))


def _is_sure(row: Row, known: frozenset[str], width: int) -> bool:
    """Whether the first record is a full row of known labels, so that no other need be looked at."""
    texts = [cell for cell in row if cell]
    if len(texts) < 4 or len(texts) * 10 < width * 9 or len(set(texts)) < len(texts) - 2:
        return False
    return sum(fold_label(text) in known for text in texts) * 10 >= len(texts) * 8


def _clean(cell: str | None) -> str:
    return (cell or "").strip()


def _filled(row: Row) -> int:
    return sum(1 for cell in row if cell and not cell.isspace())


def is_value(cell: str) -> bool:
    """Whether a text is rather a datum than a label: a number, a date, a long text, a web address.

    Addresses of a vocabulary (last part a word) are labels of published tables.
    """
    text = cell.strip()
    if NUMBER.fullmatch(text):
        return True
    if ADDRESS.match(text):
        return not re.search(r"(?:schema\.org|w3\.org|rdf|imi|purl|#)", text)
    return len(text) > 80


def known_labels(row: Row, known: frozenset[str]) -> int:
    """How many cells are known labels, whole or behind a prefix."""
    return sum(1 for cell in row if cell and is_known(cell, known))


def is_known(cell: str, known: frozenset[str]) -> bool:
    """Whether a label, or what stands behind its first parts, is known."""
    if fold_label(cell) in known:
        return True
    text = cell.strip()
    if ADDRESS.match(text):
        return fold_label(re.split(r"[/#]", text.rstrip("/"))[-1]) in known
    _, _, rest = text.replace("＿", "_").partition("_")
    return bool(rest) and fold_label(rest) in known


def _score(row: Row, below: Sequence[Row], known: frozenset[str], typical: int) -> float:
    """0 for a row that cannot be a header, about 1 for a fair one, up to 3 for one of known labels."""
    texts = [cell.strip() for cell in row if cell and not cell.isspace()]
    if not texts or (len(texts) < 2 and typical > 1):
        return 0.0
    matched = known_labels(row, known)
    values = sum(is_value(text) for text in texts)
    if values * 3 > len(texts) and matched * 2 < len(texts):
        return 0.0
    if len(texts) * 2 < typical and matched < 3:
        return 0.0
    share = matched / len(texts)
    distinct = len(set(texts)) / len(texts)
    full = min(1.0, len(texts) / max(1, typical))
    return (
        share
        + min(matched, 8) / 8
        + 0.6 * distinct * full * (1 - values / len(texts))
        + 0.4 * _other_kind(row, below)
    )


def _other_kind(row: Row, below: Sequence[Row]) -> float:
    """Share of columns in which the rows below hold another kind of text than this row."""
    if not below:
        return 0.0
    other = seen = 0
    for at, cell in enumerate(row):
        if not cell:
            continue
        values = [text for below_row in below if at < len(below_row) and (text := below_row[at])]
        if not values:
            continue
        seen += 1
        kinds = sum(is_value(text) for text in values) * 2 > len(values)
        # Data repeat (a city's name in every row) or are of another length than their label.
        other += kinds != is_value(cell) or len(set(values)) < len(values) or _length(values) > 2 * len(cell)
        other -= cell in values
    return max(0.0, other / seen) if seen else 0.0


def _length(values: Sequence[str]) -> float:
    return sum(len(value) for value in values) / len(values)


def _double(rows: Sequence[Row], at: int, known: frozenset[str]) -> list[str] | None:
    """Labels of a header of two records joined as group_child, or None.

    The upper record names groups: its cell stands once and the next ones are blank, while the lower
    record names what is in the group.
    """
    if at + 1 >= len(rows):
        return None
    upper, lower = list(rows[at]), list(rows[at + 1])
    width = max(len(upper), len(lower))
    upper += [None] * (width - len(upper))
    lower += [None] * (width - len(lower))
    texts = [cell for cell in lower if cell]
    gaps = [place for place in range(width) if not upper[place] and lower[place]]
    # A group's own cell stands left of the cells that it spreads over.
    if any(place == 0 or not lower[place - 1] for place in gaps):
        return None
    if not gaps or not texts or any(is_value(text) for text in texts):
        return None
    below = [row for row in rows[at + 2 : at + 12] if _filled(row)]
    if not below or (len(set(texts)) * 3 < len(texts) * 2 and len(texts) > 6):
        return None
    singles = sum(1 for place in range(width) if upper[place] and lower[place])
    alone = sum(1 for place in range(width) if upper[place] and not lower[place])
    if alone + len(gaps) < 3 or (singles > len(gaps) + 2 and known_labels(lower, known) * 2 < len(texts)):
        return None
    # Data below a header fill their columns as later rows do; a second header row does not.
    like = [sum(1 for place in gaps if place < len(row) and row[place]) for row in below]
    if any(text in {cell for row in below for cell in row if cell} for text in texts):
        return None
    if max(like, default=0) == 0:
        return None
    labels: list[str] = []
    group = ""
    for place in range(width):
        group = _clean(upper[place]) or (group if lower[place] else "")
        child = _clean(lower[place])
        labels.append(f"{group}_{child}" if group and child and group != child else group or child)
    return labels


def _is_no_data(row: Row, below: Sequence[Row], labels: Sequence[str], known: frozenset[str]) -> bool:
    """A row of ◎ and ○, of 必須, of physical or English names, or the header once more."""
    texts = [cell.strip() for cell in row if cell and not cell.isspace()]
    if not texts:
        return False
    same = sum(1 for cell, label in zip(row, labels, strict=False) if cell and _clean(cell) == label)
    if same * 10 >= len(texts) * 8:
        return True
    if len(texts) * 3 >= len([label for label in labels if label]) and all(
        WANTED.fullmatch(text) for text in texts
    ):
        # Where later rows look the same these are data (○ and × in every cell).
        return not any(
            all(WANTED.fullmatch(c.strip()) for c in other if c) and _filled(other) for other in below[:5]
        )
    return len(texts) >= 3 and known_labels(row, known) * 10 >= len(texts) * 7


def _linkdata(rows: Sequence[Row]) -> Head | None:
    """A table of the LinkData service: facts in rows that begin with #, `#property` names the columns."""
    at = next(
        (index for index, row in enumerate(rows[:REACH]) if row and PROPERTY.match(_clean(row[0]))), None
    )
    if at is None:
        return None
    first = at + 1
    while first < len(rows) and rows[first] and _clean(rows[first][0]).startswith("#"):
        first += 1
    labels = [_clean(cell) for cell in rows[at]]
    while labels and not labels[-1]:
        labels.pop()
    return Head(at, tuple(labels), len(labels), first, False, tuple(range(at + 1, first)), linkdata=True)
