"""States, freshness and missing rates of the matrix."""

import msgspec
import pytest

from ckanext.jichitai.core.definitions.model import Municipality
from ckanext.jichitai.core.merge.coverage import Judged, coverage
from ckanext.jichitai.core.merge.fresh import fresh
from ckanext.jichitai.core.merge.missing import missing, shares
from tests.core.merge.made import book, file, item, merged, row

ROWS = [row("北公園", 住所="甲町1"), row("南会館", 住所=None)]


def town(code, **said):
    facts = {
        "code": code,
        "slug": f"t{code}",
        "name": "町",
        "kana": "マチ",
        "name_en": "Town",
        "kind": "town",
    }
    place = {"area": "tama", "latitude": 35.0, "longitude": 139.0}
    return msgspec.convert({**facts, **place, **said}, Municipality)


def cells(*files, **more):
    it = item()
    towns = {code: town(code) for code in ("131016", "131032")} | {"130001": town("130001", matrix=False)}
    rules = msgspec.structs.replace(book(it), municipalities=towns)
    result = merged(*files)
    fates = dict(result.outcomes.select("resource", "fate").rows())
    judged = [Judged(one, it.id, fates[one.resource], 0) for one in files]
    return coverage(rules, judged, {it.id: shares(it, result.rows)}, "2026-11-24", **more)


@pytest.mark.parametrize(
    ("facts", "state", "why"),
    [
        ({"verdict": "valid"}, "valid", None),
        ({"verdict": "repaired"}, "repaired", None),
        ({"verdict": "partial"}, "partial", None),
        ({"verdict": "invalid", "table": None}, "invalid", None),
        ({"verdict": "unreadable", "table": None}, "unreadable", None),
        ({"verdict": "unreadable", "table": None, "format": "pdf"}, "listed", "no_table"),
        ({"fate": "unreachable"}, "listed", "unreachable"),
        ({"fate": "licence_closed"}, "listed", "licence_closed"),
        ({"verdict": "unchecked", "table": None}, "unchecked", None),
        ({"verdict": "other", "table": None}, "none", None),
    ],
)
def test_a_cell_says_what_its_file_is(facts, state, why):
    first, second = cells(file(*ROWS, **facts))
    assert (first.state, first.why) == (state, why)
    assert (second.municipality, second.state) == ("131032", "none")


def test_the_best_of_several_files():
    first, _ = cells(
        file(*ROWS, resource="a", verdict="partial"), file(resource="b", verdict="unreadable", table=None)
    )
    assert (first.state, first.files, first.rows, first.datasets) == ("partial", 2, 2, 1)
    assert first.missing == pytest.approx(0.25)


def test_held_and_not_applicable():
    first, second = cells(
        file(*ROWS),
        held=frozenset({("131016", "sled_rental")}),
        not_applicable={("131032", "sled_rental"): "雪が降らない"},
    )
    assert (first.state, second.state, second.why) == ("held", "not_applicable", "雪が降らない")


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ([("2026-11-01", "")], "fresh"),
        ([("2025-11-01", "")], "fresh"),  # within 13 months
        ([("2025-10-01", "")], "old"),
        ([("2026-08-01", "MONTHLY")], "old"),
        ([("2015-08-01", "NEVER")], "fresh"),
        ([("", "DAILY")], "unknown"),
        ([("2020-01-01", ""), ("2026-11-01", "")], "fresh"),
    ],
)
def test_freshness(dates, expected):
    assert fresh(dates, "2026-11-24") == expected


def test_missing_tells_no_such_column_from_blank():
    table = missing(item(), merged(file(*ROWS)).rows, {"131016": frozenset({"名称", "住所"})})
    found = {line["column"]: (line["missing"], line["why"]) for line in table.iter_rows(named=True)}
    assert found["名称"] == (0.0, None)
    assert found["住所"] == (0.5, "blank")
    assert found["電話"] == (1.0, "no_column")
