"""Tables come and go by CKAN's own commands, and are those that the code names."""

import pytest
import sqlalchemy as sa
from ckan import model

from ckanext.jichitai.bridge import tables
from ckanext.jichitai.validation import model as validation

PLUGINS = (
    "jichitai_validation jichitai_definitions scheming_datasets scheming_organizations datastore activity"
)


@pytest.mark.ckan_config("ckan.plugins", PLUGINS)
@pytest.mark.usefixtures("with_plugins", "clean_db")
@pytest.mark.parametrize(
    ("plugin", "expected"),
    [("jichitai_definitions", tables.TABLES), ("jichitai_validation", validation.TABLES)],
)
def test_down_and_up(plugin, expected, migrate_db_for):
    names = {table.name for table in expected}
    model.Session.remove()
    migrate_db_for(plugin, "base", False)
    assert names.isdisjoint(sa.inspect(model.meta.engine).get_table_names())
    migrate_db_for(plugin)
    inspected = sa.inspect(model.meta.engine)
    for table in expected:
        columns = {column["name"]: column["nullable"] for column in inspected.get_columns(table.name)}
        assert columns == {column.name: column.nullable for column in table.columns}
        indexes = {tuple(index["column_names"]) for index in inspected.get_indexes(table.name)}
        assert {tuple(c.name for c in index.columns) for index in table.indexes} <= indexes
