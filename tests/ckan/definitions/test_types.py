"""A dataset of an item and an organization of a municipality, by the API and by the forms."""

import pytest
from ckan import model
from ckan.plugins import toolkit as tk
from ckan.tests.helpers import call_action

from ckanext.jichitai.bridge import rulebook

PLUGINS = "jichitai_definitions scheming_datasets scheming_organizations datastore activity"
pytestmark = [
    pytest.mark.ckan_config("ckan.plugins", PLUGINS),
    pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index"),
]


@pytest.fixture
def item():
    return next(iter(rulebook.book().items))


def as_user(user):
    found = model.User.get(user["id"])
    return {"user": found.name, "auth_user_obj": found, "ignore_auth": False}


def test_a_dataset_of_an_item(clerk, municipality, item):
    made = call_action(
        "package_create",
        as_user(clerk),
        name="made",
        title="made",
        owner_org=municipality["id"],
        item=item,
        frequency="ANNUAL",
        issued="2026-04",
        modified="2026-04-01T09:00:00+09:00",
        also_at=["https://a.example/", "https://b.example/"],
        resources=[{"url": "https://a.example/x.csv", "period": "2026", "verdict": "valid"}],
    )
    shown = call_action("package_show", id=made["id"])
    assert (shown["item"], shown["frequency"], shown["issued"]) == (item, "ANNUAL", "2026-04")
    assert shown["also_at"] == ["https://a.example/", "https://b.example/"]
    assert "verdict" not in shown["resources"][0]  # shown with a file, never stored in it


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("item", "no_such_item"),
        ("frequency", "SOMETIMES"),
        ("modified", "last year"),
        ("issued", "2026-13-01"),
    ],
)
def test_what_cannot_be_is_refused(field, value, clerk, municipality):
    with pytest.raises(tk.ValidationError) as refused:
        call_action(
            "package_create", as_user(clerk), name="made", owner_org=municipality["id"], **{field: value}
        )
    assert field in refused.value.error_dict


def test_the_nearest_item_is_named(clerk, municipality, item):
    with pytest.raises(tk.ValidationError) as refused:
        call_action(
            "package_create", as_user(clerk), name="made", owner_org=municipality["id"], item=item + "s"
        )
    assert item in str(refused.value.error_dict["item"])


def test_blank_item_is_none(clerk, municipality):
    made = call_action("package_create", as_user(clerk), name="made", owner_org=municipality["id"], item="")
    assert not made.get("item")


def test_facets_by_item_and_area(clerk, municipality, town, item):
    call_action("package_create", as_user(clerk), name="made", owner_org=municipality["id"], item=item)
    facets = ["vocab_jichitai_item", "vocab_jichitai_area"]
    found = call_action("package_search", **{"facet.field": facets})["search_facets"]
    assert [each["name"] for each in found["vocab_jichitai_item"]["items"]] == [item]
    assert [each["name"] for each in found["vocab_jichitai_area"]["items"]] == [town.area]
    title = rulebook.book().items[item].title
    assert found["vocab_jichitai_item"]["items"][0]["display_name"] in (title.ja, title.en)


def test_form_edit_keeps_what_it_only_carries(app, clerk, municipality, item):
    made = call_action(
        "package_create",
        as_user(clerk),
        name="made",
        title="made",
        owner_org=municipality["id"],
        item=item,
        source_url="https://a.example/page",
        also_at=["https://b.example/"],
    )
    form = app.get("/dataset/edit/made", headers={"Authorization": clerk["token"]}).body
    assert 'name="source_url" value="https://a.example/page"' in form
    assert 'name="also_at" value="https://b.example/"' in form
    app.post(
        "/dataset/edit/made",
        headers={"Authorization": clerk["token"]},
        data={
            "title": "other",
            "name": "made",
            "owner_org": municipality["id"],
            "item": item,
            "source_url": "https://a.example/page",
            "also_at": "https://b.example/",
            "save": "",
        },
        follow_redirects=False,
    )
    shown = call_action("package_show", id=made["id"])
    assert (shown["title"], shown["source_url"], shown["also_at"]) == (
        "other",
        "https://a.example/page",
        ["https://b.example/"],
    )


def test_only_an_operator_changes_the_municipality_code(municipality, town, operator):
    other = list(rulebook.book().municipalities)[1]
    admin = call_action("user_create", name="admin", email="a@example.jp", password="12345678")
    call_action("organization_member_create", id=municipality["id"], username="admin", role="admin")
    with pytest.raises(tk.ValidationError):
        call_action("organization_patch", as_user(admin), id=municipality["id"], municipality_code=other)
    call_action("organization_patch", as_user(admin), id=municipality["id"], municipality_code="", title="x")
    assert call_action("organization_show", id=municipality["id"])["municipality_code"] == town.code
    call_action("organization_patch", as_user(operator), id=municipality["id"], municipality_code=other)
    assert call_action("organization_show", id=municipality["id"])["municipality_code"] == other


def test_a_municipality_has_one_organization(municipality, town, operator):
    with pytest.raises(tk.ValidationError):
        call_action("organization_create", as_user(operator), name="second", municipality_code=town.code)
