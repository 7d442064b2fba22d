"""A row of a merged table as a place that a page can show. A blank is unknown, never no."""

import datetime as dt
from typing import Any

import msgspec

from .showcase_hours import Answer, is_open
from .showcase_uses import Flag, Section, Words

# Terms that every place is shown by.
NAME, KANA, ENGLISH, ADDRESS = "name", "nameKana", "nameEn", "fullAddress"
BEGIN, END, DAYS, REMARKS = "startTime", "endTime", "availableDays", "dateTimeRemarks"
LATITUDE, LONGITUDE = "latitude", "longitude"
TERMS = (NAME, KANA, ENGLISH, ADDRESS, BEGIN, END, DAYS, REMARKS, LATITUDE, LONGITUDE)
ROW = ("row_stale", "src_fetched", "src_dataset", "src_resource", "src_licence")
PAIR = ("有", "無")  # what the value type yes_no writes where a column has no pair of its own


class Column(msgspec.Struct, frozen=True):
    """A column of the item's definition: its name in the rows, its labels, its pair of words, whether it answers yes or no."""

    name: str
    words: Words
    pair: tuple[str, str] = PAIR
    answers: bool = False


Columns = dict[str, Column]


class Place(msgspec.Struct, frozen=True):
    """distance: metres, None where no point was asked for. flags: name → yes, no, unknown.

    facts: (what, value, yes, no or unknown where the column answers that), filled ones only. hours: "09:00–17:00", "" where neither end is known.
    """

    row: str
    name: str
    kana: str
    english: str
    address: str
    town: str
    town_code: str
    distance: float | None
    flags: dict[str, Answer]
    open: Answer
    hours: str
    days: str
    remarks: str
    facts: list[tuple[Words, str, str]]
    stale: bool
    fetched: str
    dataset: str
    resource: str
    licence: str


def columns(definition: dict[str, Any]) -> Columns:
    """Columns of an item (what jichitai_item_show says) by term."""
    return {
        column["term"]: Column(
            column["name"],
            Words(ja=column["label"].get("ja") or column["name"], en=column["label"]["en"]),
            tuple(column["pair"]) if column.get("pair") else PAIR,
            column["type"] == "yes_no",
        )
        for column in definition["columns"]
    }


def wanted(section: Section, known: Columns) -> list[str]:
    """Names of the columns that a page of this section needs."""
    terms = [*TERMS, *(flag.term for flag in flags(section)), *(fact.term for fact in section.facts)]
    return [*dict.fromkeys(known[term].name for term in terms if term in known), *ROW]


def flags(section: Section) -> tuple[Flag, ...]:
    """All yes_no columns of a section."""
    return (*section.flags, *(section.choice.of if section.choice else ()))


def answer(value: str | None, pair: tuple[str, str] = PAIR) -> Answer:
    """A cell of a yes_no column. A blank is unknown, also where the table's "no" is a blank: few towns mean it."""
    if value and value == pair[0]:
        return "yes"
    return "no" if value and value == pair[1] else "unknown"


def place(row: dict[str, Any], section: Section, known: Columns, moment: dt.datetime) -> Place:
    """The place of one row. moment: in the time of the place."""

    def cell(term: str) -> str:
        column = known.get(term)
        return (row.get(column.name) or "") if column else ""

    begin, end, days = cell(BEGIN), cell(END), cell(DAYS)
    return Place(
        row=row["row_id"],
        name=cell(NAME),
        kana=cell(KANA),
        english=cell(ENGLISH),
        address=cell(ADDRESS),
        town=row["src_municipality"] or "",
        town_code=row["src_municipality_code"] or "",
        distance=row.get("distance_m"),
        flags={
            flag.name: answer(cell(flag.term), known[flag.term].pair)
            for flag in flags(section)
            if flag.term in known
        },
        open=is_open(begin, end, days, moment, DAYS in known),
        hours=f"{begin or '？'}–{end or '？'}" if begin or end else "",
        days=days,
        remarks=cell(REMARKS),
        facts=[
            (fact.words or column.words, value, answer(value, column.pair) if column.answers else "")
            for fact in section.facts
            if (column := known.get(fact.term)) and (value := cell(fact.term))
        ],
        stale=bool(row.get("row_stale")),
        fetched=row.get("src_fetched") or "",
        dataset=row.get("src_dataset") or "",
        resource=row.get("src_resource") or "",
        licence=row.get("src_licence") or "",
    )


def fits(one: Place, names: tuple[str, ...], open_now: bool) -> Answer:
    """Whether a place has all that is asked for: no where one thing is lacking, unknown where one is not told."""
    answers = [one.flags.get(name, "unknown") for name in names] + ([one.open] if open_now else [])
    if "no" in answers:
        return "no"
    return "unknown" if "unknown" in answers else "yes"
