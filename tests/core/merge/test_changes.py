"""Events between releases: exactly what changed, and enough to rebuild the newer from the older."""

import msgspec
import pytest
from hypothesis import given, settings

from ckanext.jichitai.core.merge.changes import applied, changes
from ckanext.jichitai.core.merge.values import MOVES
from tests.core.merge.made import file, merged, row
from tests.core.merge.test_identity import PLACES, again, numbered
from tests.core.merge.test_laws import FILES, built


def kinds(before, after):
    events = changes(before.rows, after.rows, (before.outcomes, after.outcomes))
    return sorted(events.filter(events["kind"] != "file").select("kind", "cause").rows())


NEW = {"sha256": "b" * 64, "fetched": "2026-05-01"}


@pytest.mark.parametrize(
    ("why", "now", "expected"),
    [
        ("the same bytes", (PLACES, {}), []),
        ("sorted", (PLACES[::-1], NEW), []),
        ("converted", (PLACES, {**NEW, "format": "xlsx", "sheet": "Sheet1"}), []),
        ("ids filled", (numbered(PLACES), NEW), [("changed", "publisher")] * 6),
        ("one gone", (PLACES[1:], NEW), [("removed", "publisher")]),
        ("one new", ([*PLACES, row("新館", 住所="乙町9")], NEW), [("added", "publisher")]),
        ("one respelt", ([{**PLACES[0], "名称": "第一施設"}, *PLACES[1:]], NEW), [("changed", "publisher")]),
        (
            "our rules",
            ([{**PLACES[0], "台数": "5"}, *PLACES[1:]], {"definitions": "d2"}),
            [("changed", "rules")],
        ),
        ("an answer of a person", ([{**PLACES[0], "台数": "5"}, *PLACES[1:]], {}), [("changed", "mapping")]),
        ("licence closed", (PLACES, {"fate": "licence_closed"}), [("removed", "withdrawal")] * 6),
    ],
)
def test_exactly_the_expected_events(why, now, expected):
    before = merged(file(*PLACES))
    rows, facts = now
    assert kinds(before, again(before, *rows, **facts)) == expected


def test_a_link_by_another_town_is_precedence():
    before = merged(file(*PLACES[:1]))
    after = merged(file(*PLACES[:1]), file(*PLACES[:1], town="131032", resource="r2"), last=before.rows)
    assert kinds(before, after) == [("added", "publisher"), ("changed", "precedence")]


def test_a_row_that_comes_back_is_restored():
    first = merged(file(*PLACES))
    second = again(first, *PLACES[1:])
    third = again(second, *PLACES)
    gone = frozenset(first.rows["row_id"]) - frozenset(second.rows["row_id"])
    events = changes(second.rows, third.rows, removed_before=gone)
    assert events["kind"].to_list() == ["restored"]


def test_a_file_event_carries_what_moved():
    before = merged(file(*PLACES))
    after = again(before, *PLACES, sheet="名簿", **NEW)
    (event,) = changes(before.rows, after.rows, (before.outcomes, after.outcomes)).iter_rows(named=True)
    body = msgspec.json.decode(event["body"])
    assert (body["old"], body["new"], body["sheet"]) == ("a" * 64, "b" * 64, "名簿")


@settings(max_examples=80, deadline=None)
@given(FILES, FILES)
def test_the_older_table_and_the_events_give_the_newer(then, now):
    before = merged(*built(then))
    after = merged(*built(now), last=before.rows, now="2030-01-01")
    events = changes(before.rows, after.rows, (before.outcomes, after.outcomes))
    rebuilt = applied(before.rows, events)
    assert rebuilt.drop(MOVES).equals(after.rows.drop(MOVES))
