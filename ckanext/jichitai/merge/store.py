"""The table in the DataStore, replaced whole: readers see the old one or the new one, never a part.

A shadow table is made by the write role (so that grants come by themselves), with its own sequence and
CKAN's text trigger, filled by COPY, indexed, then swapped by name in one short transaction that also
makes the alias views anew, because a view follows the table and not its name. The shadow's name begins
with `_`: the listing leaves such tables out, and `datastore purge` does not see them.
"""

import io
import json
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import polars as pl
import sqlalchemy as sa
from ckan.plugins import plugin_loaded
from sqlalchemy.exc import OperationalError

from ckanext.jichitai.bridge.rulebook import book
from ckanext.jichitai.core.definitions.model import Item
from ckanext.jichitai.core.definitions.resolve import value_type
from ckanext.jichitai.core.export.form import typed

TRIES = 20
LOCK_TIMEOUT = "250ms"  # a reader that holds the table longer makes us wait, not everybody behind us
TYPES = {pl.Int64: "bigint", pl.Boolean: "boolean"}
INDEXED = ("row_id", "src_municipality_code")


def is_on() -> bool:
    """Whether this site has a DataStore."""
    return plugin_loaded("datastore")


def replace(resource_id: str, item: Item, rows: pl.DataFrame) -> None:
    """Make `rows` the resource's table. The table before stays as `_jichitai_before_…` until the next one."""
    quoted = _quoting()
    names = {
        "table": resource_id,
        "shadow": f"_jichitai_next_{item.id}",
        "before": f"_jichitai_before_{item.id}",
    }
    table = {key: quoted(name) for key, name in names.items()}
    data = typed(rows, item, book())
    kinds = {name: _kind(name, kind, item) for name, kind in data.schema.items()}
    with _writing() as connection:
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS {table['shadow']}")
        columns = ", ".join(f"{quoted(name)} {kind}" for name, kind in kinds.items())
        connection.exec_driver_sql(
            f"CREATE TABLE {table['shadow']} (_id serial PRIMARY KEY, _full_text tsvector, {columns})"
        )
        connection.exec_driver_sql(
            f"CREATE TRIGGER zfulltext BEFORE INSERT OR UPDATE ON {table['shadow']}"
            " FOR EACH ROW EXECUTE PROCEDURE populate_full_text_trigger()"
        )
        _copy(connection, table["shadow"], data, [quoted(name) for name in kinds])
        for name in INDEXED:
            connection.exec_driver_sql(f"CREATE INDEX ON {table['shadow']} ({quoted(name)})")
        connection.exec_driver_sql(f"CREATE INDEX ON {table['shadow']} USING gin (_full_text)")
        for name, info in _dictionary(item).items():
            comment = sa.literal(info, sa.Text).compile(
                dialect=connection.dialect, compile_kwargs={"literal_binds": True}
            )
            statement = f"COMMENT ON COLUMN {table['shadow']}.{quoted(name)} IS {comment}"
            connection.exec_driver_sql(statement)
    _swap(table, resource_id)
    with _writing() as connection:
        connection.exec_driver_sql(f"ANALYZE {table['table']}")


def rows_in(resource_id: str) -> int | None:
    """Rows of the resource's table; None where there is none."""
    name = _quoting()(resource_id)
    with _engine().connect() as connection:
        if not _exists(connection, resource_id):
            return None
        return connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar()


def forget(item: str) -> None:
    """Drop what a killed replacement left behind."""
    with _writing() as connection:
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS {_quoting()(f'_jichitai_next_{item}')}")


def _swap(table: dict[str, str], resource_id: str) -> None:
    """Old out, new in, aliases anew, in one transaction; tried again while readers hold the table."""
    for attempt in range(TRIES):
        try:
            with _writing() as connection:
                connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
                connection.exec_driver_sql(f"DROP TABLE IF EXISTS {table['before']} CASCADE")
                aliases = _aliases(connection, resource_id)
                if _exists(connection, resource_id):
                    connection.exec_driver_sql(f"ALTER TABLE {table['table']} RENAME TO {table['before']}")
                connection.exec_driver_sql(f"ALTER TABLE {table['shadow']} RENAME TO {table['table']}")
                for alias in aliases:
                    name = _quoting()(alias)
                    connection.exec_driver_sql(f"DROP VIEW {name}")
                    connection.exec_driver_sql(f"CREATE VIEW {name} AS SELECT * FROM {table['table']}")
            return
        except OperationalError:
            if attempt == TRIES - 1:
                raise
            time.sleep(0.05 * (attempt + 1))


def _copy(connection: sa.Connection, table: str, data: pl.DataFrame, columns: Sequence[str]) -> None:
    """All rows by COPY. The unquoted empty field is null; text is always quoted."""
    text = io.BytesIO()
    data.write_csv(text, include_header=False, quote_style="non_numeric", null_value="")
    # polars quotes nulls of text columns too, so an empty text is written as null: empty means not stated.
    text.seek(0)
    cursor = connection.connection.cursor()
    forced = ", ".join(columns)
    cursor.copy_expert(f"COPY {table} ({forced}) FROM STDIN WITH (FORMAT csv, FORCE_NULL ({forced}))", text)


def _kind(name: str, kind: pl.DataType, item: Item) -> str:
    """PostgreSQL's type of a column: by the definition, text where a value does not fit it."""
    if found := TYPES.get(type(kind)):
        return found
    if kind in (pl.Float64, pl.Date):
        return value_type(item.column(name), book()).datastore
    return "text"


def _dictionary(item: Item) -> dict[str, str]:
    """Column → its comment as CKAN's data dictionary reads it. Each begins with a blank: CKAN's mark of version 2."""
    found: dict[str, str] = {}
    for column in item.columns:
        note = column.note.ja if column.note else ""
        english = column.note.en if column.note else column.label.en
        info = {"label": column.label.ja or column.name, "notes": f"{note}\n{column.term}: {english}"}
        found[column.name] = " " + json.dumps({"_info": info}, ensure_ascii=False, separators=(",", ":"))
    return found


def _aliases(connection: sa.Connection, resource_id: str) -> list[str]:
    """Views of the table that people gave it as other names."""
    name = sa.literal(resource_id).compile(dialect=connection.dialect, compile_kwargs={"literal_binds": True})
    return list(
        connection.exec_driver_sql(f'SELECT name FROM "_table_metadata" WHERE alias_of = {name}').scalars()
    )


def _exists(connection: sa.Connection, name: str) -> bool:
    return sa.inspect(connection).has_table(name)


def _engine() -> Any:
    # CKAN's own write engine; the module exists only where the plugin does.
    from ckanext.datastore.backend.postgres import get_write_engine

    return get_write_engine()


@contextmanager
def _writing() -> Iterator[sa.Connection]:
    """A transaction of the write role whose statements are sent as they are: notes may hold a %."""
    with _engine().connect().execution_options(no_parameters=True) as connection, connection.begin():
        yield connection


def _quoting() -> Any:
    return _engine().dialect.identifier_preparer.quote_identifier
