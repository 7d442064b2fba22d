"""From /check into the catalog: publishing the corrected file, fixes in force for a harvested one."""

import io

import polars as pl
import pytest
from ckan import model
from ckan.tests.helpers import call_action

from ckanext.jichitai.bridge import files
from ckanext.jichitai.core.check.values import Fix
from ckanext.jichitai.validation import drafts

PLUGINS = (
    "jichitai_validation jichitai_definitions scheming_datasets scheming_organizations datastore activity"
)
pytestmark = [
    pytest.mark.ckan_config("ckan.plugins", PLUGINS),
    pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index", "clean_queues", "clean_redis"),
]


@pytest.fixture
def context(clerk):
    user = model.User.get(clerk["id"])
    return {"user": user.name, "auth_user_obj": user, "ignore_auth": False}


@pytest.fixture
def head(clerk):
    return {"Authorization": clerk["token"]}


def given(app, head, **data):
    page = app.post("/check", headers=head, data=data)
    assert page.status_code == 200
    return page.request.path.rpartition("/")[2]


def test_files_to_take(app, good):
    draft = given(app, {}, upload=(io.BytesIO(good), "data.csv"))
    for form in ("fixed.xlsx", "fixed.csv", "marked.xlsx", "findings.csv", "report.json"):
        answer = app.get(f"/check/{draft}/{form}")
        assert answer.status_code == 200, form
        assert form.partition(".")[0] in answer.headers["Content-Disposition"]
    assert app.get(f"/check/{draft}/other.exe").status_code == 410


def test_no_corrected_file_of_what_is_none_of_the_items(app, foreign):
    draft = given(app, {}, upload=(io.BytesIO(foreign), "data.csv"))
    assert app.get(f"/check/{draft}/fixed.csv").status_code == 410
    assert app.get(f"/check/{draft}/findings.csv").status_code == 200


def test_another_item_is_judged_anew(app, good, item):
    draft = given(app, {}, upload=(io.BytesIO(good), "data.csv"))
    app.post(f"/check/{draft}", data={"item": item.id, "municipality": ""})
    model.Session.expire_all()
    assert drafts.load(draft).told.item == item.id


def test_the_corrected_file_is_published(app, context, head, municipality, item, good):
    dataset = call_action(
        "package_create", context, name="made", title="made", owner_org=municipality["id"], item=item.id
    )
    draft = given(app, head, upload=(io.BytesIO(good), "data.csv"))
    assert f'value="{dataset["id"]}"' in app.get(f"/check/{draft}", headers=head).body
    app.post(f"/check/{draft}/publish", headers=head, data={"into": dataset["id"]})
    shown = call_action("package_show", id="made")["resources"]
    assert [resource["verdict"] for resource in shown] == ["valid"]
    app.post(f"/check/{draft}/publish", headers=head, data={"into": f"{dataset['id']}/{shown[0]['id']}"})
    assert len(call_action("package_show", id="made")["resources"]) == 1


def test_a_stranger_publishes_nothing(app, context, municipality, good):
    dataset = call_action("package_create", context, name="made", title="made", owner_org=municipality["id"])
    draft = given(app, {}, upload=(io.BytesIO(good), "data.csv"))
    assert app.post(f"/check/{draft}/publish", data={"into": dataset["id"]}).status_code == 403
    assert call_action("package_show", id="made")["resources"] == []


@pytest.fixture
def doubtful(item, good):
    """The clean table with one phone number that lacks its area code: the file, its column, that text."""
    rows = pl.read_csv(good, infer_schema=False)
    phone = next(
        column.name for column in item.columns if column.type == "phone" and column.name in rows.columns
    )
    short = pl.when(pl.int_range(pl.len()) == 1).then(pl.lit("45-1234")).otherwise(phone)
    return rows.with_columns(short.alias(phone)).write_csv().encode(), phone, "45-1234"


