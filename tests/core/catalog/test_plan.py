"""What becomes of each key: a table of single cases; laws stand in test_plan_laws.py."""

import msgspec
import pytest

from ckanext.jichitai.core.catalog.plan import ledger_mark, plan
from ckanext.jichitai.core.catalog.planned import Policy
from ckanext.jichitai.core.catalog.values import Refusal
from tests.core.catalog.ledger import LATER, NOW, SOURCE, applied, listing, record

SOON = "2026-11-24T19:59:00+00:00"


def fates(made):
    return {entry.remote_id: (entry.action, entry.reason) for entry in made.entries}


def present(*records, now=NOW):
    return applied([], plan([], listing(*records), SOURCE, now))


def test_new_records_are_created_with_names_of_the_source():
    (entry,) = plan([], listing(record("1")), SOURCE, NOW).entries
    assert (entry.action, entry.reason, entry.name) == ("create", "new", "sakura-shi-d1")


def test_a_change_names_what_differs():
    made = plan(present(record("1", "旧")), listing(record("1", "新")), SOURCE, NOW)
    assert fates(made) == {"1": ("update", "updated")}
    assert made.entries[0].changes == {"title": ("旧", "新")}


def test_a_change_of_our_own_reading_is_told_apart():
    rows = present(record("1", raw="a" * 64))
    assert fates(plan(rows, listing(record("1", notes="x", raw="a" * 64)), SOURCE, NOW)) == {
        "1": ("update", "reread")
    }
    assert fates(plan(rows, listing(record("1", notes="x", raw="b" * 64)), SOURCE, NOW)) == {
        "1": ("update", "updated")
    }


@pytest.mark.parametrize(
    ("again", "fate"),
    [
        (SOON, ("keep", "missed")),  # under 20 hours: an evening's outage
        (LATER, ("withdraw", "absent")),
    ],
)
def test_two_complete_misses_a_day_apart_withdraw(again, fate):
    rows = present(record("1"), record("2"))
    first = plan(rows, listing(record("1")), SOURCE, NOW)
    assert fates(first)["2"] == ("keep", "missed")
    assert fates(plan(applied(rows, first), listing(record("1")), SOURCE, again))["2"] == fate


def test_a_record_that_comes_back_in_between_begins_anew():
    rows = present(record("1"), record("2"))
    rows = applied(rows, plan(rows, listing(record("1")), SOURCE, NOW))
    rows = applied(rows, plan(rows, listing(record("1"), record("2")), SOURCE, SOON))
    assert fates(plan(rows, listing(record("1")), SOURCE, LATER))["2"] == ("keep", "missed")


def test_an_incomplete_listing_moves_no_miss():
    rows = present(record("1"), record("2"))
    rows = applied(rows, plan(rows, listing(record("1")), SOURCE, NOW))
    cut = plan(rows, listing(record("1"), complete=False), SOURCE, LATER)
    assert fates(cut)["2"] == ("keep", "unseen")
    assert applied(rows, cut) == rows


def test_what_the_source_still_has_is_not_absent():
    rows = present(record("1"), record("2"))
    made = plan(rows, listing(record("1"), standing=("2",)), SOURCE, NOW)
    assert fates(made)["2"] == ("keep", "standing")


@pytest.mark.parametrize(
    ("state", "fate"),
    [
        ("withdrawn", ("restore", "returned")),
        ("purged", ("restore", "purged")),
        ("deleted_here", ("keep", "deleted_here")),
    ],
)
def test_returning(state, fate):
    rows = [msgspec.structs.replace(row, state=state) for row in present(record("1"))]
    made = plan(rows, listing(record("1")), SOURCE, NOW)
    assert fates(made) == {"1": fate}
    assert made.entries[0].dataset_id == rows[0].dataset_id
    assert made.entries[0].name == rows[0].name


@pytest.mark.parametrize(
    ("again", "is_it"),
    [
        (record("9", "表1", name="d1"), True),  # name and title, another file
        (record("9", "表1", ("https://data.sakura.example/1.csv",)), True),  # title and files
        (record("9", "別", ("https://data.sakura.example/1.csv",), name="d1"), True),  # name and files
        (record("9", "表1"), False),  # the title alone: 一覧 is what many are called
        (record("9", "別", ("https://data.sakura.example/1.csv",)), False),
    ],
)
def test_made_anew_under_another_id(again, is_it):
    rows = present(record("1"), record("2"))
    made = plan(rows, listing(again, record("2")), SOURCE, NOW)
    if is_it:
        entry = next(entry for entry in made.entries if entry.remote_id == "9")
        assert (entry.action, entry.reason, entry.former) == ("update", "recreated", "1")
        assert (entry.dataset_id, entry.name) == (rows[0].dataset_id, rows[0].name)
        assert "1" not in fates(made)
    else:
        assert fates(made) == {"9": ("create", "new"), "1": ("keep", "missed"), "2": ("keep", "unchanged")}


