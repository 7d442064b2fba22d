"""Health of checking: files by verdict, and those that wait for theirs."""

import sqlalchemy as sa
from ckan import model

from ckanext.jichitai.bridge import rulebook
from ckanext.jichitai.bridge.part import Health
from ckanext.jichitai.bridge.tables import file

from . import reports
from .model import report


def checks() -> Health:
    """Degraded while files wait for a check under the present rules; figures: verdicts, waiting."""
    verdicts = reports.counts()
    answered = sa.exists().where(
        report.c.resource_id == file.c.resource_id,
        report.c.sha256 == file.c.sha256,
        report.c.definitions == rulebook.book().digest,
    )
    waiting = model.Session.execute(
        sa.select(sa.func.count())
        .select_from(file)
        .join(model.Resource, model.Resource.id == file.c.resource_id)
        .where(~answered, model.Resource.state == "active")
    ).scalar_one()
    figures = {"verdicts": verdicts, "checks_waiting": waiting}
    if waiting:
        return Health("checks", "degraded", f"{waiting} files wait for a check.", figures)
    return Health("checks", "ok", f"{sum(verdicts.values())} files checked.", figures)
