"""What the collapse guard holds, and what it lets pass."""

import pytest

from ckanext.jichitai.core.merge.values import History
from tests.core.merge.made import file, merged, row


def places(count, **cells):
    return [
        row(f"施設{n}", 住所=f"甲町{n}", 番号=str(n), 緯度="35.690000", 経度="139.750000", **cells)
        for n in range(count)
    ]


def second(before, rows, history=None, **facts):
    return merged(file(*rows, **facts), last=before.rows, now="2026-05-02", history=history or History())


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        (100, 81, None),  # 19 %
        (100, 79, "rows_fewer"),  # 21 %
        (20, 15, None),  # 25 %, and no more than 5 rows
        (20, 14, "rows_fewer"),
        (3, 1, "rows_fewer"),  # 2 of 3
        (3, 2, None),
        (3, 0, "rows_none"),
        (3, 9, "rows_tripled"),
        (0, 9, None),  # the first run passes
    ],
)
def test_rows(before, after, reason):
    first = merged(file(*places(before)))
    result = second(first, places(after))
    reasons = [trip.reason for trip in result.trips if trip.municipality]
    assert reasons == ([reason] if reason else [])
    holds = reason not in (None, "rows_tripled")
    assert result.rows.height == (before if holds else after)
    assert result.rows["row_stale"].any() == holds
    assert result.carried == (before if holds else 0)


def test_a_slow_leak_holds_by_the_sixth_night():
    first = merged(file(*places(100)))
    history = History(peaks={"131016": 100})
    rows, held = first, None
    for night, count in enumerate([96, 92, 88, 84, 80, 76], 1):
        rows = second(rows, places(count), history)
        if rows.carried and not held:
            held = night
    assert held in (5, 6)


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"緯度": None, "経度": None}, "positions_lost"),
        ({"番号": "1"}, "ids_collapsed"),
        ({"番号": None}, "ids_collapsed"),
    ],
)
def test_lost_columns(cells, reason):
    first = merged(file(*places(40)))
    result = second(first, [{**place, **cells} for place in places(40)])
    assert [trip.reason for trip in result.trips] == [reason]
    assert set(result.outcomes["fate"]) == {"held"}
    assert set(result.dropped["fate"]) == {"held"}
    assert result.dropped["winner"].null_count() == 0


def test_half_quarantined_holds_unless_it_was_so_before():
    first = merged(file(*places(10)))
    bad = [{**place, "row_verdict": "quarantined"} for place in places(20)[10:]]
    assert [trip.reason for trip in second(first, [*places(10), *bad]).trips] == ["half_quarantined"]
    known = History(quarantined={"131016": 0.5})
    assert second(first, [*places(10), *bad], known).trips == ()


def test_one_held_leaves_the_others_moving():
    mine = file(*places(40))
    theirs = file(*places(40), town="131032", resource="r2")
    first = merged(mine, theirs)
    result = merged(
        file(*places(40)[:10]),
        file(*places(45), town="131032", resource="r2"),
        last=first.rows,
        now="2026-05-02",
        history=History(),
    )
    counts = dict(result.rows.group_by("src_municipality_code").len().rows())
    assert counts == {"131016": 40, "131032": 45}


def test_the_item_as_a_whole():
    towns = ["131016", "131032", "131041"]
    first = merged(*(file(*places(20), town=town, resource=town) for town in towns))
    after = [
        file(*places(count), town=town, resource=town)
        for town, count in zip(towns, [15, 15, 15], strict=True)
    ]
    result = merged(*after, last=first.rows, now="2026-05-02", history=History())
    assert [(trip.municipality, trip.reason) for trip in result.trips] == [(None, "item_fewer")]
    assert result.rows.height == 60


def test_an_approved_fall_passes_and_the_next_release_is_measured_anew():
    first = merged(file(*places(40)))
    approved = second(first, places(10), History(approved=frozenset({"131016"})))
    assert approved.rows.height == 10
    assert second(approved, places(10), History(peaks={"131016": 10}, total=10)).trips == ()


def test_our_own_doing_is_said():
    first = merged(file(*places(40)))
    result = second(first, places(10), History(definitions="d0"))
    assert all(trip.ours for trip in result.trips)


def test_a_licence_that_closes_takes_the_rows_out():
    first = merged(file(*places(40)))
    result = second(first, places(40), fate="licence_closed")
    assert result.rows.is_empty()
