"""Ids across harvests: filled later, reissued, lost; rows sorted; names respelt."""

import pytest

from tests.core.merge.made import file, merged, row

PLACES = [
    row(f"施設{n}", 住所=f"甲町{n}-1", 緯度=f"35.{600000 + n * 10000}", 経度="139.700000") for n in range(6)
]


def ids(result):
    """name → row id."""
    return dict(result.rows.select("名称", "row_id").rows())


def again(before, *rows, **facts):
    return merged(file(*rows, **facts), last=before.rows, now="2026-05-02")


def numbered(places, start=1):
    return [{**place, "番号": f"{number:03}"} for number, place in enumerate(places, start)]


@pytest.mark.parametrize(
    ("why", "then", "now"),
    [
        ("the same", PLACES, PLACES),
        ("sorted", PLACES, PLACES[::-1]),
        ("ids filled later", PLACES, numbered(PLACES)),
        ("ids lost", numbered(PLACES), PLACES),
        ("ids reissued", numbered(PLACES), numbered(PLACES[::-1])),
        ("ids reissued by a shift", numbered(PLACES), numbered(PLACES[1:] + PLACES[:1])),
        ("address mended", PLACES, [{**place, "住所": place["住所"] + "号館"} for place in PLACES]),
        (
            "position measured anew",
            PLACES,
            [{**place, "経度": "139.700300", "住所": None} for place in PLACES],
        ),
    ],
)
def test_a_place_keeps_its_id(why, then, now):
    before = merged(file(*then))
    assert ids(again(before, *now)) == ids(before)


@pytest.mark.parametrize("with_ids", [True, False])
def test_a_name_respelt(with_ids):
    places = numbered(PLACES) if with_ids else PLACES
    before = merged(file(*places))
    after = again(before, {**places[0], "名称": "第一施設"}, *places[1:])
    assert ids(after)["第一施設"] == ids(before)["施設0"]


def test_two_harvests_later_the_id_is_still_there():
    first = merged(file(*PLACES))
    second = again(first, *numbered(PLACES))
    third = again(second, *[{**place, "名称": place["名称"] + "改"} for place in numbered(PLACES)])
    assert list(ids(third).values()) == list(ids(first).values())


def test_another_shop_in_the_same_building_is_another_row():
    before = merged(file({**PLACES[0], "番号": "1"}, *numbered(PLACES[1:], 2)))
    after = again(before, {**PLACES[0], "名称": "別の店", "番号": "9"}, *numbered(PLACES[1:], 2))
    assert ids(after)["別の店"] not in ids(before).values()


def test_ambiguity_makes_new_ids():
    twins = [row("公衆電話", 住所="甲町1", 台数=str(n)) for n in range(2)]
    before = merged(file(*twins))
    after = again(before, *({**twin, "番号": f"A{n}"} for n, twin in enumerate(twins)))
    assert not set(after.rows["row_id"]) & set(before.rows["row_id"])


def test_reissued_numbers_are_told():
    before = merged(file(*numbered(PLACES)))
    after = again(before, *numbered(PLACES[::-1]))
    assert [note.code for note in after.notes] == ["ids_reissued"]
    assert "IDs" in after.outcomes["reason"][0]


def test_an_id_once_given_is_not_given_to_another_place():
    before = merged(file(*numbered(PLACES)))
    others = [
        row(f"新店{n}", 住所=f"乙町{n}", 番号=f"{n + 1:03}", 緯度="35.500000", 経度="139.300000")
        for n in range(6)
    ]
    after = again(before, *others)
    assert not set(after.rows["row_id"]) & set(before.rows["row_id"])


def test_first_seen_and_changed():
    before = merged(file(*PLACES))
    after = again(before, {**PLACES[0], "台数": "5"}, *PLACES[1:], sha256="b" * 64, fetched="2026-05-01")
    stamps = dict(
        zip(after.rows["名称"], after.rows.select("row_first_seen", "row_changed").rows(), strict=True)
    )
    assert stamps["施設0"] == ("2026-04-02", "2026-05-02")
    assert stamps["施設1"] == ("2026-04-02", "2026-04-02")


def test_the_id_of_a_known_key_is_pinned():
    """Published addresses hold these ids: a change here breaks them."""
    assert ids(merged(file({**PLACES[0], "番号": "A-1"}))) == {"施設0": "0fdbab1bd0640e9b1e33"}
    assert ids(merged(file(PLACES[0]))) == {"施設0": "b4d965d42bfa42c5b5bc"}
