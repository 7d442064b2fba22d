"""A record as a CKAN dataset: which of our words goes into which field.

Fields of the record are the source's; what people here added (item, period, note, own files) stays.
"""

import datetime as dt
import re
from typing import Any

from ckan.logic.validators import email_pattern

from ckanext.jichitai.bridge.rulebook import TOKYO
from ckanext.jichitai.core.catalog.record import resource_id
from ckanext.jichitai.core.catalog.values import Record, RemoteFile, Source

from . import config

# Set from the record on every change; anything else on a dataset belongs to people here.
DATASET = (
    "title", "notes", "url", "author", "author_email", "license_id", "tags", "owner_org", "frequency",
    "frequency_text", "issued", "modified", "source_id", "source_remote_id", "source_url", "licence_text",
)  # fmt: skip
RESOURCE = ("url", "name", "description", "format", "source_resource_id", "created", "last_modified", "size")
TITLE = 500  # characters; a longer title is a mistake, and one term of the index holds 32,766 bytes
TAG = (2, 100)  # characters that CKAN takes in a tag
UNTAGGED = re.compile(r"[^\w \-.]+")
# Extra fields: what was published, where CKAN takes it only changed or not at all.
TAGS, MAIL = "source_tags", "source_mail"


def build(source: Source, record: Record, dataset_id: str, name: str, owner_org: str) -> dict[str, Any]:
    """The dataset that a record makes, without an item."""
    tags = tidy_tags(record.tags)
    mail = record.publisher_email
    is_mail = bool(email_pattern.match(mail))
    dataset: dict[str, Any] = {
        "id": dataset_id,
        "name": name,
        "type": config.dataset_type(),
        "title": record.title[:TITLE],
        "notes": record.notes,
        "url": record.landing,
        "author": record.publisher_name,
        "author_email": mail if is_mail else "",
        "license_id": record.licence or source.licence or "",
        "tags": [{"name": tag} for tag in tags],
        "owner_org": owner_org,
        "frequency": record.frequency or "",
        "frequency_text": record.frequency_text,
        "issued": day(record.issued),
        "modified": day(record.modified),
        "source_id": source.id,
        "source_remote_id": record.remote_id,
        "source_url": record.landing,
        "licence_text": record.licence_text,
        "resources": [resource(dataset_id, file) for file in record.files],
        "state": "active",
    }
    literal = {
        TAGS: "; ".join(record.tags) if set(tags) != set(record.tags) else "",
        MAIL: "" if is_mail else mail,
    }
    if extras := [{"key": key, "value": text} for key, text in literal.items() if text]:
        dataset["extras"] = extras
    return dataset


def resource(dataset_id: str, file: RemoteFile) -> dict[str, Any]:
    """A file of a record: the publisher's address, and an id of ours that never changes."""
    made = {
        "id": resource_id(dataset_id, file.id or file.url),
        "url": file.url,
        "name": file.name or file.url.rsplit("/", 1)[-1],
        "description": file.description,
        "format": file.format or file.format_text,
        "source_resource_id": file.id,
        "created": naive(file.created),
        "last_modified": naive(file.modified),
        "size": file.size,
    }
    return {key: value for key, value in made.items() if value not in (None, "")}


def over(current: dict[str, Any], built: dict[str, Any], overrides: dict[str, Any]) -> dict[str, Any]:
    """The dataset as it should be after an update: ours as built, people's as they are.

    current: package_show. overrides: {field: {value, source}} of a sysadmin, kept over the source's.
    """
    harvested = {key: built[key] for key in DATASET}
    harvested |= {key: kept["value"] for key, kept in overrides.items() if key in harvested}
    extras = [extra for extra in current.get("extras", []) if extra["key"] not in (TAGS, MAIL)]
    extras += built.get("extras", [])
    # metadata_modified is CKAN's to set; withdrawn_* are gone from a dataset that is there.
    apart = {"metadata_modified", "withdrawn_on", "withdrawn_reason"}
    base = {key: value for key, value in current.items() if key not in apart}
    return {
        **base,
        **harvested,
        "state": "active",
        "extras": extras,
        "resources": files_over(current.get("resources", []), built["resources"]),
    }


def files_over(current: list[dict[str, Any]], built: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Files in the source's order, then those that people added here."""
    there = {resource["id"]: resource for resource in current}
    harvested = []
    for wanted in built:
        kept = {key: value for key, value in there.get(wanted["id"], {}).items() if key not in RESOURCE}
        harvested.append({**kept, **wanted})
    return harvested + [resource for resource in current if not resource.get("source_resource_id")]


def tidy_tags(tags: tuple[str, ...]) -> list[str]:
    """Tags as CKAN takes them: other signs become a hyphen; too short or too long ones are left out."""
    tidied = (UNTAGGED.sub("-", tag).strip("- ") for tag in tags)
    return list(dict.fromkeys(tag for tag in tidied if TAG[0] <= len(tag) <= TAG[1]))


def day(moment: str | None) -> str:
    """The day in Japan of a UTC time; "" where there is none."""
    return dt.datetime.fromisoformat(moment).astimezone(TOKYO).date().isoformat() if moment else ""


def naive(moment: str | None) -> str | None:
    """A UTC time as CKAN's own resource dates are written: without a zone."""
    if not moment:
        return None
    return dt.datetime.fromisoformat(moment).astimezone(dt.UTC).replace(tzinfo=None).isoformat()
