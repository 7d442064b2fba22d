"""What a harvest would do: one fate for every key, from what is present and what was listed.

Pure: the same ledger rows, listing and time give the same plan, in any order. Without a complete
listing nothing is withdrawn, and with one only what was absent from two, at least 20 hours apart.
"""

from collections.abc import Iterable, Set
from datetime import datetime, timedelta
from hashlib import sha256

import msgspec

from .again import made_anew
from .judge import judge, mended
from .planned import Action, Entry, Other, Plan, Policy, Present
from .record import dataset_id, dataset_name, digest
from .twins import Twins, before, matches, twins
from .values import Listing, Record, Refusal, Source

USUAL = Policy()
GONE = ("withdrawn", "purged")
APART = ("deleted_here", "twin")  # states that no record made anew takes over


def plan(
    present: Iterable[Present], listing: Listing, source: Source, now: str, policy: Policy = USUAL
) -> Plan:
    """Fates of all keys of a source, sorted by remote id; not yet guarded: see guard.guard.

    present: all ledger rows of the source. now: ISO time with zone.
    """
    ledger = {row.remote_id: row for row in present}
    records, refusals = _taken(listing, ledger, source, policy)
    refused = {refusal.remote_id for refusal in refusals if refusal.reason != "duplicate"} - records.keys()
    absent = {key: row for key, row in ledger.items() if key not in records and key not in refused}
    new = [record for key, record in records.items() if key not in ledger]
    vanished = [row for key, row in absent.items() if row.state not in APART and key not in listing.standing]
    anew = made_anew(vanished, new, source)
    moved = {row.remote_id for row in anew.values()} if listing.complete else set[str]()
    known = twins(policy.others)
    same = matches((record for record in new if record.remote_id not in anew), known)
    taken = set(policy.taken) | {row.name for row in ledger.values()}
    digests = {key: digest(record) for key, record in records.items()}
    entries: list[Entry] = []
    for key, record in sorted(records.items()):
        row = ledger.get(key)
        if row is None and key in anew and listing.complete:
            entries.append(_recreated(anew[key], record, digests[key]))
        elif row is None and key in anew:
            # Perhaps its old id stands on the page that failed: wait for a whole listing.
            entries.append(Entry("keep", key, "", "", "postponed", record))
        elif row is None and key in same:
            entries.append(_twin(same[key], record, digests[key], source))
        elif row is None:
            made = _create(record, source, taken, digests[key])
            taken.add(made.name)
            entries.append(made)
        else:
            entries.append(_seen(row, record, digests[key], known, source))
    entries += [_same(ledger[key], "kept") for key in sorted(refused & ledger.keys())]
    entries += [
        _absent(row, listing, now, policy, known) for key, row in sorted(absent.items()) if key not in moved
    ]
    entries.sort(key=lambda entry: entry.remote_id)
    mark = _mark(ledger.values())
    return Plan(
        source=source.id,
        entries=tuple(entries),
        refusals=tuple(refusals),
        complete=listing.complete,
        basis=sha256(f"{mark} {listing.complete} {_listed(digests)}".encode()).hexdigest(),
        ledger=mark,
    )


def ledger_mark(present: Iterable[Present]) -> str:
    """Digest of ledger rows as `Plan.ledger` holds it: equal as long as an approval may be applied."""
    return _mark(present)


def _taken(
    listing: Listing, ledger: dict[str, Present], source: Source, policy: Policy
) -> tuple[dict[str, Record], list[Refusal]]:
    """Records that may be used, by key, and the refusals. Of a repeated id ours wins, else the first."""
    found: dict[str, Record] = {}
    refusals = list(listing.refusals)
    for given in listing.records:
        if refusal := judge(given, source, policy):
            refusals.append(refusal)
            continue
        record = mended(given)
        key = record.remote_id
        held, row = found.get(key), ledger.get(key)
        if held is None:
            found[key] = record
            continue
        refusals.append(Refusal(key, "duplicate", "id", record.title))
        if row and digest(record) == row.digest != digest(held):
            found[key] = record
    return found, sorted(refusals, key=lambda refusal: (refusal.remote_id, refusal.reason, refusal.found))


