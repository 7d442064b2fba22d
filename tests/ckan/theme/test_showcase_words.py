"""What a live use makes of rows: tables that a reader could check. No database."""

import datetime as dt

import pytest

from ckanext.jichitai.core import load as load_book
from ckanext.jichitai.theme import showcase_places as places
from ckanext.jichitai.theme.showcase_asked import SHOWN, address, asked
from ckanext.jichitai.theme.showcase_hours import days, is_open
from ckanext.jichitai.theme.showcase_places import Column, Place, answer, fits
from ckanext.jichitai.theme.showcase_uses import Choice, Flag, Section, Use, Words, load, uses
from ckanext.jichitai.theme.showcase_views import distance, read

TUESDAY = dt.datetime(2026, 11, 24, 10, 30)
NIGHT = dt.datetime(2026, 11, 25, 1, 0)  # of Wednesday
WORDS = Words(ja="語", en="word")
LIFT, RAMP = (Flag(name, f"{name}Term", WORDS) for name in ("lift", "ramp"))
FLOOD = Flag("flood", "floodTerm", WORDS)
ROOM = Section("room", WORDS, flags=(LIFT, RAMP), open=True)
HILL = Section("hill", WORDS, choice=Choice("hazard", WORDS, (FLOOD,)))
USE = Use(order=1, title=WORDS, lead=WORDS, sections=(ROOM, HILL))


@pytest.mark.parametrize(
    ("value", "pair", "expected"),
    [
        ("有", places.PAIR, "yes"),
        ("無", places.PAIR, "no"),
        (None, places.PAIR, "unknown"),  # never no
        ("", places.PAIR, "unknown"),
        ("不明", places.PAIR, "unknown"),
        ("非公開", places.PAIR, "unknown"),
        ("1", ("1", ""), "yes"),
        ("", ("1", ""), "unknown"),  # a blank may also be a cell that nobody filled in
        ("0", ("1", "0"), "no"),
    ],
)
def test_a_cell(value, pair, expected):
    assert answer(value, pair) == expected


@pytest.mark.parametrize(
    ("begin", "end", "open_on", "moment", "days_matter", "expected"),
    [
        ("09:00", "17:00", "", TUESDAY, False, "yes"),
        ("11:00", "17:00", "", TUESDAY, False, "no"),
        ("09:00", "10:30", "", TUESDAY, False, "no"),  # closes at that minute
        ("10:30", "17:00", "", TUESDAY, False, "yes"),
        ("00:00", "24:00", "", TUESDAY, False, "yes"),
        ("00:00", "00:00", "", TUESDAY, False, "yes"),  # round the clock
        ("", "", "", TUESDAY, False, "unknown"),
        ("09:00", "", "", TUESDAY, False, "unknown"),
        ("", "17:00", "", TUESDAY, False, "unknown"),
        ("日没", "17:00", "", TUESDAY, False, "unknown"),
        ("09:00", "17:00", "", TUESDAY, True, "unknown"),  # days are a column, and blank
        ("09:00", "17:00", "月火水木金", TUESDAY, True, "yes"),
        ("09:00", "17:00", "土日祝", TUESDAY, True, "no"),
        ("11:00", "17:00", "", TUESDAY, True, "no"),  # whatever the days are
        ("", "", "土日", TUESDAY, True, "no"),  # a day of rest is certain without hours
        ("", "", "月火", TUESDAY, True, "unknown"),
        ("18:00", "02:00", "火", NIGHT, True, "yes"),  # Tuesday's evening goes on
        ("18:00", "02:00", "水", NIGHT, True, "no"),
        ("", "", "火", NIGHT, True, "unknown"),
    ],
)
def test_open(begin, end, open_on, moment, days_matter, expected):
    assert is_open(begin, end, open_on, moment, days_matter) == expected


def made(**cells):
    known = {
        "name": Column("N", WORDS),
        "liftTerm": Column("L", WORDS, answers=True),
        "rampTerm": Column("R", WORDS, answers=True),
        "startTime": Column("S", WORDS),
        "endTime": Column("E", WORDS),
    }
    row = {"row_id": "1", "src_municipality": "町", "src_municipality_code": "1", **cells}
    return places.place(row, ROOM, known, TUESDAY)