def test_without_files_two_records_are_not_alike_by_files():
    rows = present(record("1", "甲", files=("",)), record("2"))
    rows = [msgspec.structs.replace(row, files=()) for row in rows]
    made = plan(rows, listing(record("9", "乙", name="d1"), record("2")), SOURCE, NOW)
    assert fates(made)["9"] == ("create", "new")


def test_each_vanished_one_stands_for_one_new():
    rows = present(record("1"))
    made = plan(rows, listing(record("8", "表1", name="d1"), record("9", "表1", name="d1")), SOURCE, NOW)
    assert fates(made) == {"8": ("update", "recreated"), "9": ("create", "new")}


def test_made_anew_waits_for_a_whole_listing():
    rows = present(record("1"))
    made = plan(rows, listing(record("9", "表1", name="d1"), complete=False), SOURCE, NOW)
    assert fates(made) == {"9": ("keep", "postponed"), "1": ("keep", "unseen")}


def test_a_withdrawn_dataset_made_anew_gets_its_address_back():
    rows = [msgspec.structs.replace(row, state="withdrawn") for row in present(record("1"))]
    made = plan(rows, listing(record("9", "表1", name="d1")), SOURCE, NOW)
    assert [(e.action, e.reason, e.former) for e in made.entries] == [("restore", "recreated", "1")]


@pytest.mark.parametrize("shuffled", [False, True])
def test_of_a_repeated_id_ours_wins(shuffled):
    rows = present(record("1", "ours"))
    two = [record("1", "ours"), record("1", "other")]
    made = plan(rows, listing(*(two[::-1] if shuffled else two)), SOURCE, NOW)
    assert fates(made) == {"1": ("keep", "unchanged")}
    assert [refusal.reason for refusal in made.refusals] == ["duplicate"]


def test_equal_titles_are_two_datasets():
    assert len(present(record("1", "一覧"), record("2", "一覧"))) == 2


def test_clashing_names_become_two():
    rows = present(record("1", name="same"), record("2", name="same"))
    assert len({row.name for row in rows}) == 2


@pytest.mark.parametrize(
    ("bad", "reason", "place"),
    [
        (record("", "x"), "missing", "id"),
        (record("3", " "), "missing", "title"),
        (record("3", organization="t131024"), "foreign", "organization"),
        (record("3", municipality="131024"), "foreign", "municipality"),
        (record("3", landing="https://here.example/dataset/x"), "loop", "url"),
        (record("3", tags=tuple(map(str, range(201)))), "too_large", "tags"),
        (record("3", files=tuple(f"https://a.example/{n}" for n in range(1001))), "too_large", "files"),
        (record("3", notes="あ" * 33_334), "too_large", "notes"),
    ],
)
def test_refused(bad, reason, place):
    made = plan([], listing(bad, record("1")), SOURCE, NOW, Policy(site="https://here.example"))
    assert fates(made) == {"1": ("create", "new")}
    assert [(refusal.reason, refusal.place) for refusal in made.refusals] == [(reason, place)]


@pytest.mark.parametrize(
    "good",
    [
        record("3", municipality="131016"),
        record("3", municipality="13101"),
        record("3", organization="t131016"),
    ],
)
def test_ours_by_code_with_or_without_check_digit(good):
    assert not plan([], listing(good), SOURCE, NOW).refusals


def test_refused_records_are_not_absent():
    rows = present(record("1"))
    for bad in (
        listing(record("1", notes="x" * 100_001)),
        listing(refusals=(Refusal("1", "record", "url"),)),
    ):
        made = plan(rows, bad, SOURCE, NOW)
        assert fates(made) == {"1": ("keep", "kept")}
        assert applied(rows, made) == rows


def test_a_long_title_is_cut_and_told():
    (entry,) = plan([], listing(record("1", "長" * 40_000)), SOURCE, NOW).entries
    assert len(entry.record.title) == 500
    assert entry.record.notices == ("title_cut",)


def test_the_ledger_mark_moves_with_the_ledger():
    rows = present(record("1"))
    made = plan(rows, listing(record("1", "新")), SOURCE, NOW)
    assert made.ledger == ledger_mark(rows)
    assert made.ledger != ledger_mark(applied(rows, made))
