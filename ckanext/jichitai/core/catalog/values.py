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
    """What a source type asks for next. accept: media types; cap: bytes, unpacked; page: a web page is meant."""

    url: str
    accept: str = "*/*"
    cap: int = 32_000_000
    page: bool = False


class RemoteFile(msgspec.Struct, frozen=True, omit_defaults=True):
    """A resource as its source describes it; dates ISO with zone, literals beside normalised words."""

    id: str
    url: str
    name: str = ""
    description: str = ""
    format: str = ""
    format_text: str = ""
    licence: str | None = None
    licence_text: str = ""
    item: str | None = None
    size: int | None = None
    created: str | None = None
    modified: str | None = None


class Record(msgspec.Struct, frozen=True, omit_defaults=True):
    """A dataset as its source describes it, in our words.

    remote_id: trimmed, NFC, case kept. licence: normalised name of schemas/lists/licence.yaml or None;
    licence_text: as written. frequency: EU frequency code or None; frequency_text as written.
    issued, modified: publisher's dates. landing: original page. identifiers: other ids, for twins.
    standards: what the publisher says it conforms to (準拠する標準), as written.
    raw: sha256 of the record as its source sent it. notices: what was mended on the way (title_cut,
    text_washed, link_internal). Neither is part of the digest: see record.digest.
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
    standards: tuple[str, ...] = ()
    extras: dict[str, str] = {}
    raw: str | None = None
    notices: tuple[str, ...] = ()


class Refusal(msgspec.Struct, frozen=True):
    """A record that cannot be taken: class (foreign, duplicate, missing, record, too_large, loop), place, found."""

    remote_id: str
    reason: str
    place: str = ""
    found: str = ""


class Progress(msgspec.Struct, frozen=True):
    """How far a listing has come; a source type reads the last one and gives the next.

    seen: remote ids so far. declared: total that the source gave on the first page. pages: read so far;
    bound: pages after which the source is no longer believed. attempt: 1, or 2 after the list moved.
    asked, waiting: addresses asked so far and still to be, where pages are linked. broken: something can no longer be proved.
    """

    seen: frozenset[str] = frozenset()
    declared: int | None = None
    pages: int = 0
    bound: int = 0
    attempt: int = 1
    asked: frozenset[str] = frozenset()
    waiting: tuple[str, ...] = ()
    broken: bool = False


class Page(msgspec.Struct, frozen=True):
    """What a source type read from one answer, and what to ask next.

    complete: True once the listing is proved whole, False once it is proved not to be, None while open.
    fault: class of a failure that ends the listing (bad_answer, html_page …) with its detail.
    again: the list moved under our hands: forget what was collected, `next` begins anew.
    """

    records: tuple[Record, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    next: Request | None = None
    complete: bool | None = None
    declared: int | None = None
    fault: str | None = None
    detail: str = ""
    again: bool = False
    progress: Progress = Progress()


class Listing(msgspec.Struct, frozen=True):
    """All pages of a source together. complete: nothing is withdrawn without it.

    standing: remote ids that are not listed but that the source, asked one by one, still has, or about
    which it could not be asked: none of them is absent.
    fault: class of the failure. With records and `incomplete`, what was seen may still be used.
    """

    source: str
    records: tuple[Record, ...]
    refusals: tuple[Refusal, ...] = ()
    complete: bool = False
    declared: int | None = None
    fault: str | None = None
    detail: str = ""
    standing: tuple[str, ...] = ()


# twin: another source of the municipality publishes the same, and the dataset is written from that one.
State = Literal["live", "withdrawn", "purged", "deleted_here", "twin"]


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


class Other(msgspec.Struct, frozen=True):
    """A ledger row of another source of the same municipality; rank: 1 best, of its source."""

    source: str
    rank: int
    remote_id: str
    dataset_id: str
    name: str
    state: State
    misses: int = 0
    identifiers: tuple[str, ...] = ()
    landing: str = ""
    files: tuple[str, ...] = ()


Action = Literal["create", "update", "withdraw", "restore", "keep"]


class Entry(msgspec.Struct, frozen=True, omit_defaults=True):
    """One fate. `held` where the guard makes it wait; `reason` in a word of schemas/issues/harvest.yaml.

    former: the key that this one takes over, when the source made the same dataset anew.
    misses, first_miss: what the ledger row holds afterwards, also where the entry is held or kept.
    changes: of title, licence, files: (before, after), where they differ.
    """

    action: Action
    remote_id: str
    dataset_id: str
    name: str
    reason: str
    record: Record | None = None
    digest: str = ""
    misses: int = 0
    first_miss: str | None = None
    former: str | None = None
    held: str | None = None
    changes: dict[str, tuple[str, str]] = {}


class Plan(msgspec.Struct, frozen=True):
    """What a harvest would do to the catalog.

    holds: the guard's reasons. counts by action come from entries. basis: sha256 of ledger rows and
    listing that it was made from; an approval is refused when the ledger has moved since.
    ledger: sha256 of the ledger rows alone.
    """

    source: str
    entries: tuple[Entry, ...]
    refusals: tuple[Refusal, ...] = ()
    complete: bool = False
    holds: tuple[str, ...] = ()
    basis: str = ""
    ledger: str = ""


class Policy(msgspec.Struct, frozen=True):
    """What the operator may set about planning; defaults are those of `ckanext.jichitai.harvest.*`.

    site: our own address: records that point to it are copies of us. again_hours: least time between
    the first miss and the withdrawal. taken: names that other datasets of the catalog have.
    others: records of the municipality's other sources, for twins.
    tags, files: most of them in one record; notes: most bytes of its description.
    """

    site: str = ""
    again_hours: float = 20
    taken: frozenset[str] = frozenset()
    others: tuple[Other, ...] = ()
    tags: int = 200
    files: int = 1000
    notes: int = 100_000


class History(msgspec.Struct, frozen=True):
    """What the guard must know of the past; an approval sets peak and withdrawn anew.

    peak: highest count of live records in the last 30 days. withdrawn: withdrawn since that count.
    host_peak, host_missing: the same of all other sources of the host, missing now included.
    planned: whether the source ever had a plan applied.
    """

    peak: int = 0
    withdrawn: int = 0
    host_peak: int = 0
    host_missing: int = 0
    planned: bool = True
