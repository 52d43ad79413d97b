"""Bringing a database to the tables of this version; several processes may do it at once."""

from alembic import command
from alembic.config import Config
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from api.store.database import Store, open_store
from optimizer.errors import Problem, UnusableInput

SCHEMES = ("sqlite", "postgresql")
EXPECTED = "sqlite:///fichier.db dans un dossier qui existe, ou postgresql://… d'un serveur qui répond"
LOCK = 7_105_332
"""A number that PostgreSQL's advisory lock knows this work by."""


def opened_store(url: str) -> Store:
    """The database of an address, with the tables of this version.

    Raises
    ------
    UnusableInput
        There is none, or it cannot be spoken to.
    """
    if not url.startswith(tuple(f"{scheme}://" for scheme in (*SCHEMES, "postgresql+psycopg"))):
        scheme = url.partition("://")[0] if "://" in url else ""
        found = f"une adresse en « {scheme[:20]} »" if scheme.isalnum() else "une adresse sans « sqlite:/// »"
        raise _unusable(found, EXPECTED)
    try:
        store = open_store(url)
        migrate(store)
    except ModuleNotFoundError as error:
        raise _unusable(
            f"un pilote absent ({error.name})", "pip install '.[postgres]', depuis le dossier du projet"
        ) from None
    except SQLAlchemyError as error:
        raise _unusable(f"une base qui ne répond pas ({type(error).__name__})", EXPECTED) from None
    return store


def _unusable(found: str, expected: str) -> UnusableInput:
    return UnusableInput([Problem("--database", found, expected)])


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
