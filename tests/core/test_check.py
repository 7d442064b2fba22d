"""The engine: recognition, mapping, judging, mending, verdict; and its laws."""

from typing import Any

import msgspec
import polars as pl
import pytest

from ckanext.jichitai.core import examine
from ckanext.jichitai.core.check.values import TIDY, Examined, Fix, Told
from ckanext.jichitai.core.definitions.load import load
from ckanext.jichitai.core.definitions.model import Item, RuleBook
from ckanext.jichitai.core.definitions.sample import sample

CODE, DAY = "131016", "2026-08-01"


@pytest.fixture(scope="module")
def book() -> RuleBook:
    return load()


def frame_of(item: Item, book: RuleBook, rows: int = 5) -> pl.DataFrame:
    return sample(item, book, book.municipalities[CODE], rows, 1)


def run(frame: pl.DataFrame, item: Item, book: RuleBook, **told: Any) -> Examined:
    known = Told(**{"item": item.id, "municipality": CODE, "date": DAY, **told})
    return examine(item.files[0].replace("{code}", CODE), frame.write_csv().encode(), book, known)


def codes(done: Examined) -> list[str]:
    return [issue.code for issue in done.report.issues]


def role(item: Item, kind: str) -> str:
    """The first column of a type."""
    return next(column.name for column in item.columns if column.type == kind)


ITEMS = list(load().items)


@pytest.mark.parametrize("name", ITEMS)
def test_a_sample_is_clean_and_known_for_what_it_is(name: str, book: RuleBook) -> None:
    item = book.items[name]
    frame = frame_of(item, book)
    done = examine("data.csv", frame.write_csv().encode(), book, Told(municipality=CODE, date=DAY))
    assert done.report.item is not None
    assert (done.report.item.id, codes(done), done.report.verdict) == (name, [], "valid")
    assert done.table is not None
    assert done.table.columns == [*(column.name for column in item.columns), *TIDY]
    assert all(one.how == "exact" for one in done.report.columns)


@pytest.mark.parametrize("name", ITEMS)
def test_without_one_required_column_there_is_exactly_one_issue(name: str, book: RuleBook) -> None:
    item = book.items[name]
    frame = frame_of(item, book)
    needed = [column.name for column in item.columns if column.need.level == "required" and not column.own]
    # Without the only name of its rows every row is refused besides.
    for column in [one for one in needed if one not in item.identity][:3]:
        done = run(frame.drop(column), item, book)
        assert [(issue.code, issue.column) for issue in done.report.issues] == [("column_missing", column)]
        assert done.report.missing == [column]


@pytest.mark.parametrize("name", ITEMS)
def test_rows_are_conserved_and_the_report_repeats_itself(name: str, book: RuleBook) -> None:
    item = book.items[name]
    frame = frame_of(item, book, 8).with_columns(pl.lit("？").alias(role(item, "text")))
    one, two = run(frame, item, book), run(frame, item, book)
    assert msgspec.json.encode(one.report) == msgspec.json.encode(two.report)
    rows = one.report.rows
    assert rows.total == rows.valid + rows.repaired + rows.quarantined == 8


def test_the_order_of_columns_and_rows_changes_no_cell(book: RuleBook) -> None:
    item = book.items[ITEMS[0]]
    frame = frame_of(item, book, 6)
    kind = role(item, "phone")
    frame = frame.with_columns(
        pl.Series(kind, ["０３－３２１１－４１１１", "3211-4111", "03-3211-4112", "x", None, "なし"])
    )
    plain = run(frame, item, book).table
    turned = run(frame.select(frame.columns[::-1]).reverse(), item, book).table
    assert plain is not None
    assert turned is not None
    keep = [name for name in plain.columns if name not in ("src_line", "extra", "verbatim")]
    assert plain.select(keep).sort(keep).equals(turned.select(keep).sort(keep))


