"""Uploads on their way into the catalog: read before CKAN's uploader takes them away.

Every path ends in package_create or package_update; there `upload` still stands in the resource.
"""

import msgspec
from ckan import model
from ckan.lib.uploader import get_max_resource_size
from ckan.types import Context, DataDict
from werkzeug.datastructures import FileStorage

from ckanext.jichitai.bridge import files
from ckanext.jichitai.bridge.files import StoredFile

from . import checking, config, judge

KEY = "jichitai_uploads"  # in the context of one package_update
MB = 1 << 20


class Upload(msgspec.Struct):
    """One file: its place in the list of resources, its name as sent, its bytes."""

    position: int
    name: str
    data: bytes


def collect(data_dict: DataDict) -> list[Upload]:
    """The files that a call brings, streams wound back. Files that CKAN will refuse are left out."""
    found: list[Upload] = []
    for position, resource in enumerate(data_dict.get("resources") or []):
        upload = resource.get("upload") if isinstance(resource, dict) else None
        if isinstance(upload, FileStorage) and upload.filename:
            limit = get_max_resource_size() * MB
            data = upload.stream.read(limit + 1)
            upload.stream.seek(0)
            if len(data) <= limit:
                found.append(Upload(position, upload.filename, data))
    return found


def is_small(data: bytes) -> bool:
    """Whether a file is checked while it is saved."""
    return len(data) <= config.inline_bytes() and data.count(b"\n") <= config.inline_rows()


def keep(context: Context, dataset_id: str) -> list[StoredFile]:
    """Note the uploaded bytes for their resources and check the small ones, before the commit.

    What is large, or not done in time, stays due: recheck.dataset makes a job of it.
    Returns the files that were checked.
    """
    uploads: list[Upload] = context.pop(KEY, None) or []
    resources = model.Session.get(model.Package, dataset_id).resources if uploads else []
    checked: list[StoredFile] = []
    for upload in uploads:
        resource = resources[upload.position]
        stored = files.arrived(
            resource.id, dataset_id, upload.data, upload.name, "upload", resource.url or ""
        )
        if is_small(upload.data) and _checked(stored):
            checked.append(stored)
    return checked


def _checked(stored: StoredFile) -> bool:
    try:
        checking.check(stored, config.inline_seconds())
    except judge.NotDone:
        return False
    return True


def let_go(stored_files: list[StoredFile]) -> list[StoredFile]:
    """Forget uploads whose resource is a link now; the files that remain."""
    remaining = []
    for stored in stored_files:
        resource = model.Session.get(model.Resource, stored.resource_id)
        if stored.origin == "upload" and resource and resource.url_type != "upload":
            files.forget(stored.resource_id)
        else:
            remaining.append(stored)
    return remaining


def take_out(data_dict: DataDict, uploads: list[Upload]) -> dict[int, FileStorage]:
    """Take the files out of a call of package_create, which has no place for them; by position."""
    taken: dict[int, FileStorage] = {}
    for upload in uploads:
        resource = data_dict["resources"][upload.position]
        taken[upload.position] = resource.pop("upload")
        resource["url"] = resource.get("url") or upload.name
    return taken
