"""/check, a resource's report and the badges, as a visitor and a clerk meet them."""

import io
import re

import pytest
from ckan import model
from ckan.tests.helpers import call_action

PLUGINS = (
    "jichitai_validation jichitai_definitions scheming_datasets scheming_organizations datastore activity"
)
pytestmark = [
    pytest.mark.ckan_config("ckan.plugins", PLUGINS),
    pytest.mark.ckan_config("ckanext.jichitai.check.per_minute", 0),
    pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index", "clean_queues"),
]


def give(app, data, **fields):
    """Post a file to /check and follow; the page's answer."""
    return app.post("/check", data={"upload": (io.BytesIO(data), "data.csv"), **fields})


@pytest.fixture
def dataset(clerk, municipality, item, file, good):
    user = model.User.get(clerk["id"])
    context = {"user": user.name, "auth_user_obj": user, "ignore_auth": False}
    made = call_action(
        "package_create", context, name="made", title="made", owner_org=municipality["id"], item=item.id
    )
    call_action("resource_create", context, package_id=made["id"], upload=file(good), url="", name="r")
    return call_action("package_show", id=made["id"])


def test_the_form_is_there(app):
    page = app.get("/check")
    assert 'name="upload"' in page.body


def test_a_file_leads_to_its_report(app, good, item):
    page = give(app, good)
    assert page.status_code == 200
    assert item.title.ja in page.body
    assert "jc-valid" in page.body
    assert page.headers["Cache-Control"] == "private, no-store"


def test_what_is_wrong_is_said(app, bad):
    page = give(app, bad)
    assert "jc-invalid" in page.body


def test_none_of_the_items_is_not_judged(app, foreign):
    page = give(app, foreign)
    assert "jc-badge" not in page.body


def test_deleted_is_gone(app, good):
    page = give(app, good)
    address = page.request.path
    app.post(f"{address}/delete")
    assert app.get(address).status_code == 410


def test_badge_and_report_of_a_dataset(app, dataset):
    resource = dataset["resources"][0]
    for address in (
        "/dataset/made",
        f"/dataset/made/resource/{resource['id']}",
        f"/dataset/made/resource/{resource['id']}/report",
        "/dataset/",
        "/dataset/?vocab_jichitai_verdict=valid",
    ):
        assert "jc-valid" in app.get(address).body, address
    assert app.get(f"/dataset/made/resource/{resource['id']}/report.json").json["verdict"] == "valid"


def test_the_clerk_makes_a_dataset_by_the_forms(app, clerk, municipality, item, good):
    head = {"Authorization": clerk["token"]}
    form = app.get("/dataset/new", headers=head)
    assert 'name="item"' in form.body
    app.post(
        "/dataset/new",
        headers=head,
        data={
            "title": "made",
            "name": "made",
            "owner_org": municipality["id"],
            "item": item.id,
            "_ckan_phase": "1",
            "save": "",
        },
        follow_redirects=False,
    )
    assert call_action("package_show", {"ignore_auth": True}, id="made")["item"] == item.id
    assert 'name="upload"' in app.get("/dataset/made/resource/new", headers=head).body
    app.post(
        "/dataset/made/resource/new",
        headers=head,
        data={"upload": (io.BytesIO(good), "data.csv"), "url": "", "id": "", "save": "go-metadata"},
        follow_redirects=False,
    )
    made = call_action("package_show", {"ignore_auth": True}, id="made")
    assert made["state"] == "active"
    assert made["resources"][0]["verdict"] == "valid"
    # An edit by the form keeps what the form only carries.
    edit = app.get(f"/dataset/made/resource/{made['resources'][0]['id']}/edit", headers=head)
    assert 'name="url_type"' in edit.body


def test_reading_pages_carry_no_token_and_no_cookie(app, dataset):
    report = f"/dataset/made/resource/{dataset['resources'][0]['id']}/report"
    for address in (report, f"{report}.json", "/issue/file_empty"):
        assert "Set-Cookie" not in app.get(address).headers, address
    assert "_csrf_token" in app.get("/check").body  # a page with a form needs one


def test_an_issue_has_a_page(app):
    assert "file_empty" in app.get("/issue/file_empty").body
    assert app.get("/issue/no_such_thing").status_code == 404


def test_too_many_checks_are_told_to_wait(app, good, ckan_config, monkeypatch, clean_redis):
    monkeypatch.setitem(ckan_config, "ckanext.jichitai.check.per_minute", 1)
    give(app, good)
    answer = app.post("/api/3/action/jichitai_check", data={"upload": (io.BytesIO(good), "data.csv")})
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0


def test_a_refused_upload_leads_to_what_is_wrong(app, clerk, municipality, dataset, bad):
    call_action(
        "organization_patch",
        {"user": call_action("get_site_user")["name"], "ignore_auth": True},
        id=municipality["id"],
        strict_mode="true",
    )
    page = app.post(
        "/dataset/made/resource/new",
        headers={"Authorization": clerk["token"]},
        data={"upload": (io.BytesIO(bad), "data.csv"), "url": "", "id": "", "save": "again"},
    )
    link = re.search(r'<a href="[^"]*(/check/[\w-]+)"', page.body)
    shown = app.get(link[1]).body
    assert "jc-invalid" in shown
    assert len(call_action("package_show", id="made")["resources"]) == 1
