"""Bytes that we keep: fetched and uploaded files, tidy tables, exports; on CKAN's file storages.

Three stores, each a configured storage of CKAN 2.12 (`ckan.files.storage.jichitai_archive.*`,
`…jichitai_tidy.*`, `…jichitai_exports.*`), so that a shared folder or an S3-compatible service is a
setting. Not configured, they are folders under CKAN's storage path.
"""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import file_keeper as fk
from ckan.common import config
from ckan.lib.files import get_storage
from ckan.lib.files.default.fs import FsStorage

from .storage import AtomicFsStorage


class Store:
    """Named byte strings in one storage. Names are relative paths of plain characters."""

    def __init__(self, storage: fk.Storage):
        self.storage = storage

    def put(self, data: bytes) -> str:
        """Keep bytes under their sha256 and return it; bytes already kept are not written again."""
        digest = hashlib.sha256(data).hexdigest()
        if not self.has(digest):
            self.write(digest, data)
        return digest

    def write(self, name: str, data: bytes) -> None:
        """Keep bytes under a name, whole or not at all; an older value is replaced."""
        self.storage.upload(_place(name), fk.make_upload(data))

    def read(self, name: str) -> bytes:
        """The bytes. Raises KeyError when nothing stands under that name."""
        try:
            return self.storage.content(fk.FileData(_place(name)))
        except fk.exc.MissingFileError as error:
            raise KeyError(name) from error

    def has(self, name: str) -> bool:
        """Whether bytes stand under that name."""
        return self.storage.exists(fk.FileData(_place(name)))

    def remove(self, name: str) -> None:
        """Forget the bytes; nothing happens when there are none."""
        if self.has(name):
            self.storage.remove(fk.FileData(_place(name)))

    @contextmanager
    def path(self, name: str) -> Iterator[Path]:
        """A local file with these bytes, for tools that need one; read only, gone afterwards.

        Raises KeyError when nothing stands under that name.
        """
        if isinstance(self.storage, FsStorage):
            local = Path(self.storage.full_path(_place(name)))
            if not local.is_file():
                raise KeyError(name)
            yield local
            return
        handle, temporary = tempfile.mkstemp(suffix=Path(name).suffix)
        try:
            with os.fdopen(handle, "wb") as copy:
                copy.write(self.read(name))
            yield Path(temporary)
        finally:
            os.unlink(temporary)


def archive() -> Store:
    """Bodies by sha256: everything fetched or uploaded."""
    return _store("jichitai_archive")


def tidy() -> Store:
    """Reports and tidy tables by (sha256, definitions, what was told): a cache, may be emptied."""
    return _store("jichitai_tidy")


def exports() -> Store:
    """Files of the merged tables, by content."""
    return _store("jichitai_exports")


@cache
def _store(name: str) -> Store:
    try:
        return Store(get_storage(name))
    except fk.exc.UnknownStorageError:
        root = config.get("ckan.storage_path") or config.get("ckan.files.storage.default.path")
        if not root:
            raise RuntimeError(
                f"There is no place for files: set ckan.storage_path or ckan.files.storage.{name}.*"
            ) from None
        folder = os.path.join(root, "jichitai", name.removeprefix("jichitai_"))
        settings = {"type": "jichitai:fs", "path": folder, "initialize": True, "overwrite_existing": True}
        return Store(AtomicFsStorage(AtomicFsStorage.SettingsFactory(**_plain(name, settings))))


def _plain(name: str, settings: dict[str, object]) -> dict[str, object]:
    """Settings as the storage's dataclass takes them."""
    return {"name": name, **settings}


def _place(name: str) -> fk.Location:
    """Location in the storage: two characters of a digest make a folder, so that none grows too long."""
    return fk.Location(f"{name[:2]}/{name}" if "/" not in name else name)
