"""Files, confirmed mappings, accepted fixes, and the feed of changes.

Revision: 1f0a7c2b9d10, the first.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "1f0a7c2b9d10"
down_revision = None
branch_labels = None
depends_on = None

Time = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the four tables."""
    op.create_table(
        "jichitai_file",
        sa.Column("resource_id", sa.Text, primary_key=True),
        sa.Column("dataset_id", sa.Text, nullable=False, index=True),
        sa.Column("sha256", sa.Text, nullable=False, index=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("bytes", sa.BigInteger, nullable=False),
        sa.Column("url", sa.Text, nullable=False, server_default=""),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False, server_default="current"),
        sa.Column("state_class", sa.Text),
        sa.Column("first_seen", Time, nullable=False),
        sa.Column("last_seen", Time, nullable=False),
        sa.Column("etag", sa.Text),
        sa.Column("last_modified", sa.Text),
        sa.Column("next_due", Time, index=True),
    )
    op.create_table(
        "jichitai_mapping",
        sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("municipality", sa.Text, nullable=False, index=True),
        sa.Column("item", sa.Text, nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("column", sa.Text, nullable=False),
        sa.Column("by", sa.Text),
        sa.Column("at", Time, nullable=False),
        sa.UniqueConstraint("municipality", "item", "label"),
    )
    op.create_table(
        "jichitai_fix",
        sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("municipality", sa.Text, nullable=False, index=True),
        sa.Column("item", sa.Text, nullable=False),
        sa.Column("column", sa.Text, nullable=False),
        sa.Column("code", sa.Text),
        sa.Column("found", sa.Text),
        sa.Column("value", sa.Text),
        sa.Column("row", sa.Text),
        sa.Column("by", sa.Text),
        sa.Column("at", Time, nullable=False),
        sa.Column("revoked", Time),
    )
    op.create_table(
        "jichitai_change",
        sa.Column("cursor", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("run", sa.Text, nullable=False),
        sa.Column("at", Time, nullable=False, index=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("cause", sa.Text, nullable=False),
        sa.Column("item", sa.Text, index=True),
        sa.Column("municipality", sa.Text, index=True),
        sa.Column("row_id", sa.Text),
        sa.Column("dataset", sa.Text),
        sa.Column("body", JSONB, nullable=False),
    )


def downgrade() -> None:
    """Take the four tables away."""
    for name in ("jichitai_change", "jichitai_fix", "jichitai_mapping", "jichitai_file"):
        op.drop_table(name)
