"""Each path by which a file comes into the catalog ends in a check."""

import pytest
from ckan import model
from ckan.plugins import toolkit as tk
from ckan.tests.helpers import call_action

from ckanext.jichitai.bridge import archive, files

PLUGINS = (
    "jichitai_validation jichitai_definitions scheming_datasets scheming_organizations datastore activity"
)
pytestmark = [
    pytest.mark.ckan_config("ckan.plugins", PLUGINS),
    pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index", "clean_queues"),
]


def by_resource_create(context, dataset, upload):
    call_action("resource_create", context, package_id=dataset["id"], upload=upload, url="", name="r")


def by_resource_update(context, dataset, upload):
    made = call_action("resource_create", context, package_id=dataset["id"], url="https://a.example/x.csv")
    call_action("resource_update", context, id=made["id"], upload=upload, url="", name="r")


def by_resource_patch(context, dataset, upload):
    made = call_action("resource_create", context, package_id=dataset["id"], url="https://a.example/x.csv")
    call_action("resource_patch", context, id=made["id"], upload=upload, url="")


def by_package_update(context, dataset, upload):
    shown = call_action("package_show", context, id=dataset["id"])
    call_action("package_update", context, **{**shown, "resources": [{"upload": upload, "url": ""}]})


def by_package_patch(context, dataset, upload):
    resources = [{"upload": upload, "url": ""}]
    call_action("package_patch", context, id=dataset["id"], resources=resources)


def by_package_revise(context, dataset, upload):
    call_action("package_patch", context, id=dataset["id"], resources=[{"url": "x", "name": "r"}])
    call_action("package_revise", context, match={"id": dataset["id"]}, update__resources__0__upload=upload)


PATHS = [
    by_resource_create,
    by_resource_update,
    by_resource_patch,
    by_package_update,
    by_package_patch,
    by_package_revise,
]


@pytest.fixture
def context(clerk):
    user = model.User.get(clerk["id"])
    return {"user": user.name, "auth_user_obj": user, "ignore_auth": False}


@pytest.fixture
def dataset(context, municipality, item):
    return call_action(
        "package_create", context, name="made", title="made", owner_org=municipality["id"], item=item.id
    )


def shown(dataset):
    return call_action("package_show", id=dataset["id"])["resources"][-1]


@pytest.mark.parametrize("path", PATHS)
def test_every_path_checks(path, context, dataset, file, good):
    path(context, dataset, file(good))
    resource = shown(dataset)
    assert resource["verdict"] == "valid"
    stored = files.current(resource["id"])
    assert stored is not None
    assert resource["sha256"] == stored.sha256
    assert archive.archive().read(stored.sha256) == good
    report = call_action("jichitai_report_show", resource_id=resource["id"])
    assert report["report"]["rows"]["total"] == 6


def test_package_create_takes_files_too(context, municipality, item, file, good):
    made = call_action(
        "package_create",
        context,
        name="made",
        title="made",
        owner_org=municipality["id"],
        item=item.id,
        resources=[{"upload": file(good), "name": "r", "url": ""}],
    )
    assert shown(made)["verdict"] == "valid"
    assert shown(made)["url_type"] == "upload"


@pytest.mark.parametrize("path", PATHS)
def test_strict_mode_refuses_on_every_path(path, context, dataset, municipality, file, bad):
    strict(municipality)
    with pytest.raises(tk.ValidationError) as refused:
        path(context, dataset, file(bad))
    answer = refused.value.error_dict
    errors = answer if "report" in answer else answer["resources"][-1]
    assert "/check/" in errors["report"][0]
    assert all(resource.get("url_type") != "upload" for resource in resources(dataset))


def test_strict_mode_takes_what_is_none_of_the_items(context, municipality, file, foreign):
    strict(municipality)
    made = call_action("package_create", context, name="made", title="made", owner_org=municipality["id"])
    by_resource_create(context, made, file(foreign))
    assert shown(made)["verdict"] == "other"


def strict(municipality):
    site_user = call_action("get_site_user")["name"]
    call_action(
        "organization_patch",
        {"user": site_user, "ignore_auth": True},
        id=municipality["id"],
        strict_mode="true",
    )


def resources(dataset):
    return call_action("package_show", id=dataset["id"])["resources"]
