"""Health of what all plugins stand on: database, search, queue, file stores, rule book, schema."""

from collections.abc import Callable

import sqlalchemy as sa
from ckan import model
from ckan.lib import jobs, redis
from ckan.lib.search import common
from ckan.plugins import toolkit as tk

from ckanext.jichitai.bridge import archive, rulebook
from ckanext.jichitai.bridge.jobs import QUEUE
from ckanext.jichitai.bridge.part import Health

from . import schema


def all_parts() -> list[Health]:
    """Each part's state, in the order in which one looks for the cause."""
    return [_tried(name, ask) for name, ask in PARTS.items()]


def _tried(name: str, ask: Callable[[], Health]) -> Health:
    try:
        return ask()
    except Exception as error:
        return Health(name, "failed", f"{type(error).__name__}: {error}")


def _database() -> Health:
    model.Session.execute(sa.text("SELECT 1"))
    return Health("database", "ok", "Answers.")


def _search() -> Health:
    kind = common.make_connection()._send_request("get", "schema/fieldtypes/text?wt=json")
    if "japanese" in kind.lower():
        return Health("search", "ok", "Japanese search.")
    return Health("search", "ok", "Basic search: the index has CKAN's own schema.")


def _queue() -> Health:
    connection = redis.connect_to_redis()
    connection.ping()
    waiting = {name: len(jobs.get_queue(name)) for name in (QUEUE, jobs.DEFAULT_QUEUE_NAME)}
    workers = sum(1 for worker in jobs.Worker.all(connection=connection))
    state = "ok" if workers else "degraded"
    sentence = f"{workers} workers." if workers else "No worker runs: start ckan jobs worker jichitai."
    return Health("queue", state, sentence, {"waiting": waiting, "workers": workers})


def _stores() -> Health:
    for store in (archive.archive(), archive.tidy(), archive.exports()):
        store.has("0" * 64)
    return Health("stores", "ok", "Archive, tidy tables and exports answer.")


def _rulebook() -> Health:
    book = rulebook.book()
    figures = {"items": len(book.items), "municipalities": len(book.municipalities)}
    return Health("rulebook", "ok", f"{len(book.items)} items, {book.digest[:12]}.", figures)


def _schema() -> Health:
    lacking = [name for names in schema.missing_fields().values() for name in names]
    if lacking:
        return Health("schema", "degraded", tk._("The site's schema lacks {}.").format(", ".join(lacking)))
    return Health("schema", "ok", "All fields are there.")


PARTS: dict[str, Callable[[], Health]] = {
    "database": _database,
    "search": _search,
    "queue": _queue,
    "stores": _stores,
    "rulebook": _rulebook,
    "schema": _schema,
}
