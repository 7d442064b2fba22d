"""How Alembic meets the stored reports; called by `ckan db upgrade -p jichitai_validation`."""

from logging.config import fileConfig
from pathlib import Path

from alembic import context
from sqlalchemy import engine_from_config, pool

from ckanext.jichitai.validation.model import TABLES

NAME = Path(__file__).parent.name
OURS = {table.name for table in TABLES}

fileConfig(context.config.config_file_name, disable_existing_loggers=False)


def ours(thing, name, kind, reflected, compare_to):
    """Only the tables of this plugin are compared with the model."""
    return name in OURS if kind == "table" else True


def run() -> None:
    """Run the migrations, or print them as SQL when asked for (offline)."""
    settings = {
        "target_metadata": TABLES[0].metadata,
        "version_table": f"{NAME}_alembic_version",
        "include_object": ours,
    }
    if context.is_offline_mode():
        address = context.config.get_main_option("sqlalchemy.url")
        context.configure(url=address, literal_binds=True, **settings)
        with context.begin_transaction():
            context.run_migrations()
        return
    section = context.config.get_section(context.config.config_ini_section) or {}
    engine = engine_from_config(section, prefix="sqlalchemy.", poolclass=pool.NullPool)
    with engine.connect() as connection:
        context.configure(connection=connection, **settings)
        with context.begin_transaction():
            context.run_migrations()


run()
