"""What every test inside CKAN stands on: plugins loaded, tables made, a municipality, its clerk."""

from pathlib import Path

import ckan.plugins as p
import pytest
from ckan import model
from ckan.tests import factories, helpers

from ckanext.jichitai import migration
from ckanext.jichitai.bridge import rulebook

MIGRATIONS = {
    folder.name for path in migration.__path__ for folder in Path(path).iterdir() if folder.is_dir()
}
_migrated: set[str] = set()


@pytest.fixture
def clean_db(with_plugins, reset_db, migrate_db_for):
    """An empty database that has the tables of the loaded plugins."""
    model.Session.remove()
    reset_db()  # makes CKAN's own tables where the database is new
    for name in p.toolkit.config["ckan.plugins"]:
        if name in MIGRATIONS | {"activity"} and name not in _migrated:
            migrate_db_for(name)
            _migrated.add(name)
    yield
    model.Session.remove()


@pytest.fixture
def town():
    """The first municipality of the rule book."""
    return next(iter(rulebook.book().municipalities.values()))


@pytest.fixture
def municipality(town):
    """The organization that stands for it."""
    site_user = helpers.call_action("get_site_user")["name"]
    return helpers.call_action(
        "organization_create",
        context={"user": site_user, "ignore_auth": True},
        name=town.slug,
        title=town.name,
        municipality_code=town.code,
        area=town.area,
    )


@pytest.fixture
def clerk(municipality):
    """A user who may edit the municipality's datasets, with an API token."""
    user = factories.UserWithToken()
    helpers.call_action(
        "organization_member_create", id=municipality["id"], username=user["name"], role="editor"
    )
    return user


@pytest.fixture
def operator():
    """A sysadmin, with an API token."""
    return factories.SysadminWithToken()
