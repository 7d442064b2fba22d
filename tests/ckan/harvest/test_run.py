"""A harvest against a real server: what goes in, what stays, what waits."""

import pytest
from ckan import model
from ckan.tests import helpers

from ckanext.jichitai.bridge import files as stored
from ckanext.jichitai.bridge.lock import advisory
from ckanext.jichitai.core.catalog.values import Source
from ckanext.jichitai.harvest import decide, index, ledger, plans, sources
from ckanext.jichitai.harvest.model import TABLES

from .conftest import count, outcome

pytestmark = pytest.mark.usefixtures("source", "clean_index")


def dataset(name):
    return helpers.call_action("package_show", context={"ignore_auth": True}, id=f"one-ckan-{name}")


def test_a_first_run_loads_datasets_files_and_index(portal, harvest, municipality):
    portal.put("toilet", "公衆トイレ一覧")
    portal.put("books", "図書館の貸出冊数")
    report = harvest()
    assert outcome(report) == ("changed", None)
    assert report.exit_code == 0
    made = dataset("toilet")
    assert made["owner_org"] == municipality["id"]
    assert made["source_id"] == "one-ckan"
    assert made["source_remote_id"] == "id-toilet"
    assert made["resources"][0]["url"] == f"{portal.url}/files/toilet-list.csv"
    assert helpers.call_action("package_search", q="source_id:one-ckan")["count"] == 2
    assert index.waiting() == 0
    assert stored.current(made["resources"][0]["id"]).bytes == len(portal.files["toilet-list.csv"])
    assert count("jichitai_change", kind="created") == 2


def test_a_second_run_changes_nothing(portal, harvest):
    portal.put("toilet", "公衆トイレ一覧")
    harvest()
    before = (count("activity"), count("jichitai_change"), count("jichitai_plan"), dataset("toilet"))
    report = harvest()
    assert outcome(report) == ("unchanged", None)
    assert (count("activity"), count("jichitai_change"), count("jichitai_plan"), dataset("toilet")) == before


def test_a_changed_record_is_one_update_one_activity(portal, harvest):
    portal.put("toilet", "公衆トイレ一覧")
    harvest()
    old = dataset("toilet")
    activities = count("activity")
    portal.put("toilet", "公衆トイレ", files=("list.csv", "new.csv"))
    assert outcome(harvest()) == ("changed", None)
    new = dataset("toilet")
    assert new["title"] == "公衆トイレ"
    assert [file["name"] for file in new["resources"]] == ["list.csv", "new.csv"]
    assert new["resources"][0]["id"] == old["resources"][0]["id"]
    assert new["metadata_modified"] > old["metadata_modified"]
    assert count("activity") == activities + 1
    assert helpers.call_action("package_search", q="new.csv OR title:公衆トイレ")["count"] == 1


@pytest.mark.parametrize(
    ("mood", "fault"),
    [
        ("html", "html_page"),
        ("not_json", "bad_answer"),
        ("refused", "bad_answer"),
        ("silent", "timeout"),
        ("error", "http_error"),
    ],
)
def test_a_source_that_fails_keeps_its_datasets(portal, harvest, mood, fault):
    portal.put("toilet", "公衆トイレ一覧")
    harvest()
    before = dataset("toilet")
    portal.mood = mood
    report = harvest()
    assert outcome(report) == ("failed", fault)
    assert report.exit_code == 1
    assert dataset("toilet") == before
    assert sources.get("one-ckan").state == "failing"
    portal.mood = ""
    assert outcome(harvest()) == ("unchanged", None)
    assert sources.get("one-ckan").state == "ok"


def test_a_server_that_is_down_leaves_the_others_alone(portal, harvest, town):
    down = Source(id="down-ckan", municipality=town.code, type="ckan", url="http://127.0.0.1:9")
    sources.load([sources.get("one-ckan").settings, down])
    model.Session.commit()
    portal.put("toilet", "公衆トイレ一覧")
    report = harvest()
    assert outcome(report) == ("changed", None)
    assert outcome(report, "down-ckan") == ("failed", "unreachable")
    assert report.exit_code == 1


def test_a_valid_empty_list_waits_for_a_person(portal, harvest):
    for name in ("a-a", "b-b", "c-c"):
        portal.put(name, name)
    harvest()
    portal.records.clear()
    report = harvest()
    assert outcome(report) == ("held", "empty")
    assert report.exit_code == 1
    assert ledger.live("one-ckan") == 3
    [waiting] = plans.held()
    assert decide.approve(waiting.id, "test").count("withdrawn") == 3
    assert ledger.live("one-ckan") == 0
    assert dataset("a-a")["state"] == "deleted"
    assert decide.undo(waiting.id, "test").count("restored") == 3
    assert dataset("a-a")["state"] == "active"
    assert dataset("a-a").get("withdrawn_on") in (None, "")


