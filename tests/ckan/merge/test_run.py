"""From files to released tables: rows, dataset, DataStore, feed; and nothing twice."""

import io

import polars as pl
import pytest
import sqlalchemy as sa
from ckan import model
from ckan.tests import helpers

from ckanext.jichitai.bridge import feed, files
from ckanext.jichitai.merge import holds, packages, releases, run, store

PLUGINS = "jichitai_merge jichitai_definitions scheming_datasets scheming_organizations datastore activity"
pytestmark = [
    pytest.mark.ckan_config("ckan.plugins", PLUGINS),
    pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index"),
]
act = helpers.call_action


def merge(item):
    (done,) = run.merge([item.id])
    assert not done.fault, done.fault
    return done


def test_two_towns_become_one_table(publish, rows, prepared, item):
    first, second = prepared
    publish(first, rows(first))
    publish(second, rows(second, 8))
    done = merge(item)
    assert (done.state, done.rows, done.files) == ("released", 20, 2)
    table = releases.rows_of(releases.current(item.id))
    assert table["src_municipality_code"].unique().sort().to_list() == sorted([first.code, second.code])
    shown = act("jichitai_merged_show", id=item.id)
    assert shown["rows"] == 20
    assert shown["fates"] == {"included": 2}
    assert len(act("jichitai_change_list", item=item.id, kind="added")) == 20


def test_the_dataset_has_files_at_addresses_that_stay(publish, rows, prepared, item):
    publish(prepared[0], rows(prepared[0]))
    merge(item)
    dataset = act("package_show", id=packages.name_of(item.id))
    assert dataset["organization"]["name"] == "jichitai"
    assert dataset["item"] == item.id
    resources = {one["format"]: one for one in dataset["resources"]}
    assert resources["CSV"]["url"].split("/item/")[1]
    assert {"CSV", "XLSX", "GeoJSON", "Parquet", "JSON-LD"} <= set(resources)
    assert all(one["hash"] and one["size"] for one in dataset["resources"])


def test_the_datastore_has_the_same_rows_typed(publish, rows, prepared, item):
    publish(prepared[0], rows(prepared[0]))
    merge(item)
    resource = packages.resource_id(item.id, "csv")
    found = act("datastore_search", resource_id=resource, limit=100)
    assert found["total"] == 12
    types = {field["id"]: field["type"] for field in found["fields"]}
    latitude = item.position[0]
    assert types[latitude] == "float8"
    assert types["row_id"] == "text"
    info = {field["id"]: field.get("info", {}) for field in act("datastore_info", id=resource)["fields"]}
    assert info[latitude]["label"]
    words = act("datastore_search", resource_id=resource, q=found["records"][0]["row_id"])
    assert words["total"] == 1
    assert act("resource_show", id=resource)["datastore_active"]


def test_unchanged_inputs_change_nothing(publish, rows, prepared, item):
    publish(prepared[0], rows(prepared[0]))
    merge(item)
    before = (feed.newest(), act("package_show", id=packages.name_of(item.id))["metadata_modified"])
    assert merge(item).state == "unchanged"
    model.Session.execute(sa.text("UPDATE jichitai_release SET basis = 'other'"))
    model.Session.commit()
    assert merge(item).state == "unchanged"
    assert before == (feed.newest(), act("package_show", id=packages.name_of(item.id))["metadata_modified"])


def test_a_changed_file_gives_its_rows_as_events(publish, arrive, rows, prepared, item):
    town = prepared[0]
    resource = publish(town, rows(town))
    merge(item)
    cursor = feed.newest()
    dataset = model.Resource.get(resource).package_id
    table = pl.read_csv(io.BytesIO(rows(town)), infer_schema=False)
    arrive(resource, dataset, table.head(11).write_csv().encode("utf-8-sig"))
    assert merge(item).rows == 11
    kinds = [event["kind"] for event in act("jichitai_change_list", since=cursor, item=item.id)]
    assert sorted(kinds) == ["file", "removed"]
    assert store.rows_in(packages.resource_id(item.id, "csv")) == 11


