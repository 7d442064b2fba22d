"""Values of the harvest: a source, a record, a listing, what is present, a plan."""

from typing import Literal

import msgspec

Kind = Literal["ckan", "dcat", "open_data_list", "files", "html_links", "arcgis"]


class Expect(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many records a source should list; outside, the plan is held."""

    min: int | None = None
    max: int | None = None


class Permission(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who allowed the harvest of an address that robots.txt closes, when (ISO day), and how."""

    by: str
    when: str
    note: str = ""


class ListedFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A row of a `files` source: the key is the identity, so addresses may move."""

    key: str
    url: str
    title: str
    item: str | None = None
    licence: str | None = None


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Where and how one body publishes: a row of data.

    municipality: 6-digit code. rank: 1 best. licence: where records are silent. pause: seconds between
    requests. continues: id of the source whose ledger it takes over. selector: which links or parts.
    first: whether the first plan waits for a person (sources added by hand).
    """

    id: str
    municipality: str
    type: Kind
    url: str = ""
    organization: str | None = None
    rank: int = 1
    licence: str | None = None
    contact: str | None = None
    evidence: str | None = None
    permission: Permission | None = None
    expect: Expect = Expect()
    pause: float | None = None
    continues: str | None = None
    selector: str | None = None
    files: tuple[ListedFile, ...] = ()
    enabled: bool = True
    first: bool = False


class Request(msgspec.Struct, frozen=True):
    """What a source type asks for next. `accept`: media types; `cap`: bytes, unpacked."""

    url: str
    accept: str = "*/*"
    cap: int = 32_000_000
    note: str = ""


class RemoteFile(msgspec.Struct, frozen=True, omit_defaults=True):
    """A resource as its source describes it; dates ISO with zone, literals beside normalised words."""

    id: str
    url: str
    name: str = ""
    description: str = ""
    format: str = ""
    item: str | None = None
    size: int | None = None
    created: str | None = None
    modified: str | None = None


class Record(msgspec.Struct, frozen=True, omit_defaults=True):
    """A dataset as its source describes it, in our words.

    remote_id: trimmed, NFC, case kept. licence: normalised name of schemas/lists/licence.yaml or None;
    licence_text: as written. frequency: EU frequency code or None; frequency_text as written.
    issued, modified: publisher's dates. landing: original page. identifiers: other ids, for twins.
    raw: sha256 of the payload it came from. digest is of canonical JSON: see record.digest.
    """

    remote_id: str
    name: str
    title: str
    notes: str = ""
    tags: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    files: tuple[RemoteFile, ...] = ()
    licence: str | None = None
    licence_text: str = ""
    frequency: str | None = None
    frequency_text: str = ""
    issued: str | None = None
    modified: str | None = None
    landing: str = ""
    publisher_name: str = ""
    publisher_email: str = ""
    municipality: str | None = None
    organization: str | None = None
    identifiers: tuple[str, ...] = ()
    language: str = ""
    item: str | None = None
    extras: dict[str, str] = {}
    raw: str | None = None


class Refusal(msgspec.Struct, frozen=True):
    """A record that cannot be taken: class (foreign, duplicate, missing, record, too_large, loop), place, found."""

    remote_id: str
    reason: str
    place: str = ""
    found: str = ""


class Page(msgspec.Struct, frozen=True):
    """What a source type read from one answer, and what to ask next.

    complete: True once the listing is proved whole, False once it is proved not to be, None while open.
    fault: class of a failure that ends the listing (bad_answer, html_page …) with its detail.
    """

    records: tuple[Record, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    next: Request | None = None
    complete: bool | None = None
    declared: int | None = None
    fault: str | None = None
    detail: str = ""


class Listing(msgspec.Struct, frozen=True):
    """All pages of a source together. complete: nothing is withdrawn without it."""

    source: str
    records: tuple[Record, ...]
    refusals: tuple[Refusal, ...] = ()
    complete: bool = False
    declared: int | None = None
    fault: str | None = None
    detail: str = ""


State = Literal["live", "withdrawn", "purged", "deleted_here"]


class Present(msgspec.Struct, frozen=True):
    """A ledger row: what we have of one remote record."""

    remote_id: str
    dataset_id: str
    name: str
    title: str
    state: State
    digest: str
    raw: str | None = None
    files: tuple[str, ...] = ()
    licence: str | None = None
    misses: int = 0
    first_miss: str | None = None
    identifiers: tuple[str, ...] = ()


Action = Literal["create", "update", "withdraw", "restore", "keep"]


class Entry(msgspec.Struct, frozen=True, omit_defaults=True):
    """One fate. `held` where the guard makes it wait; `reason` in a word of schemas/issues/harvest.yaml."""

    action: Action
    remote_id: str
    dataset_id: str
    name: str
    reason: str
    record: Record | None = None
    digest: str = ""
    misses: int = 0
    held: str | None = None
    changes: dict[str, tuple[str, str]] = {}


class Plan(msgspec.Struct, frozen=True):
    """What a harvest would do to the catalog. holds: the guard's reasons; counts by action come from entries."""

    source: str
    entries: tuple[Entry, ...]
    refusals: tuple[Refusal, ...] = ()
    complete: bool = False
    holds: tuple[str, ...] = ()
    basis: str = ""
