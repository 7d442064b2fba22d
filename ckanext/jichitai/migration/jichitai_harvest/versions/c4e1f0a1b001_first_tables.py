"""The first tables of the harvest."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "c4e1f0a1b001"
down_revision = None
branch_labels = None
depends_on = None

Time = sa.DateTime(timezone=True)
NONE_YET = sa.text("'{}'::jsonb")
EMPTY = sa.text("'{}'::text[]")


def upgrade() -> None:
    op.create_table(
        "jichitai_source",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("given", JSONB),
        sa.Column("changed", JSONB, server_default=NONE_YET, nullable=False),
        sa.Column("municipality", sa.Text, nullable=False),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("host", sa.Text, nullable=False),
        sa.Column("enabled", sa.Boolean, nullable=False),
        sa.Column("listed", sa.Boolean, server_default=sa.text("true"), nullable=False),
        sa.Column("removed", Time),
        sa.Column("state", sa.Text, server_default="new", nullable=False),
        sa.Column("since", Time, server_default=sa.text("now()"), nullable=False),
        sa.Column("fault", sa.Text),
        sa.Column("detail", sa.Text, server_default="", nullable=False),
        sa.Column("tried", Time),
        sa.Column("succeeded", Time),
        sa.Column("altered", Time),
        sa.Column("misses", sa.Integer, server_default="0", nullable=False),
        sa.Column("datasets", sa.Integer, server_default="0", nullable=False),
        sa.Column("approved", Time),
        sa.Column("due", Time),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_jichitai_source_host", "jichitai_source", ["host"])
    op.create_index("ix_jichitai_source_municipality", "jichitai_source", ["municipality"])
    op.create_table(
        "jichitai_host",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("not_before", Time),
        sa.Column("origin", sa.Text),
        sa.Column("robots", sa.Text),
        sa.Column("robots_at", Time),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "jichitai_run",
        sa.Column("id", sa.Integer, sa.Identity(), nullable=False),
        sa.Column("started", Time, nullable=False),
        sa.Column("ended", Time),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("trigger", sa.Text, nullable=False),
        sa.Column("by", sa.Text),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("mapping", sa.Text, nullable=False),
        sa.Column("exit", sa.Integer),
        sa.Column("step", sa.Text, server_default="", nullable=False),
        sa.Column("memory", sa.BigInteger),
        sa.Column("counts", JSONB, server_default=NONE_YET, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_jichitai_run_ended", "jichitai_run", ["ended"])
    op.create_table(
        "jichitai_run_source",
        sa.Column("run_id", sa.Integer, nullable=False),
        sa.Column("source_id", sa.Text, nullable=False),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("fault", sa.Text),
        sa.Column("detail", sa.Text, server_default="", nullable=False),
        sa.Column("complete", sa.Boolean, server_default=sa.false(), nullable=False),
        sa.Column("live", sa.Integer, server_default="0", nullable=False),
        sa.Column("seconds", sa.Double, server_default="0", nullable=False),
        sa.Column("bytes", sa.BigInteger, server_default="0", nullable=False),
        sa.Column("plan_id", sa.Integer),
        sa.Column("at", Time, server_default=sa.text("now()"), nullable=False),
        sa.Column("names", JSONB, server_default=NONE_YET, nullable=False),
        sa.Column("counts", JSONB, server_default=NONE_YET, nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["jichitai_run.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("run_id", "source_id"),
    )
    op.create_index("ix_jichitai_run_source_source", "jichitai_run_source", ["source_id", "run_id"])
    op.create_table(
        "jichitai_fetch",
        sa.Column("id", sa.BigInteger, sa.Identity(), nullable=False),
        sa.Column("run_id", sa.Integer),
        sa.Column("source_id", sa.Text, nullable=False),
        sa.Column("resource_id", sa.Text),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("at", Time, nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("status", sa.Integer),
        sa.Column("etag", sa.Text),
        sa.Column("last_modified", sa.Text),
        sa.Column("content_type", sa.Text),
        sa.Column("sha256", sa.Text),
        sa.Column("bytes", sa.BigInteger, server_default="0", nullable=False),
        sa.Column("seconds", sa.Double, server_default="0", nullable=False),
        sa.Column("fault", sa.Text),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_jichitai_fetch_run_id", "jichitai_fetch", ["run_id"])
    op.create_index("ix_jichitai_fetch_sha256", "jichitai_fetch", ["sha256"])
    op.create_index("ix_jichitai_fetch_source", "jichitai_fetch", ["source_id", "at"])
    op.create_table(
        "jichitai_payload",
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("first_seen", Time, nullable=False),
        sa.Column("last_seen", Time, nullable=False),
        sa.PrimaryKeyConstraint("sha256"),
    )
    op.create_table(
        "jichitai_plan",
        sa.Column("id", sa.Integer, sa.Identity(), nullable=False),
        sa.Column("source_id", sa.Text, nullable=False),
        sa.Column("run_id", sa.Integer),
        sa.Column("made", Time, nullable=False),
        sa.Column("basis", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("complete", sa.Boolean, nullable=False),
        sa.Column("holds", ARRAY(sa.Text), server_default=EMPTY, nullable=False),
        sa.Column("silence", sa.Text),
        sa.Column("silent_until", Time),
        sa.Column("refusals", JSONB, server_default=sa.text("'[]'::jsonb"), nullable=False),
        sa.Column("decided", Time),
        sa.Column("decided_by", sa.Text),
        sa.Column("comment", sa.Text, server_default="", nullable=False),
        sa.Column("counts", JSONB, server_default=NONE_YET, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_jichitai_plan_source_id", "jichitai_plan", ["source_id"])
    op.create_index("ix_jichitai_plan_state", "jichitai_plan", ["state"])
    op.create_table(
        "jichitai_plan_entry",
        sa.Column("plan_id", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("remote_id", sa.Text, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("title", sa.Text, server_default="", nullable=False),
        sa.Column("held", sa.Text),
        sa.Column("done", Time),
        sa.Column("body", JSONB, nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["jichitai_plan.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("plan_id", "position"),
    )
    op.create_table(
        "jichitai_record",
        sa.Column("source_id", sa.Text, nullable=False),
        sa.Column("remote_id", sa.Text, nullable=False),
        sa.Column("dataset_id", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("raw", sa.Text),
        sa.Column("mapping", sa.Text, nullable=False),
        sa.Column("files", ARRAY(sa.Text), server_default=EMPTY, nullable=False),
        sa.Column("licence", sa.Text),
        sa.Column("identifiers", ARRAY(sa.Text), server_default=EMPTY, nullable=False),
        sa.Column("landing", sa.Text, server_default="", nullable=False),
        sa.Column("misses", sa.Integer, server_default="0", nullable=False),
        sa.Column("first_miss", Time),
        sa.Column("overrides", JSONB, server_default=NONE_YET, nullable=False),
        sa.Column("first_seen", Time, nullable=False),
        sa.Column("altered", Time, nullable=False),
        sa.Column("withdrawn", Time),
        sa.Column("reason", sa.Text),
        sa.PrimaryKeyConstraint("source_id", "remote_id"),
    )
    op.create_index("ix_jichitai_record_dataset_id", "jichitai_record", ["dataset_id"])
    op.create_index("ix_jichitai_record_name", "jichitai_record", ["name"])
    op.create_table(
        "jichitai_link",
        sa.Column("resource_id", sa.Text, nullable=False),
        sa.Column("dataset_id", sa.Text, nullable=False),
        sa.Column("source_id", sa.Text, nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("host", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("item", sa.Text),
        sa.Column("modified", sa.Text, server_default="", nullable=False),
        sa.Column("state", sa.Text, server_default="new", nullable=False),
        sa.Column("fault", sa.Text),
        sa.Column("etag", sa.Text),
        sa.Column("last_modified", sa.Text),
        sa.Column("sha256", sa.Text),
        sa.Column("whole", Time),
        sa.Column("asked", Time),
        sa.Column("misses", sa.Integer, server_default="0", nullable=False),
        sa.Column("first_miss", Time),
        sa.Column("quiet", sa.Integer, server_default="0", nullable=False),
        sa.Column("due", Time),
        sa.PrimaryKeyConstraint("resource_id"),
    )
    op.create_index("ix_jichitai_link_dataset_id", "jichitai_link", ["dataset_id"])
    op.create_index("ix_jichitai_link_due", "jichitai_link", ["due"])
    op.create_index("ix_jichitai_link_source_id", "jichitai_link", ["source_id"])
    op.create_table(
        "jichitai_index_todo",
        sa.Column("dataset_id", sa.Text, nullable=False),
        sa.Column("at", Time, server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("dataset_id"),
    )
    op.create_table(
        "jichitai_notice",
        sa.Column("id", sa.BigInteger, sa.Identity(), nullable=False),
        sa.Column("source_id", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("since", Time, nullable=False),
        sa.Column("body", JSONB, server_default=NONE_YET, nullable=False),
        sa.Column("sent", Time),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("source_id", "state", "since"),
    )


def downgrade() -> None:
    for name in (
        "jichitai_notice",
        "jichitai_index_todo",
        "jichitai_link",
        "jichitai_record",
        "jichitai_plan_entry",
        "jichitai_plan",
        "jichitai_payload",
        "jichitai_fetch",
        "jichitai_run_source",
        "jichitai_run",
        "jichitai_host",
        "jichitai_source",
    ):
        op.drop_table(name)
