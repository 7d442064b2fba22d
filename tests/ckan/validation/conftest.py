"""Files to upload: made of the rule book itself, so that no column is named here."""

import io

import pytest
from werkzeug.datastructures import FileStorage

from ckanext.jichitai.bridge import rulebook
from ckanext.jichitai.core.definitions.sample import sample


@pytest.fixture
def item():
    """An item with positions."""
    return next(each for each in rulebook.book().items.values() if each.position)


@pytest.fixture
def good(item, town):
    """A clean table of the item, as CSV bytes."""
    return sample(item, rulebook.book(), town, 6, 1).write_csv().encode("utf-8-sig")


@pytest.fixture
def bad(item):
    """A file that claims the item and has no usable row: headings alone."""
    return (",".join(column.name for column in item.columns) + "\r\n").encode("utf-8-sig")


@pytest.fixture
def foreign():
    """A table that is none of the items."""
    return b"colour,weight\nred,12\nblue,14\n"


@pytest.fixture
def file():
    """Bytes as a web form sends them: file(data, name)."""
    return lambda data, name="data.csv": FileStorage(io.BytesIO(data), name)
