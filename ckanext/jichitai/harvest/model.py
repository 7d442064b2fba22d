"""Tables of the harvest, on CKAN's metadata; times are UTC.

Written by statements, not by mapped classes: a source may hold 30,000 records, and a ledger row
needs no identity in the session.
"""

import sqlalchemy as sa
from ckan.model.base import BaseModel
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

META = BaseModel.metadata
Time = sa.DateTime(timezone=True)
NONE_YET = sa.text("'{}'::jsonb")
EMPTY = sa.text("'{}'::text[]")
NOW = sa.text("now()")


def _counts() -> sa.Column[dict[str, int]]:
    return sa.Column("counts", JSONB, nullable=False, server_default=NONE_YET)


# Settings of a source, the file's and the operator's apart, and how it is.
source = sa.Table(
    "jichitai_source",
    META,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("given", JSONB),  # the row of the file; null: added by an operator
    sa.Column("changed", JSONB, nullable=False, server_default=NONE_YET),  # the operator's settings, over it
    sa.Column("municipality", sa.Text, nullable=False, index=True),
    sa.Column("type", sa.Text, nullable=False),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("host", sa.Text, nullable=False, index=True),  # name:port; one connection at a time
    sa.Column("enabled", sa.Boolean, nullable=False),
    sa.Column("listed", sa.Boolean, nullable=False, server_default=sa.text("true")),  # the file still has it
    sa.Column("removed", Time),  # taken away by an operator; the file's row does not bring it back
    # new, ok, failing, held, off
    sa.Column("state", sa.Text, nullable=False, server_default="new"),
    sa.Column("since", Time, nullable=False, server_default=NOW),  # of the state
    sa.Column("fault", sa.Text),  # class of what is wrong now
    sa.Column("detail", sa.Text, nullable=False, server_default=""),
    sa.Column("tried", Time),
    sa.Column("succeeded", Time),
    sa.Column("altered", Time),  # when a run last changed a dataset of it
    sa.Column("misses", sa.Integer, nullable=False, server_default="0"),  # failed runs in a row
    sa.Column("datasets", sa.Integer, nullable=False, server_default="0"),  # live ones
    sa.Column("approved", Time),  # an approval sets the guard's history anew
    sa.Column("due", Time),
)

# A server, name:port: nothing is asked before `not_before`.
host = sa.Table(
    "jichitai_host",
    META,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("not_before", Time),
    sa.Column("origin", sa.Text),  # scheme://host that its robots.txt was read from
    sa.Column("robots", sa.Text),
    sa.Column("robots_at", Time),
)

run = sa.Table(
    "jichitai_run",
    META,
    sa.Column("id", sa.Integer, sa.Identity(), primary_key=True),
    sa.Column("started", Time, nullable=False),
    sa.Column("ended", Time, index=True),
    sa.Column("state", sa.Text, nullable=False),  # running, done, interrupted, failed
    sa.Column("trigger", sa.Text, nullable=False),  # due, all, source
    sa.Column("by", sa.Text),
    sa.Column("version", sa.Text, nullable=False),  # of the code
    sa.Column("mapping", sa.Text, nullable=False),  # of the way records become datasets
    sa.Column("exit", sa.Integer),
    sa.Column("step", sa.Text, nullable=False, server_default=""),
    sa.Column("memory", sa.BigInteger),  # peak, bytes
    _counts(),
)

