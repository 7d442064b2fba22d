"""One catalog published twice: one dataset, its twin shown, taken over when the first goes."""

import pytest
from ckan import model
from ckan.tests import helpers

from ckanext.jichitai.core.catalog.values import Source
from ckanext.jichitai.harvest import ledger, sources

from .conftest import count, outcome

pytestmark = pytest.mark.usefixtures("source", "clean_index")
NAMES = ("a-a", "b-b", "c-c")


@pytest.fixture
def feed(portal, town):
    """The same portal's DCAT feed as a second source, of worse rank."""
    both = [
        sources.get("one-ckan").settings,
        Source(id="two-dcat", municipality=town.code, type="dcat", url=f"{portal.url}/catalog.ttl", rank=2),
    ]
    sources.load(both)
    model.Session.commit()
    for name in NAMES:
        portal.put(name, name)
    return sources.get("two-dcat")


def dataset(name):
    return helpers.call_action("package_show", context={"ignore_auth": True}, id=f"one-ckan-{name}")


@pytest.mark.parametrize("order", [("one-ckan", "two-dcat"), ("two-dcat", "one-ckan"), ()])
def test_a_catalog_listed_twice_is_loaded_once(portal, feed, harvest, order):
    for name in order:
        harvest(name)
    harvest()
    assert count("package", type="dataset", state="active") == len(NAMES)
    assert (ledger.live("one-ckan"), ledger.live("two-dcat")) == (3, 0)
    shown = helpers.call_action("package_search", q="*:*")["results"]
    assert {one["source_id"] for one in shown} == {"one-ckan"}
    assert {tuple(one["also_at"]) for one in shown} == {(f"{portal.url}/feed/{name}",) for name in NAMES}
    before = count("activity")
    report = harvest()
    assert outcome(report) == outcome(report, "two-dcat") == ("unchanged", None)
    assert count("activity") == before


def test_the_twin_takes_over_under_the_same_id_and_hands_back(portal, feed, harvest, later):
    harvest()
    before = dataset("a-a")
    gone = portal.records.pop("a-a")
    portal.feed = {"a-a": gone}
    harvest("one-ckan")
    later(21)
    assert outcome(harvest("one-ckan")) == ("unchanged", None)
    assert dataset("a-a")["state"] == "active"
    harvest("two-dcat")
    taken = dataset("a-a")
    assert (taken["id"], taken["source_id"], taken["state"]) == (before["id"], "two-dcat", "active")
    assert not taken.get("also_at")
    portal.records["a-a"] = gone
    harvest("one-ckan")
    assert (dataset("a-a")["id"], dataset("a-a")["source_id"]) == (before["id"], "one-ckan")
    assert dataset("a-a")["also_at"] == [f"{portal.url}/feed/a-a"]


def test_equal_titles_are_two_datasets(portal, feed, harvest):
    portal.put("d-d", "a-a")
    harvest()
    assert count("package", type="dataset", state="active", title="a-a") == 2