def test_aliases_follow_the_new_table(publish, arrive, rows, prepared, item):
    town = prepared[0]
    resource = publish(town, rows(town))
    merge(item)
    table = packages.resource_id(item.id, "csv")
    act("datastore_create", resource_id=table, aliases=["sleds"], force=True)
    arrive(resource, model.Resource.get(resource).package_id, rows(town, 12, seed=5))
    merge(item)
    assert act("datastore_search", resource_id="sleds")["total"] == 12
    with store._engine().connect() as connection:
        names = connection.execute(sa.text('SELECT name FROM "_table_metadata"')).scalars().all()
    assert not [name for name in names if name.startswith("_")]


def test_a_closed_licence_keeps_a_file_out(publish, rows, prepared, item):
    publish(prepared[0], rows(prepared[0]), licence="CC BY-ND 4.0")
    publish(prepared[1], rows(prepared[1]), licence="")
    merge(item)
    assert act("jichitai_merged_show", id=item.id)["fates"] == {"licence_closed": 2}
    states = {cell["state"] for cell in act("jichitai_coverage_show", item=item.id)["cells"]}
    assert states == {"listed", "none"}


def test_a_clerks_own_file_needs_no_licence(publish, rows, prepared, item):
    publish(prepared[0], rows(prepared[0]), licence="", origin="upload")
    assert merge(item).rows == 12


def test_a_fall_is_held_until_a_person_decides(publish, arrive, rows, prepared, item):
    town = prepared[0]
    resource = publish(town, rows(town, 40))
    merge(item)
    dataset = model.Resource.get(resource).package_id
    arrive(resource, dataset, rows(town, 10))
    done = merge(item)
    assert (done.held, done.rows) == (1, 40)
    (waiting,) = act("jichitai_hold_list")
    assert waiting["words"]["en"]
    assert act("jichitai_coverage_show", item=item.id, municipality=town.code)["cells"][0]["state"] == "held"
    act("jichitai_hold_approve", id=waiting["id"], comment="list was cleaned")
    assert merge(item).rows == 10
    assert act("jichitai_hold_list") == []
    assert holds.get(waiting["id"])["state"] == "released"
    assert merge(item).state == "unchanged"


def test_discarded_rows_stay_until_the_file_changes(publish, arrive, rows, prepared, item):
    town = prepared[0]
    resource = publish(town, rows(town, 40))
    merge(item)
    dataset = model.Resource.get(resource).package_id
    arrive(resource, dataset, rows(town, 10))
    merge(item)
    act("jichitai_hold_discard", id=act("jichitai_hold_list")[0]["id"])
    assert merge(item).rows == 40
    arrive(resource, dataset, rows(town, 41))
    assert merge(item).rows == 41
    assert act("jichitai_hold_list") == []


def test_a_dataset_that_goes_takes_its_rows_along(publish, rows, prepared, item):
    first, second = prepared
    publish(first, rows(first))
    resource = publish(second, rows(second))
    merge(item)
    dataset = model.Resource.get(resource).package_id
    user = act("get_site_user")["name"]
    act("package_delete", context={"user": user, "ignore_auth": True}, id=dataset)
    assert merge(item).rows == 12
    causes = {event["cause"] for event in act("jichitai_change_list", item=item.id, kind="removed")}
    assert causes == {"withdrawal"}


def test_a_file_out_of_reach_serves_as_old(publish, rows, prepared, item):
    resource = publish(prepared[0], rows(prepared[0]))
    files.mark(resource, "stale", "timeout")
    model.Session.commit()
    merge(item)
    assert releases.rows_of(releases.current(item.id))["row_stale"].all()


def test_our_own_table_harvested_back_is_no_input(publish, rows, prepared, item):
    publish(prepared[0], rows(prepared[0]))
    merge(item)
    one = releases.current(item.id)
    from ckanext.jichitai.bridge import archive

    publish(prepared[1], archive.exports().read(one.files["csv"]["name"]))
    merge(item)
    assert act("jichitai_merged_show", id=item.id)["fates"] == {"included": 1, "own_output": 1}


def test_one_failing_item_leaves_the_others_alone(publish, rows, prepared, item, monkeypatch):
    publish(prepared[0], rows(prepared[0]))

    def broken(*_args, **_more):
        raise RuntimeError("disk full")

    monkeypatch.setattr(run.exports, "write_all", broken)
    done = {one.item: one for one in run.merge()}
    assert done[item.id].state == "failed"
    assert "disk full" in done[item.id].fault
    assert {one.state for name, one in done.items() if name != item.id} == {"unchanged"}
