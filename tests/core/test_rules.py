"""Rules over rows: small tables in, findings out."""

import json
from collections.abc import Callable
from pathlib import Path

import msgspec
import numpy as np
import polars as pl
import pytest

from ckanext.jichitai.core.issues import FINDINGS, Code
from ckanext.jichitai.core.rules import (
    AddsUp,
    Context,
    Inside,
    OneOf,
    Ordered,
    Outlines,
    Refers,
    RequiredWhen,
    Rule,
    SameCode,
    Together,
    Unique,
    load_outlines,
)

NOBODY = Context()


def rows(**columns: list[str | None]) -> pl.DataFrame:
    """A tidy table whose first row is line 2 of its file."""
    height = len(next(iter(columns.values())))
    return pl.DataFrame(
        {"src_line": range(2, height + 2), **columns},
        schema={"src_line": pl.Int64, **dict.fromkeys(columns, pl.String)},
    )


def told(rule: Rule, table: pl.DataFrame, context: Context = NOBODY) -> list[tuple[int, str, str | None]]:
    """(line, column, found) of each finding."""
    found = rule.find(table, context)
    assert dict(found.schema) == FINDINGS
    return [(line, column, text) for line, column, text in found.select("line", "column", "found").rows()]


def test_together() -> None:
    table = rows(a=["1", "1", None, None, "1"], b=["2", None, "2", None, ""])
    assert told(Together(("a", "b")), table) == [(3, "b", None), (4, "a", None), (6, "b", None)]
    assert told(Together(("a", "c")), table) == []  # a file without the column hears it once, of the header


def test_one_of() -> None:
    table = rows(a=["1", "1", None], b=["2", None, None], c=[None, None, "x"])
    rule = OneOf((("a", "b"), ("c",)))
    assert told(rule, table) == [(3, "a", None)]
    assert told(rule, table.drop("a")) == [(2, "c", None), (3, "c", None)]
    assert told(rule, table.select("src_line")) == [(2, "a", None), (3, "a", None), (4, "a", None)]


@pytest.mark.parametrize(
    ("first", "then", "wrong"),
    [
        ("09:00", "17:00", False),
        ("17:00", "09:00", True),
        ("09:00", "09:00", False),
        ("09:00", "24:00", False),
        ("18:00", "00:00", False),  # midnight, as an end
        ("00:00", "23:59", False),
        ("00:00", "00:00", False),
        ("2023-04-01", "2023-03-31", True),
        ("9", "10", False),  # numbers are not compared letter by letter
        ("10", "9.5", True),
        ("10", None, False),
        (None, "10", False),
        ("10", "", False),
    ],
)
def test_ordered(first: str | None, then: str | None, wrong: bool) -> None:
    found = told(Ordered("a", "b"), rows(a=[first], b=[then]))
    assert found == ([(2, "b", f"{first} > {then}")] if wrong else [])


def test_ordered_compares_times_of_one_day_only() -> None:
    table = rows(d=["2023-04-01"] * 3, e=["2023-04-01", "2023-04-02", None], a=["17:00"] * 3, b=["09:00"] * 3)
    rule = Ordered("a", "b", ("d", "e"))
    assert [line for line, _, _ in told(rule, table)] == [2, 4]
    assert [line for line, _, _ in told(rule, table.drop("e"))] == [2, 3, 4]
    assert told(rule, table.drop("a")) == []


def test_required_when() -> None:
    table = rows(kind=["有料", "有料", "無料", None], fee=["200", None, None, None])
    rule = RequiredWhen("fee", "kind", ("有料",))
    assert told(rule, table) == [(3, "fee", "有料")]
    assert told(rule, table.drop("fee")) == []


def test_unique() -> None:
    table = rows(code=["1"] * 5, id=["a", "b", "a", None, None], name=["x", "y", "z", "v", "w"])
    assert told(Unique(("code", "id")), table) == [(2, "id", "a"), (4, "id", "a")]
    assert told(Unique(("code", "no")), table) == []


