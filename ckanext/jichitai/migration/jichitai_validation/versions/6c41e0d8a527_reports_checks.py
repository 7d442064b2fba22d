"""Stored reports of resources, and checks that are not in the catalog.

Revision: 6c41e0d8a527, the first.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "6c41e0d8a527"
down_revision = None
branch_labels = None
depends_on = None

Time = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make both tables."""
    op.create_table(
        "jichitai_report",
        sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("resource_id", sa.Text, nullable=False),
        sa.Column("dataset_id", sa.Text, nullable=False, index=True),
        sa.Column("municipality", sa.Text, index=True),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("definitions", sa.Text, nullable=False),
        sa.Column("told", sa.Text, nullable=False),
        sa.Column("item", sa.Text, index=True),
        sa.Column("verdict", sa.Text, nullable=False),
        sa.Column("errors", sa.Integer, nullable=False),
        sa.Column("warnings", sa.Integer, nullable=False),
        sa.Column("rows_total", sa.BigInteger, nullable=False),
        sa.Column("rows_usable", sa.BigInteger, nullable=False),
        sa.Column("codes", JSONB, nullable=False),
        sa.Column("report", sa.Text, nullable=False),
        sa.Column("at", Time, nullable=False),
        sa.Column("latest", Time, nullable=False),
        sa.UniqueConstraint("resource_id", "sha256", "definitions", "told"),
    )
    op.create_index("jichitai_report_latest", "jichitai_report", ["resource_id", "latest"])
    op.create_table(
        "jichitai_check",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("by", sa.Text),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("url", sa.Text),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("bytes", sa.BigInteger, nullable=False),
        sa.Column("told", JSONB, nullable=False),
        sa.Column("dataset_id", sa.Text),
        sa.Column("resource_id", sa.Text),
        sa.Column("refused", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("verdict", sa.Text),
        sa.Column("report", sa.Text),
        sa.Column("at", Time, nullable=False),
        sa.Column("bytes_until", Time, nullable=False, index=True),
        sa.Column("report_until", Time, nullable=False, index=True),
    )


def downgrade() -> None:
    """Take both tables away."""
    op.drop_table("jichitai_check")
    op.drop_table("jichitai_report")
