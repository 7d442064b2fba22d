"""Mails on change of state only: the outbox is written with the state, the mails go after the run.

Failing (three runs in a row or 48 hours), recovered, held, new refusals (once a week); reminders for
what stays so. One row a (source, state, since), so nothing is told twice, whatever dies in between.
"""

import datetime as dt
import logging
from typing import Any

import sqlalchemy as sa
from ckan import model
from ckan.common import config
from ckan.lib import mailer
from sqlalchemy.dialects.postgresql import insert

from ckanext.jichitai.bridge.rulebook import now

from . import schedule, sources, words
from .model import notice as table
from .sources import Known

log = logging.getLogger(__name__)

ENOUGH = 3  # failed runs in a row, or
LONG = dt.timedelta(hours=48)  # so long without an answer
WEEK = dt.timedelta(days=7)
SHOWN = 20  # names in a mail; the page has them all


def note(known: Known, health: dict[str, Any], names: dict[str, list[str]]) -> None:
    """Put into the outbox what has changed. known: before the run; health: after it. The caller commits."""
    state, since = health.get("state", known.state), health.get("since", known.since)
    body = {"fault": health.get("fault"), "detail": health.get("detail", ""), "names": {}}
    if state == "failing" and (health["misses"] >= ENOUGH or now() - since >= LONG):
        _put(known.id, "failing", since, body)
    if state == "ok" and known.state == "failing" and _told(known.id, "failing", known.since):
        _put(known.id, "recovered", since, body)
    if state == "held":
        _put(known.id, "held", since, {**body, "names": {"held": names.get("held", [])[:SHOWN]}})
    refused = names.get("refused", [])
    if refused and not _lately(known.id, refused):
        _put(known.id, "refused", now(), {**body, "names": {"refused": refused[:SHOWN]}})


def remind() -> None:
    """Put into the outbox the reminders that are due for sources whose state was told and still is. Commits."""
    for known in sources.every():
        days = schedule.reminder(known.state, (now() - known.since).days)
        if days and _told(known.id, known.state, known.since):
            body = {"fault": known.fault, "detail": known.detail, "names": {}, "days": days}
            _put(known.id, f"{known.state} +{days}", known.since, body)
    model.Session.commit()


def send() -> int:
    """Send what waits, each in its own transaction; how many mails went out.

    Without a mail server or anybody to write to, the outbox is emptied: old news is not sent later.
    A mail server that does not answer leaves the rest for the next run.
    """
    waiting = model.Session.execute(sa.select(table).where(table.c.sent.is_(None)).order_by(table.c.id))
    gone = 0
    for row in waiting.mappings().all():
        try:
            known = sources.get(row["source_id"])
            readers = recipients(known) if config.get("smtp.server") else []
        except KeyError:
            readers = []
        try:
            for reader in readers:
                mailer.mail_recipient(reader, reader, *letter(row))
                gone += 1
        except (mailer.MailerException, OSError) as error:
            log.warning("Mails wait: %s", error)
            break
        model.Session.execute(sa.update(table).where(table.c.id == row["id"]).values(sent=now()))
        model.Session.commit()
    return gone


def recipients(known: Known) -> list[str]:
    """Who is told: the source's contact and the operator (CKAN's `email_to`)."""
    return list(dict.fromkeys(each for each in (known.settings.contact, config.get("email_to")) if each))


def letter(row: Any) -> tuple[str, str]:
    """Subject, the outcome first, and text of a mail, in the site's language."""
    lang = "ja" if str(config.get("ckan.locale_default", "")).startswith("ja") else "en"
    state, body = row["state"].split(" ")[0], row["body"]
    told = words.words(f"mail_{state}", lang, {"source": row["source_id"], "days": body.get("days")})
    why = words.words(body.get("fault"), lang, words.facts_of(body.get("detail", "")))
    names = [name for kind in body["names"].values() for name in kind]
    page = f"{config['ckan.site_url'].rstrip('/')}/sources/{row['source_id']}"
    parts = [told["advice"], why["sentence"], why["advice"], "\n".join(f"- {name}" for name in names), page]
    subject = told["sentence"] + (f" ({body['days']})" if body.get("days") else "")
    return subject, "\n\n".join(part for part in parts if part)


def _put(source_id: str, state: str, since: dt.datetime, body: dict[str, Any]) -> None:
    statement = insert(table).values(source_id=source_id, state=state, since=since, body=body)
    model.Session.execute(statement.on_conflict_do_nothing())


def _told(source_id: str, state: str, since: dt.datetime) -> bool:
    statement = sa.select(table.c.id).where(
        table.c.source_id == source_id, table.c.state == state, table.c.since == since
    )
    return model.Session.execute(statement).first() is not None


def _lately(source_id: str, refused: list[str]) -> bool:
    """Whether these refusals are known already, or others were told within a week."""
    statement = sa.select(table.c.body, table.c.since).where(
        table.c.source_id == source_id, table.c.state == "refused"
    )
    last = model.Session.execute(statement.order_by(table.c.id.desc()).limit(1)).first()
    if last is None:
        return False
    return now() - last.since < WEEK or last.body["names"]["refused"] == refused[:SHOWN]