run_source = sa.Table(
    "jichitai_run_source",
    META,
    sa.Column("run_id", sa.Integer, sa.ForeignKey("jichitai_run.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("source_id", sa.Text, primary_key=True),
    sa.Column("outcome", sa.Text, nullable=False),  # changed, unchanged, held, deferred, failed
    sa.Column("fault", sa.Text),
    sa.Column("detail", sa.Text, nullable=False, server_default=""),
    sa.Column("complete", sa.Boolean, nullable=False, server_default=sa.text("false")),
    sa.Column("live", sa.Integer, nullable=False, server_default="0"),  # live records afterwards
    sa.Column("seconds", sa.Double, nullable=False, server_default="0"),
    sa.Column("bytes", sa.BigInteger, nullable=False, server_default="0"),
    sa.Column("plan_id", sa.Integer),
    sa.Column("at", Time, nullable=False, server_default=NOW),
    sa.Column("names", JSONB, nullable=False, server_default=NONE_YET),  # created, updated, withdrawn …
    _counts(),
    sa.Index("ix_jichitai_run_source_source", "source_id", "run_id"),
)

# Every answer; the script of `replay`.
fetch = sa.Table(
    "jichitai_fetch",
    META,
    sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
    sa.Column("run_id", sa.Integer, index=True),
    sa.Column("source_id", sa.Text, nullable=False),
    sa.Column("resource_id", sa.Text),  # of a file; null for a page of a listing
    sa.Column("kind", sa.Text, nullable=False),  # list, confirm, file
    sa.Column("at", Time, nullable=False),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("status", sa.Integer),
    sa.Column("etag", sa.Text),
    sa.Column("last_modified", sa.Text),
    sa.Column("content_type", sa.Text),
    sa.Column("sha256", sa.Text, index=True),
    sa.Column("bytes", sa.BigInteger, nullable=False, server_default="0"),
    sa.Column("seconds", sa.Double, nullable=False, server_default="0"),
    sa.Column("fault", sa.Text),
    sa.Index("ix_jichitai_fetch_source", "source_id", "at"),
)

payload = sa.Table(
    "jichitai_payload",
    META,
    sa.Column("sha256", sa.Text, primary_key=True),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),  # list, file
    sa.Column("first_seen", Time, nullable=False),
    sa.Column("last_seen", Time, nullable=False),
)

plan = sa.Table(
    "jichitai_plan",
    META,
    sa.Column("id", sa.Integer, sa.Identity(), primary_key=True),
    sa.Column("source_id", sa.Text, nullable=False, index=True),
    sa.Column("run_id", sa.Integer),
    sa.Column("made", Time, nullable=False),
    sa.Column("basis", sa.Text, nullable=False),  # digest of the ledger it was made on
    sa.Column("state", sa.Text, nullable=False, index=True),
    sa.Column("complete", sa.Boolean, nullable=False),
    sa.Column("holds", ARRAY(sa.Text), nullable=False, server_default=EMPTY),
    sa.Column("silence", sa.Text),  # digest of what is held; a discarded one stays silent
    sa.Column("silent_until", Time),
    sa.Column("refusals", JSONB, nullable=False, server_default=sa.text("'[]'::jsonb")),
    sa.Column("decided", Time),
    sa.Column("decided_by", sa.Text),
    sa.Column("comment", sa.Text, nullable=False, server_default=""),
    _counts(),
)

# What a plan does; `keep` is only counted.
plan_entry = sa.Table(
    "jichitai_plan_entry",
    META,
    sa.Column("plan_id", sa.Integer, sa.ForeignKey("jichitai_plan.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("remote_id", sa.Text, nullable=False),
    sa.Column("action", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("title", sa.Text, nullable=False, server_default=""),
    sa.Column("held", sa.Text),
    sa.Column("done", Time),
    sa.Column("body", JSONB, nullable=False),  # the whole entry, core.catalog.planned.Entry
)

# The ledger: what we have of each remote record.
record = sa.Table(
    "jichitai_record",
    META,
    sa.Column("source_id", sa.Text, primary_key=True),
    sa.Column("remote_id", sa.Text, primary_key=True),
    sa.Column("dataset_id", sa.Text, nullable=False, index=True),
    sa.Column("name", sa.Text, nullable=False, index=True),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),  # live, withdrawn
    sa.Column("digest", sa.Text, nullable=False),
    sa.Column("raw", sa.Text),  # sha256 of the payload it came from
    sa.Column("mapping", sa.Text, nullable=False),
    sa.Column("files", ARRAY(sa.Text), nullable=False, server_default=EMPTY),
    sa.Column("licence", sa.Text),
    sa.Column("identifiers", ARRAY(sa.Text), nullable=False, server_default=EMPTY),
    sa.Column("landing", sa.Text, nullable=False, server_default=""),
    sa.Column("misses", sa.Integer, nullable=False, server_default="0"),
    sa.Column("first_miss", Time),
    sa.Column("overrides", JSONB, nullable=False, server_default=NONE_YET),  # a sysadmin's changes
    sa.Column("first_seen", Time, nullable=False),
    sa.Column("altered", Time, nullable=False),
    sa.Column("withdrawn", Time),
    sa.Column("reason", sa.Text),
)

# A file that a dataset points to and that may be one of the standard datasets: when to ask for it.
link = sa.Table(
    "jichitai_link",
    META,
    sa.Column("resource_id", sa.Text, primary_key=True),
    sa.Column("dataset_id", sa.Text, nullable=False, index=True),
    sa.Column("source_id", sa.Text, nullable=False, index=True),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("host", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("item", sa.Text),  # by evidence; the header decides
    sa.Column("modified", sa.Text, nullable=False, server_default=""),  # as the publisher says
    sa.Column("state", sa.Text, nullable=False, server_default="new"),  # new, current, stale, gone
    sa.Column("fault", sa.Text),
    sa.Column("etag", sa.Text),
    sa.Column("last_modified", sa.Text),
    sa.Column("sha256", sa.Text),
    sa.Column("whole", Time),  # when the whole body last came
    sa.Column("asked", Time),
    sa.Column("misses", sa.Integer, nullable=False, server_default="0"),
    sa.Column("first_miss", Time),
    sa.Column("quiet", sa.Integer, nullable=False, server_default="0"),  # answers in a row without news
    sa.Column("due", Time, index=True),
)

# Datasets to index: written with the dataset, erased after the index has them.
index_todo = sa.Table(
    "jichitai_index_todo",
    META,
    sa.Column("dataset_id", sa.Text, primary_key=True),
    sa.Column("at", Time, nullable=False, server_default=NOW),
)

# Mail outbox: one mail a change of state.
notice = sa.Table(
    "jichitai_notice",
    META,
    sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
    sa.Column("source_id", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("since", Time, nullable=False),
    sa.Column("body", JSONB, nullable=False, server_default=NONE_YET),
    sa.Column("sent", Time),
    sa.UniqueConstraint("source_id", "state", "since"),
)

TABLES = (
    source, host, run, run_source, fetch, payload, plan, plan_entry, record, link, index_todo, notice
)  # fmt: skip
