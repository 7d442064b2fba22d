"""Rules of the guard, each at its border: what is held, and what need not wait."""

import msgspec
import pytest

from ckanext.jichitai.core.catalog.guard import guard, mark, missing
from ckanext.jichitai.core.catalog.plan import plan
from ckanext.jichitai.core.catalog.planned import History
from ckanext.jichitai.core.catalog.values import Expect, Refusal
from tests.core.catalog.ledger import LATER, NOW, SOURCE, applied, listing, record


def many(count, start=0, **more):
    return [record(str(number), **more) for number in range(start, start + count)]


def ledger(records):
    return applied([], plan([], listing(*records), SOURCE, NOW))


def guarded(before, after, history=None, source=SOURCE, **more):
    rows = ledger(before)
    return guard(
        plan(rows, listing(*after, **more), source, LATER), source, history or History(peak=len(before))
    )


@pytest.mark.parametrize(
    ("had", "has", "holds"),
    [
        (1, 0, ("empty", "shrunk")),
        (100, 0, ("empty", "shrunk")),
        (3, 1, ("shrunk",)),  # 2 of 3 is more than half
        (4, 2, ()),
        (5, 3, ()),
        (5, 2, ("shrunk",)),
        (100, 90, ()),
        (100, 89, ("shrunk",)),
        (1000, 950, ()),
        (1000, 949, ("shrunk",)),
    ],
)
def test_losing(had, has, holds):
    made = guarded(many(had), many(has))
    assert made.holds == holds
    held = [entry for entry in made.entries if entry.held]
    assert len(held) == (had - has if holds else 0)
    assert all(entry.action == "withdraw" and entry.misses == 1 for entry in held)


def test_a_slow_leak_adds_up():
    rows, seen = ledger(many(100)), []
    for run, left in enumerate((96, 92, 88)):
        made = plan(rows, listing(*many(left)), SOURCE, f"2026-12-0{run + 1}T00:00:00+00:00")
        history = History(peak=100, withdrawn=sum(row.state == "withdrawn" for row in rows))
        made = guard(made, SOURCE, history)
        seen.append((missing(made, history), made.holds))
        rows = applied(rows, made)
    assert seen == [(4, ()), (8, ()), (12, ("shrunk",))]


def test_what_need_not_wait_goes_in():
    made = guarded(many(10), [record("0", "新題"), *many(3, 100)])
    assert made.holds == ("shrunk",)
    assert {entry.action for entry in made.entries if not entry.held} == {"update", "create"}


def test_a_host_that_dips_everywhere():
    history = History(peak=50, host_peak=450, host_missing=22)
    assert guarded(many(50), many(46), history).holds == ("host_shrunk",)
    assert guarded(many(50), many(46), msgspec.structs.replace(history, host_missing=21)).holds == ()


@pytest.mark.parametrize(
    ("had", "more", "holds"),
    [(10, 50, ()), (10, 51, ("grown",)), (60, 60, ()), (60, 61, ("grown",)), (0, 500, ())],
)
def test_growing(had, more, holds):
    made = guarded(many(had), many(had + more))
    assert made.holds == holds
    assert all(entry.held == "grown" for entry in made.entries if holds and entry.action == "create")


@pytest.mark.parametrize(
    ("expect", "holds"), [(Expect(min=11), ("grown",)), (Expect(max=9), ("grown",)), (Expect(10, 10), ())]
)
def test_outside_what_is_expected(expect, holds):
    source = msgspec.structs.replace(SOURCE, expect=expect)
    assert guarded(many(10), many(10), source=source).holds == holds
    assert guarded(many(10), many(10), source=source, complete=False).holds == ()


@pytest.mark.parametrize(
    ("change", "count", "holds"),
    [
        ({"title": "新"}, 10, ()),
        ({"title": "新"}, 11, ("changed",)),
        ({"licence": "CC0 1.0"}, 11, ("changed",)),
        ({"files": ()}, 11, ("changed",)),
        ({"notes": "新"}, 20, ()),
    ],
)
def test_changing(change, count, holds):
    after = many(20)
    after[:count] = [msgspec.structs.replace(made, **change) for made in after[:count]]
    assert guarded(many(20), after).holds == holds


def test_our_own_reading_is_held_only_where_it_empties():
    before = many(20, raw="a" * 64, licence="CC0 1.0")
    other = [msgspec.structs.replace(made, licence="CC BY 4.0") for made in before]
    empty = [msgspec.structs.replace(made, licence=None) for made in before[:3]] + before[3:]
    assert guarded(before, other).holds == ()
    assert guarded(before, empty).holds == ("mapping",)
    assert guarded(before, empty[1:3] + before[2:3] + before[3:] + before[:1]).holds == ()


def test_all_ids_renewed():
    anew = [msgspec.structs.replace(made, remote_id=f"n{made.remote_id}") for made in many(20)]
    made = guarded(many(20), anew)
    assert made.holds == ("reidentified",)
    assert all(entry.held and entry.former for entry in made.entries)


def test_one_id_renewed_goes_through():
    anew = [msgspec.structs.replace(many(1)[0], remote_id="n"), *many(19, 1)]
    assert guarded(many(20), anew).holds == ()


def test_too_many_refused():
    refusals = tuple(Refusal(f"r{number}", "missing", "title") for number in range(5))
    assert guarded([], many(10), refusals=refusals).holds == ("refused",)
    assert guarded([], many(12), refusals=refusals).holds == ()


def test_the_first_plan_of_a_source_added_by_hand():
    source = msgspec.structs.replace(SOURCE, first=True)
    assert guarded([], many(3), History(planned=False), source).holds == ("first",)
    assert guarded([], many(3), History(planned=True), source).holds == ()


def test_the_same_set_has_the_same_mark():
    one, two = guarded(many(10), many(3)), guarded(many(10), many(3)[::-1])
    assert mark(one) == mark(two)
    assert mark(one) != mark(guarded(many(10), many(2)))
