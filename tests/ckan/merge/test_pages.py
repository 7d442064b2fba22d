"""Pages and files of the merged tables, as a visitor gets them, on CKAN's stock theme."""

import csv
import io
import json
import zipfile

import pytest
from bs4 import BeautifulSoup
from ckan.tests import helpers

from ckanext.jichitai.merge import releases, run

PLUGINS = "jichitai_merge jichitai_definitions scheming_datasets scheming_organizations datastore activity"
pytestmark = [
    pytest.mark.ckan_config("ckan.plugins", PLUGINS),
    pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index"),
]


@pytest.fixture
def merged(publish, rows, prepared, item):
    """Two towns' table, released."""
    for town in prepared:
        publish(town, rows(town))
    (done,) = run.merge([item.id])
    assert not done.fault, done.fault
    return prepared


def soup(answer):
    return BeautifulSoup(answer.body, "html.parser")


def test_pages_before_anything_is_merged(app, prepared, item):
    for path in (
        "/matrix",
        "/item",
        f"/item/{item.id}",
        "/municipality",
        f"/municipality/{prepared[0].slug}",
        "/changes",
    ):
        assert app.get(path).status_code == 200, path
    assert app.get(f"/item/{item.id}.csv", status=404)


@pytest.mark.parametrize("lang", ["", "/en"])
def test_every_page(app, merged, item, lang):
    one = releases.rows_of(releases.current(item.id))["row_id"][0]
    paths = [
        "/matrix",
        f"/matrix?view=item&item={item.id}",
        f"/matrix?view=municipality&m={merged[0].slug}&state=valid&fresh=unknown&sort=coverage",
        "/item",
        "/item?sort=newest",
        f"/item/{item.id}",
        f"/item/{item.id}?row={one}",
        f"/item/{item.id}?m={merged[0].slug}&columns=all",
        "/municipality",
        f"/municipality/{merged[0].slug}",
        f"/municipality/{merged[0].slug}?item={item.id}",
        "/changes",
        f"/changes?item={item.id}&kind=added",
    ]
    for path in paths:
        page = soup(app.get(lang + path))
        assert len(page.find_all("h1")) == 1, path
        assert not page.select("[onclick], [style], script:not([src]):not([type])"), path


def test_the_matrix_is_a_real_table(app, merged, item):
    page = soup(app.get("/matrix"))
    table = page.select_one("table.jm-matrix")
    assert len(table.select("thead th[scope=col]")) == 29
    assert len(table.select("tbody tr th[scope=row]")) == 62
    link = table.select_one(f'a[href$="/municipality/{merged[0].slug}?item={item.id}"]')
    assert "12" in link.get_text()


def test_matrix_as_csv_keeps_the_filters(app, merged, item):
    answer = app.get(f"/matrix?format=csv&item={item.id}&m={merged[0].slug}")
    (line,) = csv.DictReader(io.StringIO(answer.body.lstrip("\ufeff")))
    assert (line["municipality"], line["rows"]) == (merged[0].code, "12")


@pytest.mark.parametrize("ending", ["csv", "xlsx", "geojson", "parquet", "jsonld", "ngsi-ld"])
def test_files_at_addresses_that_stay(app, merged, item, ending):
    answer = app.get(f"/item/{item.id}.{ending}")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["X-Jichitai-Cursor"] == str(releases.current(item.id).cursor)
    tag = answer.headers["ETag"]
    assert tag.strip('"') == releases.current(item.id).files[ending]["sha256"]
    assert app.get(f"/item/{item.id}.{ending}", headers={"If-None-Match": tag}, status=304)
    part = app.get(f"/item/{item.id}.{ending}", headers={"Range": "bytes=0-9"}, status=206)
    assert len(part.data) == 10


def test_one_town_english_columns_for_machines(app, merged, item):
    answer = app.get(f"/item/{item.id}.csv?m={merged[0].slug}&keys=term&bom=0")
    assert not answer.data.startswith(b"\xef\xbb\xbf")
    lines = list(csv.DictReader(io.StringIO(answer.data.decode())))
    assert len(lines) == 12
    assert {line["src_municipality_code"] for line in lines} == {merged[0].code}
    assert item.columns[0].term in lines[0]
    again = f"/item/{item.id}.csv?m={merged[0].slug}&keys=term&bom=0"
    assert app.get(again, headers={"If-None-Match": answer.headers["ETag"]}, status=304)
    assert app.get(again.replace("term", "name")).headers["ETag"] != answer.headers["ETag"]


