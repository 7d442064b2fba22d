"""Laws of the plan, over ledgers and listings of any shape."""

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from ckanext.jichitai.core.catalog.guard import guard
from ckanext.jichitai.core.catalog.plan import plan
from ckanext.jichitai.core.catalog.planned import History
from ckanext.jichitai.core.catalog.record import dataset_id
from tests.core.catalog.ledger import LATER, NOW, SOURCE, applied, listing, record

IDS = st.sampled_from([str(number) for number in range(12)])
TITLES = st.sampled_from(["甲", "乙", "丙"])
NAMES = st.sampled_from(["a", "b", "c", "d"])
FILES = st.lists(
    st.sampled_from([f"https://a.example/{n}.csv" for n in range(4)]), max_size=2, unique=True
).map(tuple)
RECORDS = st.lists(
    st.builds(
        lambda key, title, name, files: record(key, title, files, name=name), IDS, TITLES, NAMES, FILES
    ),
    max_size=10,
    unique_by=lambda made: made.remote_id,
)
STATES = st.sampled_from(["live", "live", "live", "withdrawn", "purged", "deleted_here"])


@st.composite
def ledgers(draw):
    """Ledger rows that plans may have left behind."""
    rows = applied([], plan([], listing(*draw(RECORDS)), SOURCE, NOW))
    found = []
    for row in rows:
        state = draw(STATES)
        missed = state == "live" and draw(st.booleans())
        found.append(
            msgspec.structs.replace(row, state=state, misses=int(missed), first_miss=NOW if missed else None)
        )
    return found


@given(RECORDS)
def test_the_same_again_only_keeps(records):
    rows = applied([], plan([], listing(*records), SOURCE, NOW))
    assert {entry.action for entry in plan(rows, listing(*records), SOURCE, LATER).entries} <= {"keep"}


@given(ledgers(), RECORDS, st.booleans())
def test_after_apply_only_keep(rows, records, complete):
    wanted = listing(*records, complete=complete)
    after = applied(rows, plan(rows, wanted, SOURCE, LATER))
    assert {entry.action for entry in plan(after, wanted, SOURCE, LATER).entries} <= {"keep"}


@given(ledgers(), RECORDS, st.booleans())
def test_one_fate_a_key(rows, records, complete):
    made = plan(rows, listing(*records, complete=complete), SOURCE, LATER)
    keys = [entry.remote_id for entry in made.entries] + [
        entry.former for entry in made.entries if entry.former
    ]
    assert len(set(keys)) == len(keys)
    assert set(keys) == {row.remote_id for row in rows} | {found.remote_id for found in records}


@given(ledgers(), RECORDS, st.randoms())
def test_the_order_does_not_matter(rows, records, random):
    made = plan(rows, listing(*records), SOURCE, LATER)
    random.shuffle(rows)
    random.shuffle(records)
    again = plan(rows, listing(*records), SOURCE, LATER)
    assert [(e.action, e.remote_id, e.former, e.reason) for e in again.entries] == [
        (e.action, e.remote_id, e.former, e.reason) for e in made.entries
    ]


@given(ledgers(), RECORDS)
def test_an_incomplete_listing_withdraws_nothing(rows, records):
    made = plan(rows, listing(*records, complete=False), SOURCE, LATER)
    assert all(
        entry.action != "withdraw" for entry in guard(made, SOURCE, History(peak=9, withdrawn=9)).entries
    )


@given(ledgers(), RECORDS)
def test_restore_undoes_withdraw(rows, records):
    live = [row for row in rows if row.state == "live"]
    everything = [
        record(row.remote_id, row.title, row.files, name=row.name.split("-", 2)[-1]) for row in live
    ]
    gone = applied(live, plan(live, listing(), SOURCE, LATER))
    gone = applied(gone, plan(gone, listing(), SOURCE, "2026-12-01T00:00:00+00:00"))
    assert {row.state for row in gone} <= {"withdrawn"}
    back = plan(gone, listing(*everything), SOURCE, "2026-12-02T00:00:00+00:00")
    assert {entry.action for entry in back.entries} <= {"restore"}
    assert {(e.remote_id, e.dataset_id, e.name) for e in back.entries} == {
        (row.remote_id, row.dataset_id, row.name) for row in live
    }


@given(ledgers(), RECORDS)
def test_no_source_names_anothers_datasets(rows, records):
    ours = {row.dataset_id for row in rows} | {dataset_id(SOURCE.id, found.remote_id) for found in records}
    made = plan(rows, listing(*records), SOURCE, LATER)
    assert {entry.dataset_id for entry in made.entries} <= ours
    names = [entry.name for entry in made.entries]
    assert len(set(names)) == len(names)


@given(ledgers(), st.data())
def test_taking_more_away_never_turns_hold_into_go(rows, data):
    live = [row for row in rows if row.state == "live"]
    history = History(peak=max(len(live), 1))
    still = [record(row.remote_id, row.title, row.files, name=row.name.split("-", 2)[-1]) for row in live]
    fewer = data.draw(st.lists(st.sampled_from(still), unique_by=lambda r: r.remote_id)) if still else []
    fewest = data.draw(st.lists(st.sampled_from(fewer), unique_by=lambda r: r.remote_id)) if fewer else []
    one, two = (guard(plan(rows, listing(*some), SOURCE, LATER), SOURCE, history) for some in (fewer, fewest))
    held = {entry.remote_id for entry in one.entries if entry.held and entry.action == "withdraw"}
    assert not held - {entry.remote_id for entry in two.entries if entry.held}
