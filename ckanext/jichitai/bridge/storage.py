"""A file storage that is never half written: `jichitai:fs`.

CKAN's own `ckan:fs` opens the final name and writes; a reader, or a kill, then finds half a file.
Ours writes a temporary file beside it, syncs, and renames.
"""

import os
import tempfile
from typing import Any

import file_keeper as fk
from ckan.lib.files.default import fs


class AtomicUploader(fs.FsStorage.UploaderFactory):  # built by CKAN with type()
    """Upload by temporary file, fsync, rename."""

    def upload(self, location: fk.Location, upload: fk.Upload, extras: dict[str, Any]) -> fk.FileData:
        """Write the whole upload under `location`, or nothing. Raises ExistingFileError."""
        settings = self.storage.settings
        target = self.storage.full_path(location)
        if not settings.overwrite_existing and os.path.exists(target):
            raise fk.exc.ExistingFileError(self.storage, location)
        folder = os.path.dirname(target)
        os.makedirs(folder, exist_ok=True)
        reader = upload.hashing_reader(algorithm=settings.hashing_algorithm)
        handle, temporary = tempfile.mkstemp(dir=folder, prefix=".part-")
        try:
            with os.fdopen(handle, "wb") as part:
                for chunk in reader:
                    part.write(chunk)
                part.flush()
                os.fsync(part.fileno())
            os.chmod(temporary, 0o644)
            os.replace(temporary, target)
        except BaseException:
            os.unlink(temporary)
            raise
        return fk.FileData(
            location,
            size=os.path.getsize(target),
            content_type=upload.content_type,
            hash=reader.get_hash(),
            algorithm=settings.hashing_algorithm,
        )


class AtomicFsStorage(fs.FsStorage):
    """CKAN's file system storage with whole writes only."""

    UploaderFactory = AtomicUploader