def test_side_files(app, merged, item):
    for name in ("outcomes.csv", "dropped.csv", "missing.csv", "attribution.txt", "context.jsonld"):
        assert app.get(f"/item/{item.id}/{name}").status_code == 200
    outcomes = list(
        csv.DictReader(io.StringIO(app.get(f"/item/{item.id}/outcomes.csv").data.decode("utf-8-sig")))
    )
    assert [line["fate"] for line in outcomes] == ["included", "included"]


def test_everything_in_one_archive(app, merged, item):
    with zipfile.ZipFile(io.BytesIO(app.get("/jichitai-all.zip").data)) as kit:
        names = kit.namelist()
        assert f"tables/{item.id}.parquet" in names
        assert f"definitions/{item.id}.yaml" in names
        assert item.id in kit.read("README.txt").decode()
    assert app.get("/jichitai-all.zip").headers["ETag"] == app.get("/jichitai-all.zip").headers["ETag"]
    assert helpers.call_action("package_show", id="jichitai-all")["num_resources"] == 1


def test_rows_by_pages(app, merged, item):
    seen, after = [], ""
    while True:
        page = json.loads(app.get(f"/item/{item.id}/rows.json?limit=7{after}").body)
        seen += [row["row_id"] for row in page["rows"]]
        if not page["next"]:
            break
        after = f"&after={page['next']}"
    assert len(seen) == len(set(seen)) == 24
    assert len(json.loads(app.get(f"/item/{item.id}/rows.geojson?m={merged[1].code}").body)["features"]) == 12


def test_nearest_first(app, merged, item):
    town = merged[0]
    found = helpers.call_action(
        "jichitai_merged_search", item=item.id, near=f"{town.latitude},{town.longitude},50000"
    )
    distances = [row["distance_m"] for row in found["rows"]]
    assert distances == sorted(distances)
    assert distances
    box = f"{town.longitude - 1},{town.latitude - 1},{town.longitude + 1},{town.latitude + 1}"
    assert helpers.call_action("jichitai_merged_search", item=item.id, bbox=box)["total"] == 24


def test_words_in_any_width(app, merged, item):
    whole = helpers.call_action("jichitai_merged_search", item=item.id, limit=1)["rows"][0]
    name = whole[item.identity[0]]
    found = helpers.call_action(
        "jichitai_merged_search", item=item.id, text=name[1:3], columns=item.columns[0].term
    )
    assert found["total"] >= 1
    assert set(found["rows"][0]) == {
        item.columns[0].name,
        "row_id",
        "src_municipality_code",
        "src_municipality",
    }


@pytest.mark.parametrize(
    "wrong", ["bbox=1,2", "near=x", "limit=9999", "after=zz", "sort=nothing", "m=atlantis"]
)
def test_what_cannot_be_meant_is_said(app, merged, item, wrong):
    answer = app.get(f"/item/{item.id}/rows.json?{wrong}", status=400)
    assert json.loads(answer.body)["error"]


def test_changes_as_lines_and_atom(app, merged, item):
    lines = app.get(f"/changes.jsonl?item={item.id}").body.splitlines()
    cursors = [json.loads(line)["cursor"] for line in lines]
    assert cursors == sorted(cursors)
    rest = app.get(f"/changes.jsonl?since={cursors[-2]}&item={item.id}").body.splitlines()
    assert len(rest) == 1
    assert soup(app.get("/changes.atom")).find_all("entry")


def test_pages_are_kept_by_caches_and_set_no_cookie(app, merged, item):
    for path in ("/matrix", f"/item/{item.id}", f"/municipality/{merged[0].slug}", "/changes"):
        answer = app.get(path)
        assert answer.headers["Cache-Control"].startswith("public"), path
        assert "Set-Cookie" not in answer.headers, path
        assert app.get(path, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304, path
        assert app.get(f"{path}?utm=1").headers["ETag"] == answer.headers["ETag"], path


def test_unknown_names_are_404(app, merged):
    for path in ("/item/nothing", "/item/nothing.csv", "/municipality/atlantis"):
        assert app.get(path, status=404), path
