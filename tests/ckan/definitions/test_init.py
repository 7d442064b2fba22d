"""`ckan jichitai init` and `status`."""

import json

import pytest
from ckan import model
from ckan.tests.helpers import call_action

from ckanext.jichitai.bridge import rulebook
from ckanext.jichitai.bridge.cli import jichitai
from ckanext.jichitai.definitions.organizations import prepare

PLUGINS = "jichitai_definitions scheming_datasets scheming_organizations datastore activity"
pytestmark = [
    pytest.mark.ckan_config("ckan.plugins", PLUGINS),
    pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index"),
]


def organizations():
    query = model.Session.query(model.Group).filter_by(is_organization=True, state="active")
    return {group.name: group for group in query}


def test_every_municipality_gets_one_and_a_second_run_does_nothing(cli):
    first = cli.invoke(jichitai, ["init"])
    assert first.exit_code == 0, first.output
    towns = rulebook.book().municipalities.values()
    assert set(organizations()) == {town.slug for town in towns} | {"jichitai"}
    assert {town.code: rulebook.municipality_of(organizations()[town.slug].id).code for town in towns} == {
        town.code: town.code for town in towns
    }
    assert prepare() == []
    status = cli.invoke(jichitai, ["status", "--json"])
    assert json.loads(status.output)["municipalities"] == len([town for town in towns if town.matrix]) == 62


def test_one_that_has_the_code_is_adopted(municipality, town):
    call_action(
        "organization_patch",
        {"user": call_action("get_site_user")["name"], "ignore_auth": True},
        id=municipality["id"],
        name="another-name",
    )
    prepare()
    assert town.slug not in organizations()
    assert organizations()["another-name"].extras["name_kana"] == town.kana


def test_one_that_the_configuration_names_is_adopted(town, ckan_config, monkeypatch):
    call_action(
        "organization_create",
        {"user": call_action("get_site_user")["name"], "ignore_auth": True},
        name="our-town",
        title="Our town",
    )
    monkeypatch.setitem(ckan_config, "ckanext.jichitai.organizations", [f"{town.code}=our-town"])
    prepare()
    assert rulebook.municipality_of(organizations()["our-town"].id).code == town.code
    assert call_action("organization_show", id="our-town")["title"] == "Our town"


def test_a_namesake_without_code_is_asked_about(town):
    call_action(
        "organization_create",
        {"user": call_action("get_site_user")["name"], "ignore_auth": True},
        name=town.slug,
        title="?",
    )
    said = prepare()
    assert any(f"{town.code}={town.slug}" in sentence for sentence in said)
    assert rulebook.organization_of(town.code) is None
