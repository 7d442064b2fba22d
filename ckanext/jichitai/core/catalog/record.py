"""What a record is called here, and whether it is still the same: ids, names, digest.

Ids come from (source, remote id) alone, so a catalog rebuilt from nothing gets the same addresses.
"""

import hashlib
import json
import re
from collections.abc import Set
from unicodedata import normalize
from uuid import UUID, uuid5

import msgspec

from .values import Record

# Made once for this catalog; a change would give every dataset another address.
NAMESPACE = UUID("5b1d9d5e-7f0c-5c0e-9a53-4d1f6b0c2a27")
ILLEGAL = re.compile("[^a-z0-9_-]+")
LONGEST = 100  # characters of a CKAN name
SETS = ("tags", "groups", "identifiers", "standards", "files")
APART = ("raw", "notices")


def canonical(record: Record) -> bytes:
    """The record as JSON: NFC, sorted keys, tags, files and the like as sets, without `raw` and `notices`."""
    plain: dict[str, object] = msgspec.to_builtins(record)
    for name in APART:
        plain.pop(name, None)
    for name in SETS:
        if isinstance(values := plain.get(name), list | tuple):
            plain[name] = sorted({_json(value) for value in values})
    return normalize("NFC", _json(plain)).encode()


def digest(record: Record) -> str:
    """sha256 of the canonical JSON: two records with one digest differ in nothing that we keep."""
    return hashlib.sha256(canonical(record)).hexdigest()


def dataset_id(source: str, remote_id: str) -> str:
    """Id of the dataset that a source's record becomes."""
    return str(uuid5(NAMESPACE, _json([source, key(remote_id)])))


def resource_id(dataset: str, remote_resource: str) -> str:
    """Id of a file of a dataset; remote_resource: its id at the source, or its address where it has none."""
    return str(uuid5(UUID(dataset), key(remote_resource)))


def key(remote_id: str) -> str:
    """A remote id as the ledger holds it: trimmed, NFC, case kept."""
    return normalize("NFC", remote_id).strip()


def dataset_name(source: str, remote_name: str, remote_id: str, taken: Set[str] = frozenset()) -> str:
    """`<source>-<remote name>`, legal in CKAN, 100 characters at most.

    8 hex digits of the key follow where the name was cut, changed to be legal, empty or taken, so
    that two names that look alike do not depend on which was loaded first.
    """
    wished = normalize("NFC", remote_name).strip()
    legal = ILLEGAL.sub("-", wished.lower()).strip("-")
    plain = f"{source}-{legal}"
    if legal and legal == wished and len(plain) <= LONGEST and plain not in taken:
        return plain
    mark = hashlib.sha256(_json([source, key(remote_id)]).encode()).hexdigest()[:8]
    room = LONGEST - len(source) - len(mark) - 2
    return "-".join(part for part in (source, legal[:room].strip("-"), mark) if part)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
