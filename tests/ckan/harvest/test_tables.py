"""The migration makes exactly the tables that the model names, and takes them away again."""

import pytest
import sqlalchemy as sa
from ckan import model

from ckanext.jichitai.harvest.model import TABLES


@pytest.mark.usefixtures("clean_db")
@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_the_migration_makes_the_table(table):
    found = sa.Table(table.name, sa.MetaData(), autoload_with=model.meta.engine)
    assert _plain(found) == _plain(table)
    assert {index.name for index in found.indexes} == {index.name for index in table.indexes}


def _plain(table):
    return {
        column.name: (type(column.type.as_generic()).__name__, column.nullable, column.primary_key)
        for column in table.columns
    }