def test_unique_leaves_copies_and_a_file_of_one_id_to_others() -> None:
    copies = rows(id=["a", "a", "b"], name=["x", "x", "y"])
    assert told(Unique(("id",)), copies) == []
    same = rows(id=["a", "a", "a"], name=["x", "y", "z"])
    assert told(Unique(("id",)), same) == []
    assert told(Unique(("id",)), same.head(2)) == [(2, "id", "a"), (3, "id", "a")]


def test_same_code() -> None:
    table = rows(code=["131016", "131024", None])
    assert told(SameCode("code"), table, Context("131016")) == [(3, "code", "131024")]
    assert told(SameCode("code"), table) == []
    assert told(SameCode("other"), table, Context("131016")) == []


def test_adds_up() -> None:
    table = rows(
        all=["100", "90", "1.5", "5", "x"], a=["40", "40", "1.2", None, "1"], b=["50", "50", "0.3", "5", "1"]
    )
    rule = AddsUp("all", ("a", "b"))
    assert told(rule, table) == [(2, "all", "100")]
    assert rule.find(table, NOBODY)["suggested"].to_list() == ["90"]
    assert told(rule, table.drop("b")) == []


def test_refers() -> None:
    table = rows(id=["1", "2", None], other=["2;9", " 1 ;", None])
    assert told(Refers("other", "id"), table) == [(2, "other", "9")]
    assert told(Refers("other", "none"), table) == []


def test_columns_that_the_file_lacks_are_not_judged() -> None:
    table = rows(a=["1"], b=[None])
    assert told(Together(("a", "b")), table, Context(columns=frozenset({"a"}))) == []
    assert told(Together(("a", "b")), table, Context(columns=frozenset({"a", "b"}))) == [(2, "b", None)]


# Two squares of one degree side by side, an island with a box, and land of nobody to the north.
TOPOLOGY = {
    "type": "Topology",
    "credit": {"ja": "作", "en": "made up"},
    "transform": {"scale": [0.5, 0.5], "translate": [139, 35]},
    "arcs": [
        [[2, 0], [0, 2]],  # the border that both share
        [[2, 2], [-2, 0], [0, -2], [2, 0]],
        [[2, 0], [2, 0], [0, 2], [-2, 0]],
        [[0, 2], [2, 0], [0, 1], [-2, 0], [0, -1]],
        [[8, 0], [1, 0], [0, 1], [-1, -1]],
    ],
    "objects": {
        "municipalities": {
            "type": "GeometryCollection",
            "geometries": [
                {
                    "type": "Polygon",
                    "arcs": [[0, 1]],
                    "properties": {"prefecture": "990000", "code": "990001"},
                },
                {
                    "type": "MultiPolygon",
                    "arcs": [[[2, -1]]],
                    "properties": {"prefecture": "990000", "code": "990002"},
                },
                {
                    "type": "Polygon",
                    "arcs": [[4]],
                    "properties": {"prefecture": "990000", "code": "990003", "box": [142, 34, 145, 37]},
                },
                {"type": "Polygon", "arcs": [[3]], "properties": {"prefecture": "990000", "name": "nobody"}},
            ],
        }
    },
}


@pytest.fixture(scope="module")
def outlines(tmp_path_factory: pytest.TempPathFactory) -> Outlines:
    """Outlines as of a prefecture that does not exist."""
    folder = tmp_path_factory.mktemp("municipalities")
    (folder / "nowhere.topojson").write_text(json.dumps(TOPOLOGY), "utf-8")
    return load_outlines(folder)


@pytest.mark.parametrize(
    ("code", "longitude", "latitude", "inside"),
    [
        ("990001", 139.5, 35.5, True),
        ("990001", 140.5, 35.5, False),
        ("990002", 140.5, 35.5, True),
        ("990001", 138.998, 35.5, True),  # some 180 m outside
        ("990001", 138.99, 35.5, False),  # some 900 m
        ("990001", 139.5, 34.998, True),
        ("990001", 139.5, 36.2, True),  # land of nobody passes for everyone
        ("990002", 139.5, 36.2, True),
        ("990003", 144.9, 36.9, True),  # a box instead of the outline
        ("990003", 145.1, 36.9, False),
        ("990000", 139.5, 35.5, True),
        ("990000", 144.9, 36.9, True),
        ("990000", 137.0, 35.5, False),
    ],
)
def test_where_a_point_lies(
    outlines: Outlines, code: str, longitude: float, latitude: float, inside: bool
) -> None:
    assert bool(outlines.holds(code, np.array([longitude]), np.array([latitude]))[0]) is inside


