"""Actions and pages of definitions; anonymous reading pages set no cookie."""

import io

import openpyxl
import pytest

from ckanext.jichitai.bridge import rulebook

PLUGINS = "jichitai_definitions scheming_datasets scheming_organizations datastore activity"
pytestmark = [
    pytest.mark.ckan_config("ckan.plugins", PLUGINS),
    pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index"),
]


def test_the_items(app):
    items = app.get("/api/3/action/jichitai_item_list").json["result"]
    assert [item["number"] for item in items] == list(range(1, len(rulebook.book().items) + 1))


def test_one_item_in_two_forms(app):
    item = next(iter(rulebook.book().items.values()))
    whole = app.get(f"/api/3/action/jichitai_item_show?id={item.id}").json["result"]
    assert len(whole["columns"]) == len(item.columns)
    schema = app.get(f"/api/3/action/jichitai_item_show?id={item.id}&as=table-schema").json["result"]
    assert schema["fields"][0]["name"] == item.columns[0].name
    assert app.get("/api/3/action/jichitai_item_show?id=none", status=404).status_code == 404


@pytest.mark.parametrize("address", ["/developers", "/en/developers"])
def test_developers_without_a_cookie(app, address):
    page = app.get(address)
    assert "jichitai_item_show" in page.body
    assert "Set-Cookie" not in page.headers


def test_openapi_names_every_action(app):
    paths = app.get("/openapi.json").json["paths"]
    assert "/api/3/action/jichitai_item_list" in paths


def test_health_and_figures(app):
    health = app.get("/healthz")
    assert {part["part"] for part in health.json["parts"]} >= {"database", "search", "queue", "rulebook"}
    assert 'jichitai_part_up{part="database"} 1' in app.get("/metrics").body


def test_a_failing_part_says_so(app, monkeypatch):
    def broken():
        raise RuntimeError("gone")

    monkeypatch.setattr("ckanext.jichitai.definitions.health.PARTS", {"database": broken})
    answer = app.get("/healthz")
    assert answer.status_code == 503
    assert answer.json["parts"][0]["sentence"] == "RuntimeError: gone"


def test_the_blank_form_of_a_municipality(app, town):
    item = next(iter(rulebook.book().items))
    answer = app.get(f"/item/{item}/template.xlsx?m={town.code}")
    assert f"{town.code}_{item}.xlsx" in answer.headers["Content-Disposition"]
    openpyxl.load_workbook(io.BytesIO(answer.get_data()))
    assert app.get("/item/none/template.xlsx").status_code == 404
    assert app.get(f"/item/{item}/template.xlsx?m=999999").status_code == 404