def _create(record: Record, source: Source, taken: Set[str], found: str) -> Entry:
    name = dataset_name(source.id, record.name, record.remote_id, taken)
    made = dataset_id(source.id, record.remote_id)
    return Entry("create", record.remote_id, made, name, "new", record, found)


def _recreated(row: Present, record: Record, found: str) -> Entry:
    action: Action = "restore" if row.state in GONE else "update"
    return Entry(
        action,
        record.remote_id,
        row.dataset_id,
        row.name,
        "recreated",
        record,
        found,
        former=row.remote_id,
        changes=_changes(row, record),
    )


def _twin(other: Other, record: Record, found: str, source: Source) -> Entry:
    """A new key whose dataset another source has already: the better rank writes it from now on."""
    leads = before(source, other)
    action: Action = "update" if leads else "keep"
    reason = "took_over" if leads else "twin"
    return Entry(action, record.remote_id, other.dataset_id, other.name, reason, record, found)


def _seen(row: Present, record: Record, found: str, known: Twins, source: Source) -> Entry:
    """A key that is in the ledger and in the listing; found: digest of the record."""
    if row.state == "deleted_here":
        return _same(row, "deleted_here")
    if row.state in ("live", "twin") and not known.leads(row, source):
        return Entry("keep", row.remote_id, row.dataset_id, row.name, "twin", record, found)
    if row.state == "twin":
        return _entry("update", row, "took_over", record, found)
    if row.state in GONE:
        return _entry("restore", row, "purged" if row.state == "purged" else "returned", record, found)
    if found == row.digest:
        return _same(row, "unchanged")
    ours = row.raw is not None and row.raw == record.raw
    return _entry("update", row, "reread" if ours else "updated", record, found)


def _entry(action: Action, row: Present, reason: str, record: Record, found: str) -> Entry:
    return Entry(
        action, row.remote_id, row.dataset_id, row.name, reason, record, found, changes=_changes(row, record)
    )


def _same(row: Present, reason: str) -> Entry:
    return Entry("keep", row.remote_id, row.dataset_id, row.name, reason, digest=row.digest)


def _absent(row: Present, listing: Listing, now: str, policy: Policy, known: Twins) -> Entry:
    """A key that the listing does not name: not before two complete listings is it withdrawn."""
    if row.state == "twin":
        kept, missed = _same(row, "twin"), row.misses + listing.complete
        return msgspec.structs.replace(kept, misses=missed, first_miss=row.first_miss)
    if row.state != "live":
        return _same(row, row.state)
    if row.remote_id in listing.standing:
        return _same(row, "standing")
    if not listing.complete:
        kept = _same(row, "unseen")
        return msgspec.structs.replace(kept, misses=row.misses, first_miss=row.first_miss)
    first = row.first_miss or now
    waited = datetime.fromisoformat(now) - datetime.fromisoformat(first) >= timedelta(
        hours=policy.again_hours
    )
    action: Action = "withdraw" if row.misses and waited else "keep"
    if action == "withdraw" and known.heir(row):
        kept = _same(row, "handed_over")
        return msgspec.structs.replace(kept, misses=row.misses + 1, first_miss=first)
    entry = msgspec.structs.replace(_same(row, "absent" if action == "withdraw" else "missed"), action=action)
    return msgspec.structs.replace(entry, misses=row.misses + 1, first_miss=first)


def _changes(row: Present, record: Record) -> dict[str, tuple[str, str]]:
    before = {"title": row.title, "licence": row.licence or "", "files": "\n".join(sorted(row.files))}
    urls = sorted(file.url for file in record.files if file.url)
    after = {"title": record.title, "licence": record.licence or "", "files": "\n".join(urls)}
    return {name: (text, after[name]) for name, text in before.items() if text != after[name]}


def _mark(rows: Iterable[Present]) -> str:
    lines = sorted(f"{row.remote_id}\0{row.state}\0{row.digest}\0{row.misses}" for row in rows)
    return sha256("\n".join(lines).encode("utf-8", "replace")).hexdigest()


def _listed(digests: dict[str, str]) -> str:
    lines = [f"{key}\0{found}" for key, found in sorted(digests.items())]
    return sha256("\n".join(lines).encode("utf-8", "replace")).hexdigest()
