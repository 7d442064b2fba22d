"""Alembic's environment for the tables of jichitai_theme; their version stands in a table of its own."""

import os

from alembic import context
from ckan.model.meta import metadata
from sqlalchemy import engine_from_config, pool

NAME = os.path.basename(os.path.dirname(__file__))


def _configure(**how: object) -> None:
    context.configure(target_metadata=metadata, version_table=f"{NAME}_alembic_version", **how)
    with context.begin_transaction():
        context.run_migrations()


if context.is_offline_mode():
    _configure(url=context.config.get_main_option("sqlalchemy.url"), literal_binds=True)
else:
    section = context.config.get_section(context.config.config_ini_section)
    engine = engine_from_config(section, prefix="sqlalchemy.", poolclass=pool.NullPool)
    with engine.connect() as connection:
        _configure(connection=connection)