def test_many_points_at_once_are_each_alone(outlines: Outlines) -> None:
    places = np.random.default_rng(7).uniform((138.9, 34.9), (141.1, 36.6), (500, 2))
    alone = [outlines.holds("990001", place[:1], place[1:])[0] for place in places]
    assert outlines.holds("990001", places[:, 0], places[:, 1]).tolist() == alone


def test_inside(outlines: Outlines) -> None:
    table = rows(lat=["35.5", "35.5", None, "35.50", "x"], lon=["139.5", "140.5", "139.5", "140.50", "1"])
    rule = Inside("lat", "lon")
    context = Context("990001", outlines)
    assert told(rule, table, context) == [(3, "lat", "35.5, 140.5"), (5, "lat", "35.50, 140.50")]
    assert told(rule, table, Context("122033", outlines)) == []  # nobody gave its outline
    assert told(rule, table, Context(None, outlines)) == []
    assert told(rule, table, Context("990001")) == []
    assert told(rule, table.drop("lon"), context) == []


def test_our_own_outlines_have_every_municipality_and_their_credit() -> None:
    outlines = load_outlines()
    assert len(outlines.shapes) == 63
    assert "130001" in outlines
    assert "国土数値情報" in (_schemas() / "municipalities" / "tokyo.topojson").read_text("utf-8")
    station = (np.array([139.7671]), np.array([35.6812]))
    assert outlines.holds("131016", *station)[0]
    assert not outlines.holds("131024", np.array([139.70]), np.array([35.69]))[0]
    far = (np.array([136.08]), np.array([20.42]))  # 沖ノ鳥島
    assert outlines.holds("134210", *far)[0]


def _schemas() -> Path:
    from ckanext.jichitai.core.data import folder

    return folder("schemas")


@pytest.mark.parametrize(
    "written",
    [
        {"rule": "together", "columns": ["a", "b"]},
        {"rule": "one_of", "groups": [["a", "b"], ["c"]]},
        {"rule": "ordered", "first": "a", "then": "b"},
        {"rule": "required_when", "column": "a", "when": "b", "equals": ["c"]},
        {"rule": "unique", "columns": ["a"]},
        {"rule": "inside", "latitude": "a", "longitude": "b"},
        {"rule": "same_code", "column": "a"},
        {"rule": "adds_up", "total": "a", "parts": ["b", "c"]},
        {"rule": "refers", "column": "a", "to": "b"},
    ],
    ids=lambda written: written["rule"],
)
def test_how_a_rule_is_written(written: dict[str, object]) -> None:
    rule = msgspec.convert(written, Rule)
    assert msgspec.to_builtins(rule)["rule"] == written["rule"]
    with pytest.raises(msgspec.ValidationError, match="unknown field"):
        msgspec.convert({**written, "colour": "red"}, Rule)
    empty = pl.DataFrame(schema={"src_line": pl.Int64, **dict.fromkeys("abc", pl.String)})
    assert told(rule, empty, Context("131016", load_outlines())) == []


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: (Together(("a", "b")), rows(a=["1"], b=[None])), Code.GROUP_INCOMPLETE),
        (lambda: (Ordered("a", "b"), rows(a=["2"], b=["1"])), Code.ORDER_WRONG),
        (lambda: (Refers("a", "b"), rows(a=["2"], b=["1"])), Code.REFERENCE_MISSING),
    ],
)
def test_which_code(make: Callable[[], tuple[Rule, pl.DataFrame]], code: Code) -> None:
    rule, table = make()
    assert rule.find(table, NOBODY)["code"].to_list() == [code]