def test_published_text_and_canonical_value_stand_side_by_side(book: RuleBook) -> None:
    item = book.items[ITEMS[0]]
    kind = role(item, "phone")
    frame = frame_of(item, book, 3).with_columns(
        pl.Series(kind, ["０３－３２１１－４１１１", "3211-4111", "03-3211-4112"])
    )
    table = run(frame.with_columns(pl.lit("あ").alias("独自の列")), item, book).table
    assert table is not None
    assert table.select(kind, "row_verdict", "row_issues").rows() == [
        ("03-3211-4111", "repaired", "value_form"),
        (None, "valid", "phone_no_area_code"),
        ("03-3211-4112", "valid", None),
    ]
    assert table["verbatim"].to_list() == [
        f'{{"{kind}":"０３－３２１１－４１１１"}}',
        f'{{"{kind}":"3211-4111"}}',
        None,
    ]
    assert table["extra"].to_list() == ['{"独自の列":"あ"}'] * 3


@pytest.mark.parametrize(
    ("told", "value", "sure"),
    [
        ({}, None, "likely"),
        ({"accept": "likely"}, "03-5211-1111", "safe"),
        ({"fixes": (Fix(column="電話番号", code="zeros_lost"),)}, "03-5211-1111", "safe"),
        (
            {"fixes": (Fix(column="電話番号", found="352111111", value="03-5211-1112"),)},
            "03-5211-1112",
            "safe",
        ),
        ({"fixes": (Fix(column="電話番号", found="352111111"),)}, None, "safe"),
        ({"fixes": (Fix(column="電話番号", code="several_values"),)}, None, "likely"),
    ],
)
def test_likely_repairs_wait_until_they_are_accepted(
    told: dict[str, Any], value: str | None, sure: str, book: RuleBook
) -> None:
    item = book.items[ITEMS[0]]
    name = role(item, "phone")
    told = {
        key: tuple(msgspec.structs.replace(fix, column=name) for fix in fixes) if key == "fixes" else fixes
        for key, fixes in told.items()
    }
    frame = frame_of(item, book, 2).with_columns(pl.Series(name, ["352111111", None]))
    done = run(frame, item, book, **told)
    assert done.table is not None
    assert done.table[name][0] == value
    assert done.findings.filter(pl.col("line") == 2)["confidence"].to_list() == [sure]


def test_a_mapping_that_was_told_wins(book: RuleBook) -> None:
    item = book.items[ITEMS[0]]
    text = role(item, "text")
    frame = frame_of(item, book, 3).rename({text: "通り名"})
    told = run(frame, item, book, mapping={"通り名": text})
    assert [(one.column, one.how) for one in told.report.columns if one.label == "通り名"] == [(text, "told")]
    none = run(frame, item, book, mapping={"通り名": ""})
    assert [(one.column, one.how) for one in none.report.columns if one.label == "通り名"] == [(None, "told")]


def test_former_headings_are_read_and_joined(book: RuleBook) -> None:
    for item in book.items.values():
        former = next((layout for layout in item.layouts if layout.edition == "former" and layout.join), None)
        if former is None or item.partial:
            continue
        frame = frame_of(item, book, 3)
        turned = {column: label for label, column in former.labels.items() if column in frame.columns}
        frame = frame.rename(turned)
        for column, parts in former.join.items():
            frame = frame.drop(column).with_columns(
                pl.lit("東京都" if at == 0 else "千代田区").alias(part) for at, part in enumerate(parts)
            )
        done = run(frame, item, book)
        assert done.report.item is not None
        assert done.report.item.edition == "former", item.id
        assert {one.how for one in done.report.columns} <= {"exact", "former", "folded"}
        assert done.report.verdict == "repaired"
        assert done.table is not None
        for column in former.join:
            assert done.table[column].to_list() == ["東京都千代田区"] * 3


def test_coordinates_swapped_in_every_row_are_put_right(book: RuleBook) -> None:
    item = next(one for one in book.items.values() if one.position)
    assert item.position is not None
    latitude, longitude = item.position
    frame = frame_of(item, book, 4)
    done = run(
        frame.with_columns(pl.col(latitude).alias(longitude), pl.col(longitude).alias(latitude)), item, book
    )
    assert codes(done) == ["coordinates_swapped"]
    assert done.table is not None
    assert done.table[latitude].to_list() == frame[latitude].to_list()


