"""Tables of stored reports and of files that somebody checked without publishing them."""

import sqlalchemy as sa
from ckan.model.base import BaseModel
from sqlalchemy.dialects.postgresql import JSONB

Time = sa.DateTime(timezone=True)

# One row for each question asked about a resource's bytes: (sha256, definitions, told). History stays.
report = sa.Table(
    "jichitai_report",
    BaseModel.metadata,
    sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
    sa.Column("resource_id", sa.Text, nullable=False),
    sa.Column("dataset_id", sa.Text, nullable=False, index=True),
    sa.Column("municipality", sa.Text, index=True),
    sa.Column("sha256", sa.Text, nullable=False),
    sa.Column("definitions", sa.Text, nullable=False),
    sa.Column("told", sa.Text, nullable=False),  # digest of what was told
    sa.Column("item", sa.Text, index=True),
    sa.Column("verdict", sa.Text, nullable=False),
    sa.Column("errors", sa.Integer, nullable=False),
    sa.Column("warnings", sa.Integer, nullable=False),
    sa.Column("rows_total", sa.BigInteger, nullable=False),
    sa.Column("rows_usable", sa.BigInteger, nullable=False),
    sa.Column("codes", JSONB, nullable=False),  # code → count, the publisher's issues only
    sa.Column("report", sa.Text, nullable=False),  # the JSON as it was made, byte for byte
    sa.Column("at", Time, nullable=False),  # when this question was first answered
    sa.Column("latest", Time, nullable=False),  # when it last became the question of the day
    sa.UniqueConstraint("resource_id", "sha256", "definitions", "told"),
    sa.Index("jichitai_report_latest", "resource_id", "latest"),
)

# A check on the page /check: nothing of it is in the catalog. Bytes are kept under `draft/<id>`.
check = sa.Table(
    "jichitai_check",
    BaseModel.metadata,
    sa.Column("id", sa.Text, primary_key=True),  # cannot be guessed: whoever has it may read
    sa.Column("by", sa.Text),  # user id, null for a visitor
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("url", sa.Text),
    sa.Column("sha256", sa.Text, nullable=False),
    sa.Column("bytes", sa.BigInteger, nullable=False),
    sa.Column("told", JSONB, nullable=False),
    sa.Column("dataset_id", sa.Text),  # where it was meant for, if anywhere
    sa.Column("resource_id", sa.Text),
    sa.Column("refused", sa.Boolean, nullable=False, server_default=sa.false()),  # by strict mode
    sa.Column("state", sa.Text, nullable=False),  # waiting, done, failed
    sa.Column("verdict", sa.Text),
    sa.Column("report", sa.Text),
    sa.Column("at", Time, nullable=False),
    sa.Column("bytes_until", Time, nullable=False, index=True),
    sa.Column("report_until", Time, nullable=False, index=True),
)

TABLES = (report, check)
