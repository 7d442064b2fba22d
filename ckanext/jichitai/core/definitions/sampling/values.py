"""What stands in one made-up cell: by the column's term where the row decides, else by its type.

Numbers of institutions, phones and addresses lead nowhere: phones are of an exchange that is not
given out, mail and web addresses of the reserved domain `example`.
"""

from collections.abc import Callable
from random import Random

import msgspec

from ...types.base import ValueType
from ..model import Column, Municipality, WordList

DIGITS = "一二三四五六七八九"
START, END = 8, 17  # hours around which things open and close
FIRST_YEAR, YEARS = 2016, 9


class Row(msgspec.Struct):
    """What a made-up row is about. number: from 1. cells: by term, as far as they are made."""

    municipality: Municipality
    number: int
    random: Random
    latitude: str
    longitude: str
    late: frozenset[str]
    cells: dict[str, str | None]


def value(column: Column, kind: ValueType, words: WordList | None, row: Row) -> str | None:
    """The cell; None where the column leaves nothing to say."""
    if column.term in BY_TERM:
        return BY_TERM[column.term](column, row)
    if words is not None:
        return _word(column, words, row)
    if kind.name in BY_TYPE:
        return BY_TYPE[kind.name](column, row)
    return _known(kind, row.random)


def _word(column: Column, words: WordList, row: Row) -> str | None:
    """A word of the list; two of them where the column takes several."""
    if column.pair is not None:
        return (column.pair[0] if row.number == 1 else row.random.choice(column.pair)) or None
    random, known = row.random, list(words.words)
    if column.type == "yes_no" or column.of == "yes_no":
        known = known[:2]  # unknown and not disclosed are words of the list, but rare ones
    if column.type == "list" and len(known) > 1 and random.random() < 0.3:
        return ";".join(sorted(random.sample(known, 2), key=known.index))
    return random.choice(known)


def _known(kind: ValueType, random: Random) -> str | None:
    """One of the canonical examples that the type itself brings."""
    texts = [
        text for text, reading in kind.examples.items() if reading.how == "kept" and reading.value == text
    ]
    return random.choice(texts) if texts else None


def _numbered(column: Column, row: Row) -> str:
    """The column's example made this row's own: the example itself would look like a forgotten one."""
    return f"{column.example or column.name}（{row.number}）"


def _name(column: Column, row: Row) -> str:
    return f"{row.municipality.name}{column.example or column.name}{row.number}"


def _kana(column: Column, row: Row) -> str:
    return f"{row.municipality.kana}{column.example or ''}{row.number}"


def _english(column: Column, row: Row) -> str:
    return f"{row.municipality.name_en} {column.example or column.label.en} {row.number}"


def _town(column: Column, row: Row) -> str:
    stem = (column.example or row.municipality.name).rstrip(f"{DIGITS}丁目")
    return f"{stem}{DIGITS[row.number % len(DIGITS)]}丁目"


def _block(column: Column, row: Row) -> str:
    return f"{row.number % 30 + 1}-{row.number // 30 + 1}"


def _address(column: Column, row: Row) -> str:
    own = row.municipality
    return f"{own.prefecture}{own.name}{DIGITS[row.number % len(DIGITS)]}番町{_block(column, row)}"


def _school_code(column: Column, row: Row) -> str:
    """Kind and founder as in the row's own columns; the check character is not judged."""
    kind, founder = row.cells.get("schoolType") or "B1", row.cells.get("establishmentType") or "2"
    return f"{kind}{row.municipality.code[:2]}{founder}{row.municipality.code[2:5]}{row.number:04d}0"


def _url(column: Column, row: Row) -> str:
    return f"https://{row.municipality.slug}.example.jp/{column.term}/{row.number}"


def _email(column: Column, row: Row) -> str:
    return f"{column.term.lower()}@{row.municipality.slug}.example.jp"


def _integer(column: Column, row: Row) -> str:
    low = int(column.minimum or 0)
    high = int(column.maximum) if column.maximum else low + 40
    return str(row.random.randint(low, high))


def _decimal(column: Column, row: Row) -> str:
    low = float(column.minimum or 1)
    high = float(column.maximum) if column.maximum else low + 20
    return f"{row.random.uniform(low, high):.1f}"


def _time(column: Column, row: Row) -> str:
    hour = (END if column.name in row.late else START) + row.random.randrange(4)
    return f"{hour:02d}:{row.random.choice(('00', '30'))}"


def _date(column: Column, row: Row) -> str:
    year = FIRST_YEAR + row.random.randrange(YEARS) + (YEARS if column.name in row.late else 0)
    return f"{year}-{row.random.randint(1, 12):02d}-{row.random.randint(1, 28):02d}"


Maker = Callable[[Column, Row], str | None]

BY_TERM: dict[str, Maker] = {
    "localGovernmentCode": lambda column, row: row.municipality.code,
    "locatedLocalGovernmentCode": lambda column, row: row.municipality.code,
    "cityCode": lambda column, row: row.municipality.code,
    "prefectureNumber": lambda column, row: row.municipality.code[:2],
    "localGovernmentName": lambda column, row: row.municipality.prefecture + row.municipality.name,
    "prefecture": lambda column, row: row.municipality.prefecture,
    "city": lambda column, row: row.municipality.name,
    "streetAddress": _town,
    "cityBlock": _block,
    "fullAddress": _address,
    "latitude": lambda column, row: row.latitude,
    "longitude": lambda column, row: row.longitude,
    "name": _name,
    "nameKana": _kana,
    "nameEn": _english,
    "schoolCode": _school_code,
    "mainSchoolCode": lambda column, row: None,
    "mainSchoolName": lambda column, row: None,
    "successorSchoolCode": lambda column, row: None,
}

BY_TYPE: dict[str, Maker] = {
    "text": _numbered,
    "id": lambda column, row: f"{column.term[:2].upper()}{row.number:06d}",
    "kana": _kana,
    "integer": _integer,
    "decimal": _decimal,
    "money": lambda column, row: str(100 * row.random.randint(1, 20)),
    "time": _time,
    "date": _date,
    "url": _url,
    "email": _email,
    "phone": lambda column, row: f"03-9999-{row.number % 10000:04d}",
    "town_id": lambda column, row: f"{row.number % 90 + 1:04d}000",
    "area_code": lambda column, row: row.municipality.code,
}
