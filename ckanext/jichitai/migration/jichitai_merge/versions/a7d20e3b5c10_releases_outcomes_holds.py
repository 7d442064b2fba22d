"""Releases of merged tables, fates of files, and what the guard holds.

Revision: a7d20e3b5c10, the first.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "a7d20e3b5c10"
down_revision = None
branch_labels = None
depends_on = None

Time = sa.DateTime(timezone=True)


def _needed(*columns: tuple[str, type]) -> list[sa.Column]:
    return [sa.Column(name, kind, nullable=False) for name, kind in columns]


def upgrade() -> None:
    """Make the three tables."""
    op.create_table(
        "jichitai_release",
        sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("item", sa.Text, nullable=False, index=True),
        *_needed(("run", sa.Text), ("at", Time), ("definitions", sa.Text), ("cursor", sa.BigInteger)),
        *_needed(("basis", sa.Text), ("rows", sa.Integer), ("dropped", sa.Integer), ("carried", sa.Integer)),
        *_needed(("files", JSONB), ("parts", JSONB), ("quarantined", JSONB)),
    )
    texts = (
        "dataset", "dataset_name", "title", "url", "sha256", "told", "definitions", "fate", "verdict",
        "format", "edition", "date", "fetched", "frequency", "licence", "reason",
    )  # fmt: skip
    counts = ("rows_total", "rows_merged", "rows_repaired", "rows_quarantined", "rows_dropped")
    op.create_table(
        "jichitai_outcome",
        sa.Column("resource", sa.Text, primary_key=True),
        sa.Column("item", sa.Text, nullable=False, index=True),
        sa.Column("municipality", sa.Text, nullable=False, index=True),
        *_needed(*((name, sa.Text) for name in texts)),
        *_needed(*((name, sa.Integer) for name in counts)),
    )
    op.create_table(
        "jichitai_hold",
        sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
        *_needed(("item", sa.Text), ("municipality", sa.Text), ("reason", sa.Text)),
        *_needed(("before", sa.Integer), ("after", sa.Integer), ("ours", sa.Boolean), ("since", Time)),
        *_needed(("state", sa.Text), ("about", sa.Text)),
        sa.Column("decided", Time),
        sa.Column("by", sa.Text),
        sa.Column("comment", sa.Text, nullable=False, server_default=""),
    )
    op.create_index("ix_jichitai_hold_item", "jichitai_hold", ["item", "municipality"])


def downgrade() -> None:
    """Take them away."""
    for name in ("jichitai_hold", "jichitai_outcome", "jichitai_release"):
        op.drop_table(name)
