"""Tables of the bridge; their migration stands under jichitai_definitions."""

import sqlalchemy as sa
from ckan.model.base import BaseModel
from sqlalchemy.dialects.postgresql import JSONB

Time = sa.DateTime(timezone=True)

# What bytes a resource has now.
file = sa.Table(
    "jichitai_file",
    BaseModel.metadata,
    sa.Column("resource_id", sa.Text, primary_key=True),
    sa.Column("dataset_id", sa.Text, nullable=False, index=True),
    sa.Column("sha256", sa.Text, nullable=False, index=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("bytes", sa.BigInteger, nullable=False),
    sa.Column("url", sa.Text, nullable=False, server_default=""),
    # harvest: fetched from the publisher; upload: given here
    sa.Column("origin", sa.Text, nullable=False),
    # current, stale (the publisher's copy is out of reach, ours serves), gone
    sa.Column("state", sa.Text, nullable=False, server_default="current"),
    sa.Column("state_class", sa.Text),
    sa.Column("first_seen", Time, nullable=False),  # when these bytes first came
    sa.Column("last_seen", Time, nullable=False),
    sa.Column("etag", sa.Text),
    sa.Column("last_modified", sa.Text),
    sa.Column("next_due", Time, index=True),
)

# Header mappings that a publisher confirmed: heading as published → column ("" = no column).
mapping = sa.Table(
    "jichitai_mapping",
    BaseModel.metadata,
    sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
    sa.Column("municipality", sa.Text, nullable=False, index=True),
    sa.Column("item", sa.Text, nullable=False),
    sa.Column("label", sa.Text, nullable=False),
    sa.Column("column", sa.Text, nullable=False),
    sa.Column("by", sa.Text),
    sa.Column("at", Time, nullable=False),
    sa.UniqueConstraint("municipality", "item", "label"),
)

# Accepted fixes: an overlay per municipality and item, in force until revoked.
fix = sa.Table(
    "jichitai_fix",
    BaseModel.metadata,
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

# Row and dataset changes under one cursor; numbered by feed.add under one lock, held to commit.
change = sa.Table(
    "jichitai_change",
    BaseModel.metadata,
    sa.Column("cursor", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("run", sa.Text, nullable=False),
    sa.Column("at", Time, nullable=False, index=True),
    # added, changed, removed, restored, file; created, updated, withdrawn for datasets
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("cause", sa.Text, nullable=False),
    sa.Column("item", sa.Text, index=True),
    sa.Column("municipality", sa.Text, index=True),
    sa.Column("row_id", sa.Text),
    sa.Column("dataset", sa.Text),
    sa.Column("body", JSONB, nullable=False),
)

TABLES = (file, mapping, fix, change)
