"""Alembic runs this: the migrations go through the connection that `migrate` opened."""

from alembic import context

from api.store.tables import Table

context.configure(connection=context.config.attributes["connection"], target_metadata=Table.metadata)
with context.begin_transaction():
    context.run_migrations()
