"""Works registered in the showcase.

Revision: c41f8e6ab2d7, the first.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "c41f8e6ab2d7"
down_revision = None
branch_labels = None
depends_on = None

Time = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the table."""
    texts = ("title", "maker", "url", "about", "data", "licence", "repository", "mail")
    op.create_table(
        "jichitai_showcase",
        sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in texts),
        sa.Column("items", JSONB, nullable=False),
        sa.Column("state", sa.Text, nullable=False, index=True),
        sa.Column("made", Time, nullable=False),
        sa.Column("decided", Time),
        sa.Column("by", sa.Text),
    )


def downgrade() -> None:
    """Take it away."""
    op.drop_table("jichitai_showcase")
