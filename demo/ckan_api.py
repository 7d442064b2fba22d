"""A CKAN catalog as Tokyo's portal answers: package_search, package_show, organization_list, downloads."""

import json
import re
from urllib.parse import parse_qs, quote, urlsplit

from .world import Dataset, File, Publisher

MOST = 1000  # rows in one answer, CKAN's own bound
ORGANIZATION = re.compile(r'organization:"?([\w-]+)"?')

Found = tuple[int, str, bytes]


def organization(publisher: Publisher) -> str:
    """Its name on a portal: t and the municipality code."""
    return f"t{publisher.municipality.code}"


def package(publisher: Publisher, dataset: Dataset, site: str) -> dict[str, object]:
    """A dataset as package_show gives it."""
    licence, title, url = dataset.licence
    stamp = f"{dataset.modified}T01:23:45.678901"
    files = [_resource(dataset, file, site, place) for place, file in enumerate(dataset.files)]
    return {
        "author": None,
        "author_email": None,
        "creator_user_id": publisher.municipality.code.rjust(8, "0"),
        "extras": [{"key": "更新頻度", "value": dataset.frequency}] if dataset.frequency else [],
        "groups": [],
        "id": dataset.id,
        "isopen": True,
        "license_id": licence,
        "license_title": title,
        "license_url": url,
        "maintainer": f"{publisher.municipality.name}役所",
        "maintainer_email": None,
        "metadata_created": f"{dataset.issued}T01:23:45.678901",
        "metadata_modified": stamp,
        "name": dataset.name,
        "notes": dataset.notes,
        "num_resources": len(files),
        "num_tags": len(dataset.tags),
        "organization": {
            "approval_status": "approved",
            "created": "2026-01-28T04:57:41.593263",
            "description": publisher.municipality.url or "",
            "id": publisher.municipality.code.rjust(36, "0"),
            "image_url": "",
            "is_organization": True,
            "name": organization(publisher),
            "state": "active",
            "title": publisher.municipality.name,
            "type": "organization",
        },
        "owner_org": publisher.municipality.code.rjust(36, "0"),
        "private": False,
        "relationships_as_object": [],
        "relationships_as_subject": [],
        "resources": files,
        "state": "active",
        "tags": [{"name": tag, "display_name": tag, "state": "active"} for tag in dataset.tags],
        "title": dataset.title,
        "type": "dataset",
        "url": None,
        "version": None,
    }


def download(dataset: Dataset, file: File) -> str:
    """Path of a file on its site."""
    return f"/dataset/{dataset.id}/resource/{file.id}/download/{quote(file.name)}"


def _resource(dataset: Dataset, file: File, site: str, place: int) -> dict[str, object]:
    # The portal writes midnight in Japan as 15:00 of the day before, without a zone.
    return {
        "cache_last_updated": None,
        "cache_url": None,
        "created": f"{dataset.issued}T15:00:00",
        "description": dataset.notes,
        "format": file.format,
        "hash": "",
        "id": file.id,
        "last_modified": f"{dataset.modified}T15:00:00",
        "mimetype": None,
        "mimetype_inner": None,
        "name": file.title,
        "package_id": dataset.id,
        "position": place,
        "resource_type": None,
        "size": None,
        "state": "active",
        "url": f"{site}{download(dataset, file)}",
        "url_type": "upload",
    }


def answer(publishers: list[Publisher], target: str, site: str) -> Found | None:
    """Status, media type and body of an API call; None where the path is no call."""
    parts = urlsplit(target)
    if not parts.path.startswith("/api/3/action/"):
        return None
    action = parts.path.removeprefix("/api/3/action/")
    query = {key: values[0] for key, values in parse_qs(parts.query).items()}
    if action == "package_search":
        return _success(action, _search(publishers, query, site))
    if action == "package_show":
        for publisher in publishers:
            for dataset in publisher.datasets:
                if query.get("id") in {dataset.id, dataset.name}:
                    return _success(action, package(publisher, dataset, site))
        return _failure(404, "Not Found Error", "Not found")
    if action == "organization_list":
        return _success(action, sorted(organization(publisher) for publisher in publishers))
    if action in {"site_read", "status_show"}:
        return _success(action, True)
    return _failure(400, "Bad Request", f"Action name not known: {action}")


def _search(publishers: list[Publisher], query: dict[str, str], site: str) -> dict[str, object]:
    wanted = ORGANIZATION.search(query.get("fq", ""))
    found = [
        (publisher, dataset)
        for publisher in publishers
        if wanted is None or organization(publisher) == wanted[1]
        for dataset in publisher.datasets
    ]
    found.sort(key=lambda pair: pair[1].id)
    start, rows = int(query.get("start", 0)), min(MOST, int(query.get("rows", 10)))
    page = [package(publisher, dataset, site) for publisher, dataset in found[start : start + rows]]
    return {
        "count": len(found),
        "facets": {},
        "results": page,
        "search_facets": {},
        "sort": query.get("sort", ""),
    }


def _success(action: str, result: object) -> Found:
    body = {"help": f"/api/3/action/help_show?name={action}", "success": True, "result": result}
    return 200, "application/json;charset=utf-8", json.dumps(body, ensure_ascii=False).encode()


def _failure(status: int, kind: str, message: str) -> Found:
    body = {"success": False, "error": {"__type": kind, "message": message}}
    return status, "application/json;charset=utf-8", json.dumps(body, ensure_ascii=False).encode()
