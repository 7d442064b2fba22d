"""Each table format, opened by a reader that is not ours."""

import io
import json

import duckdb
import openpyxl
import pandas
import pyarrow.parquet as pq
import pytest
from openpyxl.utils.escape import unescape

from ckanext.jichitai.core.export import TABLES
from ckanext.jichitai.core.export.form import Form
from tests.core.merge.made import NAMES, book, file, item, merged, row

EVIL = ["_x0041_ a<b> & c", '=HYPERLINK("http://x")', "+1+1", "-2+3", "@SUM(A1)", "\t=1", "-12.5", "ふつう"]
ROWS = [
    row(f"北公園{n}", 住所=text, 緯度="35.690000", 経度="139.750000", 台数="12", 更新日="2026-04-01")
    for n, text in enumerate(EVIL)
]
HEADINGS = [*NAMES, "row_id", "row_verdict"]


@pytest.fixture(scope="module")
def table():
    return merged(file(*ROWS, row("南会館")), file(*ROWS[:2], town="131032", resource="r2")).rows


def written(name, rows, **form):
    out = io.BytesIO()
    it = item()
    TABLES[name].write(rows, it, book(it), out, Form(**form))
    return out.getvalue()


def test_csv_for_people_is_guarded_and_has_a_bom(table):
    data = written("csv", table)
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == table.height + 1
    cells = pandas.read_csv(io.BytesIO(data), dtype=str, keep_default_na=False)["住所"].tolist()
    assert {cell for cell in cells if cell.startswith("'")} == {f"'{text}" for text in EVIL[1:6]}
    assert "-12.5" in cells


def test_csv_for_machines_changes_no_value(table):
    data = written("csv", table, people=False)
    frame = pandas.read_csv(io.BytesIO(data), dtype=str, keep_default_na=False)
    assert list(frame.columns)[:12] == HEADINGS
    assert set(EVIL) <= set(frame["住所"])


def test_columns_by_term(table):
    head = written("csv", table, keys="term", people=False).split(b"\r\n")[0].decode()
    assert head.startswith("localGovernmentCode,identifier,name,fullAddress")


def test_xlsx_has_only_text(table):
    workbook = openpyxl.load_workbook(io.BytesIO(written("xlsx", table)))
    sheet = workbook["data"]
    cells = [cell for line in sheet.iter_rows() for cell in line if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    shown = {unescape(str(cell.value)).strip() for cell in cells}  # as Excel shows it
    assert {text.strip() for text in EVIL} <= shown
    assert all(cell.hyperlink is None for cell in cells)
    assert sheet.max_row == table.height + 1
    assert "そり貸出所一覧" in [line[0].value for line in workbook["notes"].iter_rows()]


def test_xlsx_goes_on_in_a_second_sheet(table, monkeypatch):
    monkeypatch.setattr(TABLES["xlsx"], "ROWS", 4)
    workbook = openpyxl.load_workbook(io.BytesIO(written("xlsx", table)))
    assert workbook.sheetnames == ["data", "data2", "data3", "notes"]


def test_parquet_is_geoparquet_with_a_row_group_a_municipality(table, tmp_path):
    path = tmp_path / "t.parquet"
    path.write_bytes(written("parquet", table, definitions="d1", cursor=7))
    whole = pq.ParquetFile(path)
    assert whole.metadata.num_row_groups == 2
    about = whole.metadata.metadata
    assert json.loads(about[b"jichitai"])["cursor"] == "7"
    geo = json.loads(about[b"geo"])
    assert geo["columns"]["geometry"]["bbox"] == [139.75, 35.69, 139.75, 35.69]
    counts = duckdb.sql(f"select count(*), count(geometry), sum(台数) from '{path}'").fetchall()
    assert counts == [(table.height, table.height - 1, 12 * (table.height - 1))]
    x = int.from_bytes(b"\x01", "little")
    point = pandas.read_parquet(path)["geometry"].dropna().iloc[0]
    assert point[0] == x
    assert len(point) == 21


def test_geojson(table):
    found = json.loads(written("geojson", table))
    assert found["type"] == "FeatureCollection"
    assert [one["id"] for one in found["features"]] == table["row_id"].to_list()
    places = [one["geometry"] for one in found["features"]]
    assert {"type": "Point", "coordinates": [139.75, 35.69]} in places
    assert None in places
    assert found["features"][0]["properties"].keys() >= {"名称", "row_id", "src_url"}
    assert {one["properties"]["台数"] for one in found["features"]} == {12, None}


def test_jsonld_names_every_key_in_its_context(table):
    found = json.loads(written("jsonld", table))
    assert len(found["@graph"]) == table.height
    node = found["@graph"][0]
    assert node["id"].startswith("urn:ngsi-ld:SledRental:131016:")
    assert set(node) <= set(found["@context"])
    assert None not in node.values()


def test_ngsi_ld_entities(table):
    found = json.loads(written("ngsi-ld", table))
    entity = next(one for one in found if "location" in one)
    assert entity["location"] == {
        "type": "GeoProperty",
        "value": {"type": "Point", "coordinates": [139.75, 35.69]},
    }
    assert entity["numberOfSpaces"] == {"type": "Property", "value": 12}
    rest = {name: value for name, value in entity.items() if name not in ("id", "type", "@context")}
    assert {value["type"] for value in rest.values()} == {"Property", "GeoProperty"}


@pytest.mark.parametrize("name", list(TABLES))
def test_equal_tables_are_equal_bytes_and_an_empty_one_can_be_written(name, table):
    assert written(name, table) == written(name, table)
    assert written(name, table.head(0))


def test_a_number_too_long_stays_text():
    rows = merged(file(row("北公園", 住所="甲町1", 台数="1" * 30))).rows
    assert json.loads(written("jsonld", rows))["@graph"][0]["numberOfSpaces"] == "1" * 30
