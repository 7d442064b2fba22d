"""Stored reports: history, lists, what is due, jobs, and our own failures."""

import pytest
from ckan import model
from ckan.lib import jobs as rq_jobs
from ckan.plugins import toolkit as tk
from ckan.tests.helpers import call_action

from ckanext.jichitai.bridge import files, rulebook, signals
from ckanext.jichitai.bridge.cli import jichitai
from ckanext.jichitai.bridge.jobs import QUEUE
from ckanext.jichitai.validation import checking, reports, tasks

PLUGINS = (
    "jichitai_validation jichitai_definitions scheming_datasets scheming_organizations datastore activity"
)
pytestmark = [
    pytest.mark.ckan_config("ckan.plugins", PLUGINS),
    pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index", "clean_queues", "clean_redis"),
]


def waiting():
    return [job.func_name.rpartition(".")[2] for job in rq_jobs.get_queue(QUEUE).jobs]


@pytest.fixture
def context(clerk):
    user = model.User.get(clerk["id"])
    return {"user": user.name, "auth_user_obj": user, "ignore_auth": False}


@pytest.fixture
def dataset(context, municipality, item):
    return call_action(
        "package_create", context, name="made", title="made", owner_org=municipality["id"], item=item.id
    )


@pytest.fixture
def resource(context, dataset, file, good):
    return call_action(
        "resource_create", context, package_id=dataset["id"], upload=file(good), url="", name="r"
    )


def harvested(context, municipality, data):
    """A dataset as a harvest makes it: bytes noted, signal sent after the commit."""
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
    files.arrived(resource, made["id"], data, "x.csv", "harvest", "https://a.example/x.csv")
    model.Session.commit()
    signals.file_arrived.send(resource)
    return resource


def test_another_file_leaves_a_history(context, resource, file, bad):
    call_action("resource_patch", context, id=resource["id"], upload=file(bad), url="")
    listed = call_action("jichitai_report_list", resource_id=resource["id"])
    assert [row["verdict"] for row in listed] == ["invalid", "valid"]
    assert call_action("jichitai_report_show", resource_id=resource["id"])["verdict"] == "invalid"
    assert call_action("jichitai_report_show", id=listed[1]["id"])["verdict"] == "valid"


def test_a_new_title_asks_no_new_question(context, dataset, resource):
    call_action("package_patch", context, id=dataset["id"], title="another title")
    assert len(reports.history(resource["id"])) == 1
    assert waiting() == []


def test_another_item_asks_anew_in_the_background(context, dataset, resource):
    other = list(rulebook.book().items)[1]
    call_action("package_patch", context, id=dataset["id"], item=other)
    assert waiting() == ["check_resources"]
    tasks.check_resources([resource["id"]])
    newest = call_action("jichitai_report_show", resource_id=resource["id"])
    assert newest["report"]["item"] is None or newest["item"] == other
    assert len(reports.history(resource["id"])) == 2


def test_lists_by_what_they_are_asked_for(resource, municipality, town, item):
    for filters, count in (
        ({}, 1),
        ({"municipality": town.code}, 1),
        ({"item": item.id, "verdict": "valid"}, 1),
        ({"verdict": "invalid"}, 0),
        ({"code": "file_empty"}, 0),
    ):
        assert len(call_action("jichitai_report_list", **filters)) == count, filters
    with pytest.raises(tk.ValidationError):
        call_action("jichitai_report_list", limit="many")


def test_private_reports_are_not_listed(context, dataset, resource):
    call_action("package_patch", context, id=dataset["id"], private=True)
    anonymous = {"user": "", "ignore_auth": False}
    assert call_action("jichitai_report_list", dict(anonymous)) == []
    with pytest.raises(tk.NotAuthorized):
        call_action("jichitai_report_show", dict(anonymous), resource_id=resource["id"])


def test_a_harvested_file_is_checked_by_one_job(context, municipality, good):
    resource = harvested(context, municipality, good)
    signals.file_arrived.send(resource)
    assert waiting() == ["check_due"]
    assert call_action("resource_show", id=resource)["verdict"] == "unchecked"
    tasks.check_due()
    assert call_action("resource_show", id=resource)["verdict"] == "valid"
    found = call_action("package_search", fq="vocab_jichitai_verdict:valid")
    assert found["count"] == 1


def test_work_is_found_without_a_signal(context, municipality, good, cli):
    resource = harvested(context, municipality, good)
    said = cli.invoke(jichitai, ["check", "--stale", "--fast"])
    assert said.output == "1 files checked.\n"
    assert cli.invoke(jichitai, ["check", "--stale", "--fast"]).output == "0 files checked.\n"
    again = cli.invoke(jichitai, ["check", resource])
    assert again.output.split() == ["valid", "1"]
    assert cli.invoke(jichitai, ["check"]).exit_code == 2
    assert cli.invoke(jichitai, ["check", "no-such-resource"]).exit_code == 2


def test_a_large_file_is_a_job(context, dataset, file, good, ckan_config, monkeypatch):
    monkeypatch.setitem(ckan_config, "ckanext.jichitai.check.inline_rows", 3)
    made = call_action("resource_create", context, package_id=dataset["id"], upload=file(good), url="")
    assert call_action("resource_show", id=made["id"])["verdict"] == "unchecked"
    assert waiting() == ["check_resources"]
    tasks.check_resources([made["id"]])
    assert call_action("resource_show", id=made["id"])["verdict"] == "valid"


def test_our_own_failure_is_unchecked(context, dataset, file, good, monkeypatch):
    def broken(*_):
        raise RuntimeError("ours")

    monkeypatch.setattr("ckanext.jichitai.bridge.examined.report_of", broken)
    made = call_action("resource_create", context, package_id=dataset["id"], upload=file(good), url="")
    report = call_action("jichitai_report_show", resource_id=made["id"])
    assert report["verdict"] == "unchecked"
    assert [issue["code"] for issue in report["report"]["issues"]] == ["check_failed"]
    monkeypatch.undo()
    checking.check_these([made["id"]], 30)
    assert call_action("resource_show", id=made["id"])["verdict"] == "valid"


def test_a_link_instead_of_a_file_has_no_verdict(context, resource):
    call_action(
        "resource_update", context, id=resource["id"], url="https://a.example/x.csv", url_type="", name="r"
    )
    assert "verdict" not in call_action("resource_show", id=resource["id"])


def test_a_refused_transaction_leaves_no_job(context, dataset, file, good, ckan_config, monkeypatch):
    monkeypatch.setitem(ckan_config, "ckanext.jichitai.check.inline_rows", 3)
    with pytest.raises(tk.ValidationError):
        call_action(
            "package_patch",
            context,
            id=dataset["id"],
            item="none",
            resources=[{"upload": file(good), "url": ""}],
        )
    assert waiting() == []
