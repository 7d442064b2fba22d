"""Tables of the merge; their migration stands under migration/jichitai_merge.

A release is the only commit point: what it names (files by content, a DataStore table) is there before it.
"""

import sqlalchemy as sa
from ckan.model.base import BaseModel
from sqlalchemy.dialects.postgresql import JSONB

Time = sa.DateTime(timezone=True)

# One version of one item's table. The newest of an item is the current one.
release = sa.Table(
    "jichitai_release",
    BaseModel.metadata,
    sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
    sa.Column("item", sa.Text, nullable=False, index=True),
    sa.Column("run", sa.Text, nullable=False),
    sa.Column("at", Time, nullable=False),
    sa.Column("definitions", sa.Text, nullable=False),
    # the feed's cursor that this table equals
    sa.Column("cursor", sa.BigInteger, nullable=False),
    # short name of all inputs: equal inputs need no release
    sa.Column("basis", sa.Text, nullable=False),
    sa.Column("rows", sa.Integer, nullable=False),
    sa.Column("dropped", sa.Integer, nullable=False),
    sa.Column("carried", sa.Integer, nullable=False),
    # kind → {name (of the exports storage), sha256, bytes}; rows is our own copy
    sa.Column("files", JSONB, nullable=False),
    # one a municipality: code, name, rows, missing, stale, changed
    sa.Column("parts", JSONB, nullable=False),
    # municipality → share of rows quarantined
    sa.Column("quarantined", JSONB, nullable=False),
)

# What became of each file, now.
outcome = sa.Table(
    "jichitai_outcome",
    BaseModel.metadata,
    sa.Column("resource", sa.Text, primary_key=True),
    sa.Column("item", sa.Text, nullable=False, index=True),
    sa.Column("dataset", sa.Text, nullable=False),
    sa.Column("dataset_name", sa.Text, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("municipality", sa.Text, nullable=False, index=True),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("sha256", sa.Text, nullable=False),
    sa.Column("told", sa.Text, nullable=False),
    sa.Column("definitions", sa.Text, nullable=False),
    sa.Column("fate", sa.Text, nullable=False),
    sa.Column("verdict", sa.Text, nullable=False),
    sa.Column("format", sa.Text, nullable=False),
    sa.Column("edition", sa.Text, nullable=False),
    sa.Column("date", sa.Text, nullable=False),
    sa.Column("fetched", sa.Text, nullable=False),
    sa.Column("frequency", sa.Text, nullable=False),
    sa.Column("licence", sa.Text, nullable=False),
    sa.Column("rows_total", sa.Integer, nullable=False),
    sa.Column("rows_merged", sa.Integer, nullable=False),
    sa.Column("rows_repaired", sa.Integer, nullable=False),
    sa.Column("rows_quarantined", sa.Integer, nullable=False),
    sa.Column("rows_dropped", sa.Integer, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
)

# What the collapse guard holds. municipality "": the item as a whole.
hold = sa.Table(
    "jichitai_hold",
    BaseModel.metadata,
    sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
    sa.Column("item", sa.Text, nullable=False),
    sa.Column("municipality", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("before", sa.Integer, nullable=False),
    sa.Column("after", sa.Integer, nullable=False),
    sa.Column("ours", sa.Boolean, nullable=False),
    sa.Column("since", Time, nullable=False),
    # waiting, approved (the next release passes), released, discarded, gone (no longer trips)
    sa.Column("state", sa.Text, nullable=False),
    # what of the municipality's files it was about: an approval holds for these bytes alone
    sa.Column("about", sa.Text, nullable=False),
    sa.Column("decided", Time),
    sa.Column("by", sa.Text),
    sa.Column("comment", sa.Text, nullable=False, server_default=""),
    sa.Index("ix_jichitai_hold_item", "item", "municipality"),
)

TABLES = (release, outcome, hold)
