"""What we have of a source and what a harvest would do to it: a ledger row, an entry, a plan, its policy."""

from typing import Literal

import msgspec

from .values import Record, Refusal

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
