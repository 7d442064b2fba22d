"""What sources say: a source, a record, a page, a listing. What we have and would do: planned.py."""

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
