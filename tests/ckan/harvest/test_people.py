"""What people may change of a harvested dataset, and who may act on sources."""

import pytest
from ckan.plugins import toolkit as tk
from ckan.tests import helpers

from ckanext.jichitai.core.catalog.values import Source
from ckanext.jichitai.harvest import ledger, sources

pytestmark = pytest.mark.usefixtures("source", "clean_index")


@pytest.fixture
def made(portal, harvest):
    portal.put("toilet", "公衆トイレ一覧", tags=[{"name": "トイレ"}], notes="区内の公衆トイレ")
    harvest()
    return helpers.call_action("package_show", id="one-ckan-toilet")


def act(action, user, **data):
    return helpers.call_action(action, context={"user": user["name"], "ignore_auth": False}, **data)


@pytest.mark.parametrize(
    ("field", "value"),
    [("title", "別の題"), ("notes", ""), ("license_id", "other"), ("tags", []), ("resources", [])],
)
def test_a_clerk_does_not_change_what_the_source_says(made, clerk, field, value):
    with pytest.raises(tk.ValidationError) as refused:
        act("package_patch", clerk, id=made["id"], **{field: value})
    assert ("tag_string" if field == "tags" else field) in refused.value.error_dict


def test_a_clerk_sets_the_item(made, clerk, portal, harvest):
    item = next(name for name in _items() if name != made["item"])
    act("package_patch", clerk, id=made["id"], item=item)
    portal.put("toilet", "公衆トイレの一覧")
    harvest()
    after = helpers.call_action("package_show", id=made["id"])
    assert (after["item"], after["title"]) == (item, "公衆トイレの一覧")


def test_a_clerk_adds_a_file_that_stays(made, clerk, portal, harvest):
    act("resource_create", clerk, package_id=made["id"], name="ours", url="http://x.example/ours.csv")
    portal.put("toilet", "公衆トイレの一覧")
    harvest()
    after = helpers.call_action("package_show", id=made["id"])
    assert [file["name"] for file in after["resources"]] == ["list.csv", "ours"]


def test_an_operators_change_stays_until_it_is_lifted(made, operator, portal, harvest):
    act("package_patch", operator, id=made["id"], title="正しい題")
    for number in range(3):
        portal.put("toilet", "公衆トイレ一覧", notes=f"説明{number}")
        harvest()
    after = helpers.call_action("package_show", id=made["id"])
    assert (after["title"], after["notes"]) == ("正しい題", "説明2")
    kept = ledger.of_dataset(made["id"])["overrides"]["title"]
    assert (kept["source"], kept["by"]) == ("公衆トイレ一覧", operator["name"])
    act("package_patch", operator, id=made["id"], title="公衆トイレ一覧")
    assert ledger.of_dataset(made["id"])["overrides"] == {}


def test_a_dataset_that_is_not_harvested_is_its_editors(municipality, clerk):
    own = act("package_create", clerk, name="own", title="own", owner_org=municipality["id"])
    assert act("package_patch", clerk, id=own["id"], title="new")["title"] == "new"


@pytest.mark.parametrize(
    ("action", "data"),
    [
        ("jichitai_source_create", {"id": "x-ckan"}),
        ("jichitai_source_update", {"id": "one-ckan", "enabled": False}),
        ("jichitai_source_delete", {"id": "one-ckan"}),
        ("jichitai_source_preview", {"id": "one-ckan"}),
        ("jichitai_harvest_start", {}),
        ("jichitai_plan_approve", {"id": 1}),
        ("jichitai_plan_discard", {"id": 1}),
        ("jichitai_plan_undo", {"id": 1}),
    ],
)
def test_only_operators_act(clerk, action, data):
    with pytest.raises(tk.NotAuthorized):
        act(action, clerk, **data)


def test_everyone_reads(made):
    visitor = {"name": ""}
    [one] = act("jichitai_source_list", visitor)
    assert (one["id"], one["state"], one["datasets"]) == ("one-ckan", "ok", 1)
    shown = act("jichitai_source_show", visitor, id="one-ckan")
    assert shown["runs"][0]["names"]["created"] == ["one-ckan-toilet"]
    [run] = act("jichitai_run_list", visitor)
    assert act("jichitai_run_show", visitor, id=run["id"])["sources"][0]["source"] == "one-ckan"


def test_a_source_added_by_hand_is_off_and_its_first_plan_waits(operator, town, portal, harvest):
    portal.put("toilet", "公衆トイレ一覧")
    given = {"id": "new-ckan", "municipality": town.code, "type": "ckan", "url": portal.url}
    assert act("jichitai_source_create", operator, **given)["enabled"] is False
    found = act("jichitai_source_preview", operator, id="new-ckan")
    assert [one["title"] for one in found["entries"]] == ["公衆トイレ一覧"]
    act("jichitai_source_update", operator, id="new-ckan", enabled=True)
    [outcome] = harvest("new-ckan").outcomes
    assert (outcome.outcome, outcome.fault) == ("held", "first")
    [plan] = act("jichitai_plan_list", operator, source="new-ckan")
    assert act("jichitai_plan_approve", operator, id=plan["id"], comment="seen") == {"created": 1}


@pytest.mark.parametrize(
    "given", [{"id": "bad id"}, {"id": "x-x", "type": "ftp"}, {"id": "x-x", "colour": 1}]
)
def test_a_wrong_source_is_refused(operator, town, given):
    row = {"municipality": town.code, "type": "ckan", "url": "http://x.example", **given}
    with pytest.raises(tk.ValidationError):
        act("jichitai_source_create", operator, **row)


def test_what_an_operator_changed_survives_the_list(source, portal):
    sources.change("one-ckan", {"pause": 5.0, "enabled": False})
    moved = Source("one-ckan", source.settings.municipality, "ckan", url=f"{portal.url}/", rank=2)
    assert sources.load([moved]) == ["1 sources changed"]
    after = sources.get("one-ckan")
    assert (after.settings.pause, after.enabled, after.settings.rank) == (5.0, False, 2)
    assert sources.load([moved]) == []
    assert sources.load([]) == ["1 sources no longer listed"]
    assert not sources.get("one-ckan").enabled


def _items():
    from ckanext.jichitai.bridge.rulebook import book

    return book().items