def test_what_only_a_person_knows_is_typed(app, doubtful):
    data, column, text = doubtful
    draft = given(app, {}, upload=(io.BytesIO(data), "data.csv"))
    page = app.get(f"/check/{draft}").body
    assert 'name="typed-0"' in page
    app.post(f"/check/{draft}", data={"typed-0": "０３（５２１１）１２３４"})
    model.Session.expire_all()
    fixes = drafts.load(draft).told.fixes
    assert [(fix.column, fix.found, fix.value) for fix in fixes] == [(column, text, "03-5211-1234")]
    assert "03-5211-1234" in app.get(f"/check/{draft}/fixed.csv").body
    assert 'value="03-5211-1234"' in app.get(f"/check/{draft}").body  # and it can be changed again


def test_what_its_column_does_not_take_is_refused(app, doubtful):
    draft = given(app, {}, upload=(io.BytesIO(doubtful[0]), "data.csv"))
    page = app.post(f"/check/{draft}", data={"typed-0": "some day"})
    assert "some day" in page.body
    model.Session.expire_all()
    assert drafts.load(draft).told.fixes == ()


@pytest.fixture
def harvested(context, municipality, good):
    made = call_action(
        "package_create",
        context,
        name="harvested",
        title="harvested",
        owner_org=municipality["id"],
        source_id="s",
        resources=[{"url": "https://a.example/x.csv", "name": "r"}],
    )
    resource = made["resources"][0]["id"]
    files.arrived(resource, made["id"], good, "x.csv", "harvest", "https://a.example/x.csv")
    model.Session.commit()
    return resource


def test_fixes_of_a_harvested_file_come_in_force_and_go(app, context, head, harvested, town, item):
    draft = given(app, head, resource_id=harvested)
    column = item.columns[0].name
    app.post(f"/check/{draft}", headers=head, data={"item": item.id, "fix": f"{column}\tvalue_likely"})
    app.post(f"/check/{draft}/apply", headers=head)
    listed = call_action("jichitai_mapping_list", context, municipality=town.code)
    assert [(each["kind"], each["column"], each["code"]) for each in listed] == [
        ("fix", column, "value_likely")
    ]
    from ckanext.jichitai.bridge.told import accepted

    assert accepted(town.code, item.id) == (Fix(column, "value_likely"),)
    call_action("jichitai_mapping_delete", context, municipality=town.code, kind="fix", id=listed[0]["id"])
    assert call_action("jichitai_mapping_list", context, municipality=town.code) == []
    assert accepted(town.code, item.id) == ()


def test_others_put_nothing_in_force(app, harvested, item):
    draft = given(app, {}, resource_id=harvested)
    assert app.post(f"/check/{draft}/apply").status_code == 403


def test_past_its_time_it_is_gone(app, good, ckan_config, monkeypatch):
    monkeypatch.setitem(ckan_config, "ckanext.jichitai.check.bytes_hours", 0)
    draft = given(app, {}, upload=(io.BytesIO(good), "data.csv"))
    assert app.get(f"/check/{draft}/fixed.csv").status_code == 410
    assert app.get(f"/check/{draft}").status_code == 200  # the report stays longer


def test_a_heading_that_a_person_maps_is_remembered(app, context, head, municipality, town, item, good):
    column = item.columns[-1].name
    header, _, rows = good.partition(b"\n")
    header = b",".join(b"something else" if each == column.encode() else each for each in header.split(b","))
    renamed = header + b"\n" + rows
    dataset = call_action(
        "package_create", context, name="made", title="made", owner_org=municipality["id"], item=item.id
    )
    draft = given(app, head, upload=(io.BytesIO(renamed), "data.csv"), item=item.id, municipality=town.code)
    page = app.get(f"/check/{draft}", headers=head).body
    assert "something else" in page
    model.Session.expire_all()
    position = next(
        each for each in drafts.load(draft).report.columns if each.label == "something else"
    ).position
    app.post(
        f"/check/{draft}",
        headers=head,
        data={"item": item.id, "municipality": town.code, f"map-{position}": column},
    )
    model.Session.expire_all()
    made = drafts.load(draft)
    assert made.told.mapping == {"something else": column}
    assert next(each for each in made.report.columns if each.label == "something else").column == column
    app.post(f"/check/{draft}/publish", headers=head, data={"into": dataset["id"]})
    listed = call_action("jichitai_mapping_list", context, municipality=town.code)
    assert [(each["kind"], each["label"], each["column"]) for each in listed] == [
        ("mapping", "something else", column)
    ]
