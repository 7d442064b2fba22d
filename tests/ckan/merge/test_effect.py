"""jichitai_check with both plugins says what the file would do."""

import io

import pytest
from ckan.tests import helpers
from werkzeug.datastructures import FileStorage

from ckanext.jichitai.merge import run

PLUGINS = (
    "jichitai_merge jichitai_validation jichitai_definitions scheming_datasets scheming_organizations"
    " datastore activity"
)
pytestmark = [
    pytest.mark.ckan_config("ckan.plugins", PLUGINS),
    pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index"),
]


def check(data, town):
    upload = FileStorage(io.BytesIO(data), "data.csv")
    return helpers.call_action("jichitai_check", upload=upload, municipality=town.code)["effect"]


def test_a_first_file_and_one_more_row(publish, rows, prepared, item):
    town = prepared[0]
    assert (check(rows(town), town)["added"], check(rows(town), town)["state"]["before"]) == (12, "none")
    publish(town, rows(town))
    run.merge([item.id])
    assert check(rows(town), town)["added"] == 0
    found = check(rows(town, 13), town)
    assert (found["state"]["before"], found["state"]["after"]) == ("valid", "valid")
    assert found["words"]["ja"]


def test_nothing_is_said_of_a_file_without_item(prepared):
    assert check(b"colour,weight\nred,1\nblue,2\n", prepared[0]) is None
