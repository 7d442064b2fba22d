"""A ledger for tests: what a plan leaves behind once it was applied, as the catalog's tables would hold it."""

import msgspec

from ckanext.jichitai.core.catalog.planned import Entry, Plan, Present
from ckanext.jichitai.core.catalog.values import Listing, Record, RemoteFile, Source

NOW = "2026-11-24T00:00:00+00:00"
LATER = "2026-11-25T00:00:00+00:00"
SOURCE = Source("sakura-shi", "131016", "ckan", "https://data.sakura.example", organization="t131016")


def record(remote_id: str, title: str = "", files: tuple[str, ...] = (), **more: object) -> Record:
    """A record; its files are named after it unless told."""
    urls = files or (f"https://data.sakura.example/{remote_id}.csv",)
    return Record(
        remote_id,
        str(more.pop("name", f"d{remote_id}")),
        title or f"表{remote_id}",
        files=tuple(RemoteFile(url, url) for url in urls),
        **more,
    )


def listing(*records: Record, complete: bool = True, **more: object) -> Listing:
    """A listing of the source."""
    return Listing(SOURCE.id, tuple(records), complete=complete, **more)


def applied(present: list[Present], plan: Plan) -> list[Present]:
    """The ledger after the plan: held entries count their misses and change nothing else."""
    rows = {row.remote_id: row for row in present}
    for entry in plan.entries:
        old = rows.get(entry.former or entry.remote_id)
        if entry.action in ("create", "update", "restore") and not entry.held and entry.record:
            rows.pop(entry.former or "", None)
            rows[entry.remote_id] = _row(entry, entry.record)
        elif old and entry.action == "withdraw" and not entry.held:
            rows[entry.remote_id] = _with(
                old, state="withdrawn", misses=entry.misses, first_miss=entry.first_miss
            )
        elif old:
            rows[entry.remote_id] = _with(old, misses=entry.misses, first_miss=entry.first_miss)
    return sorted(rows.values(), key=lambda row: row.remote_id)


def _row(entry: Entry, record: Record) -> Present:
    return Present(
        entry.remote_id,
        entry.dataset_id,
        entry.name,
        record.title,
        "live",
        entry.digest,
        record.raw,
        tuple(file.url for file in record.files),
        record.licence,
    )


def _with(row: Present, **changes: object) -> Present:
    return msgspec.structs.replace(row, **changes)
