"""When each tenant was last served: they take turns."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the column."""
    op.add_column("tenants", sa.Column("last_served_at", sa.DateTime(), nullable=True))
