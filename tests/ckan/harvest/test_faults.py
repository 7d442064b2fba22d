"""Faults of sources, each once, end to end; the numbers are those of the table of faults."""

import pytest
from ckan import model
from ckan.tests import helpers

from ckanext.jichitai.core.catalog.values import Source
from ckanext.jichitai.harvest import ledger, plans, sources

from .conftest import count, outcome

pytestmark = pytest.mark.usefixtures("source", "clean_index")


def dataset(name):
    return helpers.call_action("package_show", context={"ignore_auth": True}, id=f"one-ckan-{name}")


def refused(report):
    return sorted(words.split(" ")[0:2][1] for words in report.outcomes[0].names.get("refused", []))


def test_12_28_51_52_what_cannot_be_taken_leaves_the_rest_alone(portal, harvest, ckan_config):
    for number in range(20):
        portal.put(f"fine-{number}", f"表{number}")
    portal.put("no-title", " ")
    portal.put("tags", "札の山", tags=[{"name": f"札{n}"} for n in range(201)])
    portal.put("files", "資料の山", files=[f"{n}.csv" for n in range(1001)])
    portal.put("notes", "長文", notes="あ" * 40_000)
    portal.put("loop", "再掲", url=f"{ckan_config['ckan.site_url']}/dataset/x")
    portal.put("silent", "規約なし", license_id="")
    portal.put("control", "文字\x00化け\ud800", notes="a\x00b")
    report = harvest()
    assert outcome(report) == ("changed", None)
    assert report.exit_code == 0
    assert refused(report) == ["loop", "missing", "too_large", "too_large", "too_large"]
    assert ledger.live("one-ckan") == 22
    assert not dataset("silent")["license_id"]
    assert (dataset("control")["title"], dataset("control")["notes"]) == ("文字化け", "ab")


def test_11_a_repeated_id_does_not_flip(portal, harvest):
    portal.put("toilet", "公衆トイレ一覧")
    harvest()
    twice = {**portal.records["toilet"], "title": "別の題名"}
    shown = set()
    for turn in range(4):
        pair = [portal.records["toilet"], twice]
        portal.repeated = pair[:: 1 if turn % 2 else -1]
        harvest()
        shown.add(dataset("toilet")["title"])
    assert shown == {"公衆トイレ一覧"}


def test_22_dates_decide_nothing(portal, harvest):
    portal.put("toilet", "公衆トイレ一覧", metadata_modified="2021-01-01T00:00:00")
    harvest()
    portal.records["toilet"]["metadata_modified"] = "2099-01-01T00:00:00"
    assert outcome(harvest()) == ("unchanged", None)
    portal.records["toilet"]["notes"] = "新しい説明"
    assert outcome(harvest()) == ("changed", None)


def test_33_midnight_without_a_zone_is_the_next_day_in_japan(portal, harvest):
    portal.put("toilet", "公衆トイレ一覧")
    portal.records["toilet"]["resources"][0]["last_modified"] = "2021-05-11T15:00:00"
    harvest()
    assert dataset("toilet")["modified"] == "2021-05-12"


def test_35_equal_titles_are_two_datasets(portal, harvest):
    portal.put("a-a", "同じ題名")
    portal.put("b-b", "同じ題名")
    harvest()
    assert count("package", title="同じ題名", state="active") == 2


def test_39_one_address_of_many_resources_gives_each_its_file(portal, harvest):
    portal.put("toilet", "公衆トイレ一覧")
    (one,) = portal.records["toilet"]["resources"]
    portal.records["toilet"]["resources"] = [{**one, "id": f"r{number}"} for number in range(5)]
    harvest()
    assert count("jichitai_file") == 5
    assert len([path for path in portal.asked if path.startswith("/files/")]) == 1


def test_40_a_changed_licence_is_an_update(portal, harvest):
    portal.put("toilet", "公衆トイレ一覧", license_id="CC-BY-4.0")
    harvest()
    shown = []
    for wording in ("CC-BY-NC-4.0", ""):
        portal.records["toilet"]["license_id"] = wording
        assert outcome(harvest()) == ("changed", None)
        shown.append(dataset("toilet")["license_id"] or "")
    assert shown == ["CC BY-NC 4.0", ""]


def test_50_one_new_id_for_the_same_dataset_keeps_its_address(portal, harvest):
    for name in ("a-a", "b-b", "c-c"):
        portal.put(name, name)
    harvest()
    before = dataset("a-a")
    portal.records["a-a"]["id"] = "another-id"
    assert outcome(harvest()) == ("changed", None)
    assert (dataset("a-a")["id"], dataset("a-a")["source_remote_id"]) == (before["id"], "another-id")
    assert ledger.live("one-ckan") == 3


def test_50_many_new_ids_wait_and_keep_their_addresses(portal, harvest):
    from ckanext.jichitai.harvest import decide

    for number in range(12):
        portal.put(f"d-{number}", f"表{number}")
    harvest()
    ids = {dataset(f"d-{number}")["id"] for number in range(12)}
    for name, record in portal.records.items():
        record["id"] = f"new-{name}"
    assert outcome(harvest()) == ("held", "reidentified")
    [waiting] = plans.held()
    decide.approve(waiting.id, "test")
    assert {dataset(f"d-{number}")["id"] for number in range(12)} == ids
    assert count("package", type="dataset") == 12


def test_9_the_same_id_in_two_municipalities_is_two_datasets(portal, harvest):
    from ckanext.jichitai.bridge.rulebook import book

    other = list(book().municipalities.values())[1]
    helpers.call_action(
        "organization_create",
        context={"user": helpers.call_action("get_site_user")["name"], "ignore_auth": True},
        name=other.slug,
        title=other.name,
        municipality_code=other.code,
        area=other.area,
    )
    second = Source(id="two-ckan", municipality=other.code, type="ckan", url=portal.url)
    sources.load([sources.get("one-ckan").settings, second])
    model.Session.commit()
    portal.put("toilet", "公衆トイレ一覧")
    harvest()
    made = helpers.call_action("package_search", q="title:公衆トイレ一覧")["results"]
    assert len({one["id"] for one in made}) == len({one["owner_org"] for one in made}) == 2