def test_a_held_plan_is_not_applied_on_a_catalog_that_moved(portal, harvest):
    for name in ("a-a", "b-b", "c-c"):
        portal.put(name, name)
    harvest()
    records = dict(portal.records)
    portal.records.clear()
    harvest()
    [waiting] = plans.held()
    portal.records |= records
    harvest()
    with pytest.raises(decide.NotNow):
        decide.approve(waiting.id, "test")


def test_a_withdrawal_needs_two_whole_listings_a_day_apart(portal, harvest, later, app):
    for name in ("a-a", "b-b", "c-c", "d-d"):
        portal.put(name, name)
    harvest()
    gone = portal.records.pop("a-a")
    harvest()
    assert ledger.live("one-ckan") == 4
    later(21)
    portal.mood = "counts_wrong"
    assert outcome(harvest())[1] == "incomplete"
    assert ledger.live("one-ckan") == 4
    portal.mood = ""
    old = dataset("a-a")
    assert outcome(harvest()) == ("changed", None)
    assert dataset("a-a")["state"] == "deleted"
    assert helpers.call_action("package_search", q="source_id:one-ckan")["count"] == 3
    for address in (
        f"/dataset/{old['name']}",
        f"/dataset/{old['name']}/resource/{old['resources'][0]['id']}",
    ):
        answer = app.get(address, status=410)
        assert "a-a" in answer.body
    portal.records["a-a"] = gone
    harvest()
    back = dataset("a-a")
    assert (back["state"], back["id"], back["name"]) == ("active", old["id"], old["name"])
    app.get(f"/dataset/{old['name']}", status=200)


def test_a_dry_run_writes_nothing(portal, harvest):
    portal.put("toilet", "公衆トイレ一覧")
    tables = [table.name for table in TABLES] + ["package", "activity", "jichitai_change", "jichitai_file"]
    before = {name: count(name) for name in tables}
    report = harvest(dry=True)
    assert [entry.action for plan in report.plans for entry in plan.entries] == ["create"]
    assert {name: count(name) for name in tables} == before


def test_two_runs_at_once_the_second_has_nothing_to_do(portal, harvest):
    with advisory("run") as got:
        assert got
        assert harvest() is None
    assert portal.asked == []


def test_a_record_that_the_catalog_refuses_leaves_the_others_alone(portal, harvest, monkeypatch):
    helpers.call_action(
        "package_create", context=_user(), name="one-ckan-taken", title="x", owner_org=_organization()
    )
    monkeypatch.setattr(ledger, "taken", lambda names, source: frozenset())
    portal.put("taken", "名前が先に取られた")
    portal.put("toilet", "公衆トイレ一覧")
    report = harvest()
    found = report.outcomes[0]
    assert found.outcome == "changed"
    assert found.names["created"] == ["one-ckan-toilet"]
    assert [words.split(":")[0] for words in found.names["refused"]] == ["id-taken"]
    assert report.exit_code == 0


def test_the_index_catches_up_after_it_was_down(portal, harvest, monkeypatch):
    def down(*_args, **_how):
        raise index.IndexDown("no")

    portal.put("toilet", "公衆トイレ一覧")
    with monkeypatch.context() as patched:
        patched.setattr(index, "_index", down)
        report = harvest()
    assert report.exit_code == 3
    assert dataset("toilet")["state"] == "active"
    assert index.waiting() == 1
    assert harvest().exit_code == 0
    assert index.waiting() == 0
    assert helpers.call_action("package_search", q="source_id:one-ckan")["count"] == 1


def test_a_dataset_deleted_here_stays_away(portal, harvest):
    portal.put("toilet", "公衆トイレ一覧")
    harvest()
    made = dataset("toilet")
    helpers.call_action("package_delete", context=_user(), id=made["id"])
    portal.put("toilet", "公衆トイレ")
    harvest()
    assert dataset("toilet")["state"] == "deleted"


def test_a_purged_dataset_comes_back_with_its_id(portal, harvest):
    portal.put("toilet", "公衆トイレ一覧")
    harvest()
    made = dataset("toilet")
    helpers.call_action("dataset_purge", context=_user(), id=made["id"])
    harvest()
    assert dataset("toilet")["id"] == made["id"]


def test_a_file_that_is_gone_keeps_its_last_copy(portal, harvest):
    portal.put("toilet", "公衆トイレ一覧")
    harvest()
    file = dataset("toilet")["resources"][0]["id"]
    before = stored.current(file)
    portal.files.clear()
    portal.put("toilet", "公衆トイレ", files=())
    portal.records["toilet"]["resources"] = [
        {"id": "toilet-list.csv", "name": "x", "format": "CSV", "url": f"{portal.url}/files/toilet-list.csv"}
    ]
    harvest()
    after = stored.current(file)
    assert (after.sha256, after.state, after.state_class) == (before.sha256, "stale", "http_error")


def _organization():
    from ckanext.jichitai.bridge.rulebook import organization_of

    return organization_of(sources.get("one-ckan").settings.municipality)


def _user():
    return {"user": helpers.call_action("get_site_user")["name"], "ignore_auth": True}
