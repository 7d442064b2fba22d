"""A case for each rung of the ladder, and for its ties."""

import polars as pl
import pytest

from tests.core.merge.made import fates, file, item, merged, row

PARK = row("北公園", 住所="千代田区北町1-2-3", 緯度="35.690000", 経度="139.750000")
HALL = row("南会館", 住所="千代田区南町4", 緯度="35.680000", 経度="139.760000")


def test_same_file_copy_keeps_the_first_line():
    result = merged(file(PARK, HALL, PARK))
    assert fates(result) == [("北公園", "same_file_copy")]
    assert result.dropped["src_line"].to_list() == [4]
    assert result.dropped["winner"][0] in result.rows["row_id"].to_list()


def test_staff_file_goes_before_the_harvested_one():
    staff = file(
        row("北公園", 住所="千代田区北町1-2-3", 台数="9"), resource="s", staff=True, fetched="2026-05-01"
    )
    others = [row(f"店{n}", 住所=f"甲町{n}") for n in range(2)]
    result = merged(file(PARK, HALL, *others, resource="h"), staff)
    assert result.rows.height == 4
    assert fates(result) == [("北公園", "staff_file")]
    assert "9" in result.rows["台数"].to_list()


def test_staff_file_ends_when_the_harvested_bytes_change():
    staff = file(
        row("北公園", 住所="千代田区北町1-2-3", 台数="9"), resource="s", staff=True, fetched="2026-05-01"
    )
    result = merged(file(PARK, resource="h", fetched="2026-06-01"), staff)
    assert result.rows["src_resource"].to_list() == ["h"]
    assert fates(result) == [("北公園", "older_edition")]


def test_twin_file_csv_before_workbook():
    result = merged(file(PARK, HALL, resource="x", format="xlsx"), file(HALL, PARK, resource="c"))
    assert set(result.rows["src_resource"]) == {"c"}
    assert {fate for _, fate in fates(result)} == {"twin_file"}
    assert dict(result.outcomes.select("resource", "fate").rows()) == {"x": "twin", "c": "included"}


@pytest.mark.parametrize("newer", [{"period": "2026"}, {"date": "2026-03-31"}])
def test_older_edition_gives_way_whole(newer):
    closed = row("旧館", 住所="千代田区西町5")
    old = file(PARK, HALL, closed, resource="old", date="2025-03-31", fetched="2027-01-01")
    result = merged(old, file({**PARK, "台数": "3"}, HALL, resource="new", **newer))
    assert set(result.rows["src_resource"]) == {"new"}
    assert sorted(fates(result)) == [
        ("北公園", "older_edition"),
        ("南会館", "twin_file"),
        ("旧館", "older_edition"),
    ]
    winners = dict(result.dropped.select("名称", "winner").rows())
    assert winners["旧館"] is None
    assert winners["北公園"] in set(result.rows["row_id"])


def test_parts_are_united_though_their_numbers_repeat():
    schools = file(*(row(f"小学校{n}", 番号=str(n), 住所=f"甲町{n}") for n in range(5)), resource="a")
    nurseries = file(*(row(f"保育園{n}", 番号=str(n), 住所=f"乙町{n}") for n in range(5)), resource="b")
    result = merged(schools, nurseries)
    assert result.rows.height == 10
    assert set(result.outcomes["fate"]) == {"included"}


def test_between_editions_and_parts_both_take_part_with_a_note():
    one = [row(f"店{n}", 住所=f"甲町{n}") for n in range(10)]
    two = [row(f"店{n}", 住所=f"甲町{n}", 台数="1") for n in range(7, 17)]
    result = merged(file(*one, resource="a", date="2025-01-01"), file(*two, resource="b", date="2026-01-01"))
    assert result.rows.height == 17
    assert {fate for _, fate in fates(result)} == {"older_edition"}
    assert [note.code for note in result.notes] == ["editions_unclear"]


def test_key_repeated_keeps_and_warns_both():
    result = merged(file({**PARK, "番号": "1"}, {**HALL, "番号": "1"}))
    assert result.rows["row_reason"].to_list() == ["key_repeated"] * 2
    assert result.rows["row_duplicate_of"].null_count() == 2


def test_a_series_keeps_older_periods():
    series = item(keeps="series", period="更新日")
    april = file({**PARK, "更新日": "2026-04-01"}, resource="a", date="2026-04-01")
    may = file({**PARK, "更新日": "2026-05-01", "台数": "2"}, resource="b", date="2026-05-01")
    assert merged(april, may, item=series).rows.height == 2
    assert merged(april, may).rows.height == 1


