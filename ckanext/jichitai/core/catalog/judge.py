"""Records that cannot be taken, each with its class and place. What we have of them stays as it was."""

from urllib.parse import urlsplit

import msgspec

from .planned import Policy
from .record import key
from .values import Record, Refusal, Source

TITLE = 500  # characters; longer ones are cut, the notice tells


def judge(record: Record, source: Source, policy: Policy) -> Refusal | None:
    """Why a record is refused, or None. The classes are those of schemas/issues/harvest.yaml."""
    remote_id = key(record.remote_id)
    if not remote_id:
        return Refusal("", "missing", "id", record.title[:TITLE])
    if not record.title.strip():
        return Refusal(remote_id, "missing", "title")
    if source.organization and record.organization and record.organization != source.organization:
        return Refusal(remote_id, "foreign", "organization", record.organization)
    if record.municipality and not _same_code(record.municipality, source.municipality):
        return Refusal(remote_id, "foreign", "municipality", record.municipality)
    if ours := _ours(record, policy.site):
        return Refusal(remote_id, "loop", "url", ours)
    for place, found, most in (
        ("tags", len(record.tags), policy.tags),
        ("files", len(record.files), policy.files),
        ("notes", len(record.notes.encode("utf-8", "replace")), policy.notes),
    ):
        if found > most:
            return Refusal(remote_id, "too_large", place, str(found))
    return None


def mended(record: Record) -> Record:
    """The record with its id as the ledger writes it and its title short enough for the index."""
    record = msgspec.structs.replace(record, remote_id=key(record.remote_id))
    if len(record.title) <= TITLE:
        return record
    return msgspec.structs.replace(record, title=record.title[:TITLE], notices=(*record.notices, "title_cut"))


def _same_code(found: str, ours: str) -> bool:
    """Six digits, or the five without the check digit."""
    return found in (ours, ours[:5])


def _ours(record: Record, site: str) -> str:
    """The first address of the record that is on our own site, "" if none is."""
    if not site:
        return ""
    here = urlsplit(site).netloc.lower()
    return next(
        (
            url
            for url in (record.landing, *(f.url for f in record.files))
            if urlsplit(url).netloc.lower() == here
        ),
        "",
    )
