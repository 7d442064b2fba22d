"""Datasets with files, as a harvest or a clerk would leave them."""

import pytest
from ckan import model
from ckan.tests import helpers

from ckanext.jichitai.bridge import files, rulebook
from ckanext.jichitai.core.definitions.sample import sample


@pytest.fixture
def item():
    """An item with positions."""
    return next(each for each in rulebook.book().items.values() if each.position)


@pytest.fixture
def prepared(clean_db, clean_index):
    """Organizations of two municipalities and of the merged tables."""
    towns = list(rulebook.book().municipalities.values())[:2]
    call = helpers.call_action
    user = call("get_site_user")["name"]
    context = {"user": user, "ignore_auth": True}
    call("organization_create", context=dict(context), name="jichitai", title="Merged")
    for town in towns:
        call(
            "organization_create",
            context=dict(context),
            name=town.slug,
            title=town.name,
            municipality_code=town.code,
            area=town.area,
        )
    return towns


@pytest.fixture
def publish(prepared, item, arrive):
    """publish(town, data, …) → resource id of a dataset with that file."""

    def make(town, data, licence="CC BY 4.0", origin="harvest", name=None, **fields):
        user = helpers.call_action("get_site_user")["name"]
        dataset = helpers.call_action(
            "package_create",
            context={"user": user, "ignore_auth": True},
            name=name or f"{town.slug}-{item.id}".replace("_", "-"),
            title=item.title.ja,
            owner_org=town.slug,
            license_id=licence,
            resources=[{"url": f"https://{town.slug}.example/data.csv", "name": "data"}],
            **{"item": item.id, **fields},
        )
        resource = dataset["resources"][0]["id"]
        arrive(resource, dataset["id"], data, origin)
        return resource

    return make


@pytest.fixture
def rows(item):
    """rows(town, count) → a clean table of the item as CSV bytes."""

    def make(town, count=12, seed=1):
        return sample(item, rulebook.book(), town, count, seed).write_csv().encode("utf-8-sig")

    return make


@pytest.fixture
def arrive():
    """arrive(resource, dataset, data): new bytes for a resource."""

    def come(resource, dataset, data, origin="harvest"):
        files.arrived(resource, dataset, data, "data.csv", origin)
        model.Session.commit()

    return come