CHIYODA, MINATO = "131016", "131032"


@pytest.mark.parametrize(
    ("mine", "theirs", "reason", "linked"),
    [
        ({"所在コード": CHIYODA}, {"所在コード": CHIYODA}, "owner", [False, True]),
        ({"更新日": "2025-01-01"}, {"更新日": "2026-01-01"}, "newer_row", [True, False]),
        ({"date": "2026-02-02"}, {"date": "2026-01-01"}, "newer_file", [False, True]),
        ({}, {"所在コード": "138888", "住所": None}, "fuller", [False, True]),
        ({}, {}, "undecided", [True, True]),
    ],
)
def test_between_publishers_rows_are_linked_and_none_goes(mine, theirs, reason, linked):
    def one(town, said):
        facts = {name: said[name] for name in said if name == "date"}
        return file({**PARK, **{name: said[name] for name in said if name != "date"}}, town=town, **facts)

    result = merged(one(CHIYODA, mine), one(MINATO, theirs))
    assert result.rows.height == 2
    assert result.dropped.is_empty()
    assert result.rows["row_duplicate_of"].is_not_null().to_list() == linked
    assert set(result.rows["row_reason"].drop_nulls()) == {reason}


@pytest.mark.parametrize(
    ("theirs", "same"),
    [
        ({"緯度": "35.690300"}, True),  # 33 m north
        ({"緯度": "35.690600"}, False),  # 67 m north
        ({"緯度": None, "経度": None, "住所": "東京都千代田区北町一丁目2番3号"}, True),
        ({"緯度": None, "経度": None, "電話": "03-1111-2222"}, True),
        ({"緯度": None, "経度": None, "住所": "別町9"}, False),
        ({"名称": "北 公園"}, True),
        ({"名称": "北公園東"}, False),
    ],
)
def test_who_is_a_candidate(theirs, same):
    mine = {**PARK, "電話": "03-1111-2222"}
    other = {**PARK, "住所": None, **theirs}
    result = merged(file(mine, town=CHIYODA), file(other, town=MINATO))
    assert result.rows["row_duplicate_of"].is_not_null().any() == same


def test_two_publishers_with_equal_bytes_both_stay():
    result = merged(file(PARK, HALL, town=CHIYODA), file(PARK, HALL, town=MINATO))
    assert result.rows.height == 4
    assert result.rows["row_id"].n_unique() == 4


def test_quarantined_rows_are_dropped_whole():
    result = merged(file(PARK, {**HALL, "row_verdict": "quarantined", "row_issues": "value_missing"}))
    assert fates(result) == [("南会館", "quarantined")]
    assert result.dropped["reason_ja"][0]
    assert result.dropped["row_issues"].to_list() == ["value_missing"]
    assert result.dropped["suggestion_en"][0]


def test_lines_set_aside_by_the_reader_are_accounted_for():
    result = merged(file(PARK, rows_total=3))
    assert result.dropped.height == 2
    assert result.outcomes.select("rows_total", "rows_merged", "rows_dropped").row(0) == (3, 1, 2)


@pytest.mark.parametrize(
    ("facts", "fate"),
    [
        ({"fate": "licence_closed", "reason": "CC BY-ND"}, "licence_closed"),
        ({"verdict": "other"}, "other"),
        ({"verdict": "unreadable", "table": None}, "unreadable"),
        ({"verdict": "unchecked", "table": None}, "unchecked"),
        ({"item": "another"}, "other_item"),
        ({"item": None}, "other"),
        ({"table": None, "verdict": "invalid"}, "invalid"),
        ({"table": None}, "empty"),
        ({}, "included"),
    ],
)
def test_every_file_has_one_fate(facts, fate):
    result = merged(file(PARK, **facts))
    assert result.outcomes["fate"].to_list() == [fate]
    assert result.rows.height == (fate == "included")


def test_no_file_at_all():
    result = merged()
    assert result.rows.is_empty()
    assert result.rows.schema["row_stale"] == pl.Boolean


def test_a_fault_of_the_whole_file_is_named_on_its_rows():
    rows = [{**PARK, "row_verdict": "quarantined", "row_issues": "code_differs"}]
    result = merged(file(*rows, faults=("column_missing",)))
    assert result.dropped["row_issues"].to_list() == ["column_missing;code_differs"]
    assert "「」" not in result.dropped["suggestion_ja"][0]
