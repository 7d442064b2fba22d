"""Works of others, as they register them: kept until an operator lets them through. One table of the theme's own."""

from typing import Any

import sqlalchemy as sa
from ckan import model
from ckan.model.base import BaseModel
from sqlalchemy.dialects.postgresql import JSONB

from ckanext.jichitai.bridge.rulebook import now

PENDING, APPROVED, REJECTED = STATES = ("pending", "approved", "rejected")
MOST_WAITING = 200  # more than an operator reads: then the form rests

Time = sa.DateTime(timezone=True)

# mail: to ask back, shown to operators only; blank once it is decided.
card = sa.Table(
    "jichitai_showcase",
    BaseModel.metadata,
    sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
    *(
        sa.Column(name, sa.Text, nullable=False)
        for name in ("title", "maker", "url", "about", "data", "licence", "repository", "mail")
    ),
    sa.Column("items", JSONB, nullable=False),
    sa.Column("state", sa.Text, nullable=False, index=True),
    sa.Column("made", Time, nullable=False),
    sa.Column("decided", Time),
    sa.Column("by", sa.Text),
)
TABLES = (card,)


def add(fields: dict[str, Any]) -> dict[str, Any]:
    """Keep a work as pending."""
    values = {**fields, "state": PENDING, "made": now()}
    row = model.Session.execute(card.insert().values(**values).returning(*card.c)).mappings().one()
    return dict(row)


def listed(state: str) -> list[dict[str, Any]]:
    """Works of a state, the newest first."""
    statement = sa.select(card).where(card.c.state == state).order_by(card.c.id.desc())
    return [dict(row) for row in model.Session.execute(statement).mappings()]


def waiting() -> int:
    """How many wait for an operator."""
    statement = sa.select(sa.func.count()).select_from(card).where(card.c.state == PENDING)
    return model.Session.execute(statement).scalar_one()


def decide(number: int, state: str, by: str) -> dict[str, Any] | None:
    """Show a work, or turn it down; None where there is none of that number. The mail address is forgotten."""
    values = {"state": state, "decided": now(), "by": by, "mail": ""}
    statement = card.update().where(card.c.id == number).values(**values).returning(*card.c)
    row = model.Session.execute(statement).mappings().first()
    return dict(row) if row else None
