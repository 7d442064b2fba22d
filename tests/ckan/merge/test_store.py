"""The DataStore table while it is replaced: old or new, never a part; and after a kill."""

import threading
import time

import pytest
import sqlalchemy as sa
from ckan import model

from ckanext.jichitai.merge import packages, releases, run, store

PLUGINS = "jichitai_merge jichitai_definitions scheming_datasets scheming_organizations datastore activity"
pytestmark = [
    pytest.mark.ckan_config("ckan.plugins", PLUGINS),
    pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index"),
]


@pytest.fixture
def table(publish, rows, prepared, item):
    """A released table of 12 rows: its resource, and its rows."""
    publish(prepared[0], rows(prepared[0]))
    run.merge([item.id])
    return packages.resource_id(item.id, packages.TABLE), releases.rows_of(releases.current(item.id))


class Reader(threading.Thread):
    """Counts the table's rows as the public role, as fast as it can."""

    def __init__(self, resource):
        super().__init__()
        self.resource, self.seen, self.faults, self.going = resource, set(), [], True

    def run(self):
        from ckanext.datastore.backend.postgres import get_read_engine

        with get_read_engine().connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            while self.going:
                try:
                    self.seen.add(
                        connection.execute(sa.text(f'SELECT count(*) FROM "{self.resource}"')).scalar()
                    )
                except Exception as fault:
                    self.faults.append(str(fault))
                time.sleep(0.002)


def test_readers_see_the_old_or_the_new_table(table, item):
    resource, whole = table
    reader = Reader(resource)
    reader.start()
    for number in range(20):
        store.replace(resource, item, whole if number % 2 else whole.head(5))
    reader.going = False
    reader.join()
    assert reader.faults == []
    assert reader.seen <= {5, 12}


@pytest.mark.parametrize("step", ["_copy", "_swap"])
def test_a_kill_leaves_the_old_table_and_the_next_run_finishes(table, item, step, monkeypatch):
    resource, whole = table

    def killed(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(store, step, killed)
        with pytest.raises(KeyboardInterrupt):
            store.replace(resource, item, whole.head(5))
    assert store.rows_in(resource) == 12
    store.replace(resource, item, whole.head(5))
    assert store.rows_in(resource) == 5


def test_trigger_sequence_grants_and_comments_are_right(table, item):
    resource, whole = table
    store.replace(resource, item, whole)
    with store._engine().connect() as connection:
        ask = lambda text: connection.execute(sa.text(text), {"name": resource})  # noqa: E731
        assert ask(f'SELECT count(*) FROM "{resource}" WHERE _full_text IS NULL').scalar() == 0
        sequence = ask(f"""SELECT pg_get_serial_sequence('"{resource}"', '_id')""").scalar()
        owner = ask(
            "SELECT count(*) FROM pg_trigger WHERE tgrelid = CAST(:name AS regclass) AND tgname = 'zfulltext'".replace(
                ":name", f"""'"{resource}"'"""
            )
        )
        assert sequence
        assert owner.scalar() == 1
        assert ask(f'SELECT max(_id) FROM "{resource}"').scalar() == 12
        grants = ask(
            "SELECT count(DISTINCT grantee) FROM information_schema.role_table_grants WHERE table_name = :name"
        )
        assert grants.scalar() == 2
        comments = ask(
            f"""SELECT count(*) FROM pg_description WHERE objoid = '"{resource}"'::regclass"""
        ).scalar()
        assert comments == len(item.columns)


def test_a_reader_who_holds_the_table_only_makes_us_wait(table, item):
    resource, whole = table
    from ckanext.datastore.backend.postgres import get_read_engine

    with get_read_engine().connect() as reader:
        reader.execute(sa.text(f'SELECT count(*) FROM "{resource}"')).scalar()
        timer = threading.Timer(0.6, reader.rollback)
        timer.start()
        store.replace(resource, item, whole.head(5))
        timer.join()
    assert store.rows_in(resource) == 5


def test_without_a_datastore_everything_else_stands(publish, rows, prepared, item, monkeypatch):
    monkeypatch.setattr(store, "is_on", lambda: False)
    monkeypatch.setattr(store, "replace", None)  # nothing calls it
    publish(prepared[0], rows(prepared[0]))
    (done,) = run.merge([item.id])
    assert done.state == "released"
    assert model.Package.get(packages.name_of(item.id))