def test_swapped_in_one_row_is_one_finding_and_only_offered(book: RuleBook) -> None:
    item = next(one for one in book.items.values() if one.position)
    assert item.position is not None
    latitude, longitude = item.position
    frame = frame_of(item, book, 4)
    odd = pl.int_range(pl.len()) == 1
    turned = frame.with_columns(
        pl.when(odd).then(pl.col(longitude)).otherwise(pl.col(latitude)).alias(latitude),
        pl.when(odd).then(pl.col(latitude)).otherwise(pl.col(longitude)).alias(longitude),
    )
    done = run(turned, item, book)
    found = done.findings.filter(pl.col("code") == "coordinates_swapped")
    assert found.select("line", "confidence").rows() == [(3, "likely")]


@pytest.mark.parametrize(
    ("name", "data", "told", "verdict"),
    [
        ("a.csv", b"", {}, "other"),
        ("a.csv", b"", {"item": "first"}, "unreadable"),
        ("a.csv", b"%PDF-1.4", {"item": "first"}, "unreadable"),
        ("a.csv", "年度,歳入\n2023,1\n2024,2\n".encode(), {}, "other"),
        ("a.csv", "年度,歳入\n2023,1\n2024,2\n".encode(), {"item": "first"}, "invalid"),
        ("a.csv", "年度,歳入\n2023,1\n".encode(), {"item": "no such item"}, "other"),
    ],
)
def test_verdicts_of_files_that_are_no_item(
    name: str, data: bytes, told: dict[str, str], verdict: str, book: RuleBook
) -> None:
    told = {key: ITEMS[0] if value == "first" else value for key, value in told.items()}
    assert examine(name, data, book, Told(**told)).report.verdict == verdict


def test_only_official_need_costs_a_row(book: RuleBook) -> None:
    for item in book.items.values():
        frame = frame_of(item, book, 4)
        for column in item.columns:
            if (
                column.need.level != "required"
                or column.name in item.identity
                or column.own
                or "" in (column.pair or ())
            ):
                continue
            blank = (
                pl.when(pl.int_range(pl.len()) == 1)
                .then(None)
                .otherwise(pl.col(column.name))
                .alias(column.name)
            )
            done = run(frame.with_columns(blank), item, book)
            official = column.need.evidence == "official"
            assert done.report.rows.quarantined == (1 if official else 0), (item.id, column.name)
            issue = next(one for one in done.report.issues if one.code == "value_missing")
            assert issue.severity == ("error" if official else "warning")
            break


def test_counts_are_exact_and_examples_five(book: RuleBook) -> None:
    item = book.items[ITEMS[0]]
    kind = role(item, "phone")
    frame = frame_of(item, book, 40).with_columns(pl.lit("3211-4111").alias(kind))
    issue = next(one for one in run(frame, item, book).report.issues if one.code == "phone_no_area_code")
    assert (issue.count, issue.every_row, len(issue.examples)) == (40, True, 5)
    assert [one.line for one in issue.examples] == [2, 3, 4, 5, 6]


def test_both_coordinates_in_one_cell_are_taken_apart(book: RuleBook) -> None:
    item = next(one for one in book.items.values() if one.position)
    assert item.position is not None
    latitude, longitude = item.position
    frame = frame_of(item, book, 4)
    pair = frame.with_columns(pl.concat_str([latitude, longitude], separator=",").alias("地点の数値")).drop(
        latitude, longitude
    )
    done = run(pair, item, book)
    assert done.table is not None
    assert done.table.select(latitude, longitude).equals(frame.select(latitude, longitude))
    found = {issue.code: issue.count for issue in done.report.issues}
    assert found == {"column_by_values": 1, "coordinates_form": 4}
    assert not done.report.missing


def test_a_fix_for_one_row_leaves_the_others(book: RuleBook) -> None:
    item = next(one for one in book.items.values() if any(one.column(name).type == "id" for name in one.key))
    ident = next(name for name in item.key if item.column(name).type == "id")
    name = role(item, "phone")
    frame = frame_of(item, book, 3).with_columns(pl.lit("3211-4111").alias(name))
    row = frame[ident][1]
    done = run(frame, item, book, fixes=(Fix(column=name, found="3211-4111", value="03-3211-4111", row=row),))
    assert done.table is not None
    assert done.table[name].to_list() == [None, "03-3211-4111", None]
    assert done.table["row_verdict"].to_list() == ["valid", "repaired", "valid"]
