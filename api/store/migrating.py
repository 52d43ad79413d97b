"""Bringing a database to the tables of this version; several processes may do it at once."""

from alembic import command
from alembic.config import Config
from sqlalchemy import text

from api.store.database import Store

LOCK = 7_105_332
"""A number that PostgreSQL's advisory lock knows this work by."""


def migrate(store: Store) -> None:
    """Run the migrations that this database has not had."""
    config = Config()
    config.set_main_option("script_location", "api.store:migrations")
    config.set_main_option("path_separator", "os")
    with store.engine.execution_options(is_writing=True).begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
