"""The rule book in a CKAN process, and which organization stands for which municipality."""

import datetime as dt
from functools import cache
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from ckan import model

from ..core import load
from ..core.definitions.model import Municipality, RuleBook

TOKYO = ZoneInfo("Asia/Tokyo")
CODE = "municipality_code"  # field of the organization type, schemas/scheming/organization.yaml


@cache
def book() -> RuleBook:
    """The rule book; read once a process. A new one comes with a restart."""
    return load()


def now() -> dt.datetime:
    """This moment, UTC, whole seconds."""
    return dt.datetime.now(dt.UTC).replace(microsecond=0)


def today() -> str:
    """The day in Japan, ISO."""
    return dt.datetime.now(TOKYO).date().isoformat()


def municipality_of(organization_id: str | None) -> Municipality | None:
    """The municipality that an organization (id) stands for, or None."""
    if not organization_id:
        return None
    statement = sa.select(model.Group.extras[CODE].astext).where(model.Group.id == organization_id)
    return book().municipalities.get(model.Session.execute(statement).scalar() or "")


def organization_of(code: str) -> str | None:
    """Id of the active organization with that municipality code, or None."""
    statement = sa.select(model.Group.id).where(
        model.Group.is_organization.is_(True),
        model.Group.state == "active",
        model.Group.extras[CODE].astext == code,
    )
    return model.Session.execute(statement.order_by(model.Group.created)).scalars().first()