@pytest.mark.parametrize(
    ("cells", "names", "open_now", "expected"),
    [
        ({"L": "有"}, ("lift",), False, "yes"),
        ({"L": "無"}, ("lift",), False, "no"),
        ({"L": None}, ("lift",), False, "unknown"),
        ({"L": "有", "R": None}, ("lift", "ramp"), False, "unknown"),
        ({"L": "無", "R": None}, ("lift", "ramp"), False, "no"),
        ({"L": None}, (), False, "yes"),  # nothing is asked
        ({"L": "有", "S": "09:00", "E": "17:00"}, ("lift",), True, "yes"),
        ({"L": "有", "S": None, "E": "17:00"}, ("lift",), True, "unknown"),
        ({"L": "有", "S": "12:00", "E": "17:00"}, ("lift",), True, "no"),
    ],
)
def test_what_fits(cells, names, open_now, expected):
    assert fits(made(**cells), names, open_now) == expected


def test_a_place_with_nothing_but_a_name():
    place = made(N="中央公園")
    assert isinstance(place, Place)
    assert (place.name, place.hours, place.flags) == ("中央公園", "", {"lift": "unknown", "ramp": "unknown"})
    assert made(S="09:00").hours == "09:00–？"


@pytest.mark.parametrize(
    ("said", "field", "expected"),
    [
        ({"lat": "35.7", "lon": "139.7"}, "point", (35.7, 139.7)),
        ({"lat": "139.7", "lon": "35.7"}, "point", None),  # the other way round
        ({"lat": "139.7", "lon": "35.7"}, "wrong", True),
        ({"lat": "nan", "lon": "1"}, "wrong", True),
        ({"lat": "35.7"}, "wrong", True),
        ({}, "wrong", False),
        ({"lift": "1", "unheard": "1"}, "flags", ("lift",)),
        ({"hazard": "flood"}, "choice", "flood"),
        ({"kind": "hill"}, "section", 1),
        ({"kind": "sea"}, "section", 0),
        ({"shown": "40"}, "shown", 40),
        ({"shown": "-1"}, "shown", SHOWN),
        ({"shown": "99999"}, "shown", 1000),
        ({"label": "easy"}, "label", "easy"),
        ({"label": "fr"}, "label", "ja"),
        ({"whole": "1"}, "whole", False),  # this use has no list to print
    ],
)
def test_what_is_asked(said, field, expected):
    assert getattr(asked(USE, said, "ja"), field) == expected


def test_each_section_answers_its_own_flags():
    wants = asked(USE, {"lift": "1", "hazard": "flood"}, "ja")
    assert (wants.of(ROOM), wants.of(HILL)) == (("lift",), ("flood",))
    assert asked(USE, {"hazard": "hail"}, "ja").of(HILL) == ()


def test_small_words():
    assert [distance(metres) for metres in (0, 87.4, 999.4, 1000, 12345)] == [
        "0 m",
        "87 m",
        "999 m",
        "1.0 km",
        "12.3 km",
    ]
    assert (days("土祝", "en"), days("土祝", "ja")) == ("Sat, holidays", "土祝")
    assert address("/x", {"q": "a", "m": "b"}, m="", shown="40") == "/x?q=a&shown=40"
    plain = Words(ja="場所", en="place", easy="場所（ばしょ）<b>")
    assert str(read(plain, "easy")) == "<ruby>場所<rp>（</rp><rt>ばしょ</rt><rp>）</rp></ruby>&lt;b&gt;"
    assert (read(plain, "en"), read(WORDS, "easy")) == ("place", "語")


@pytest.mark.parametrize("use", uses().values(), ids=lambda use: use.name)
def test_a_use_names_what_there_is(use):
    book = load_book()
    for section in use.sections:
        kinds = {column.term: column.type for column in book.items[section.item].columns}
        assert book.items[section.item].position
        assert {flag.term: kinds.get(flag.term) for flag in places.flags(section)} == {
            flag.term: "yes_no" for flag in places.flags(section)
        }
        assert {fact.term for fact in section.facts} <= set(kinds)
        assert not section.open or places.BEGIN in kinds or places.DAYS in kinds, section.item
        if use.labels:
            assert all(fact.words and fact.words.easy for fact in section.facts)


def test_a_new_use_is_a_file(tmp_path):
    (tmp_path / "hill.yaml").write_text(
        "order: 1\ntitle: {ja: 丘, en: Hill}\nlead: {ja: 丘, en: Hill}\nsections: [{item: hill, words: {ja: 丘, en: Hill}}]\n",
        encoding="utf-8",
    )
    assert load(tmp_path)["hill"].sections[0].item == "hill"
