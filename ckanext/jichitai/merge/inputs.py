"""What there is to merge: every file of a published dataset, with what is known about it.

Nothing is read here that can be known without reading: a file whose bytes, rule book and told things
are those of the last outcome keeps that outcome's item and verdict.
"""

from collections.abc import Iterator
from typing import Any

import msgspec
import sqlalchemy as sa
from ckan import model

from ckanext.jichitai.bridge import examined, rulebook
from ckanext.jichitai.bridge import told as telling
from ckanext.jichitai.bridge.files import StoredFile
from ckanext.jichitai.bridge.tables import file as stored_table
from ckanext.jichitai.core.check.values import Told
from ckanext.jichitai.core.definitions.model import Municipality
from ckanext.jichitai.core.merge.values import Fate

from . import config, licences, own

STORED = [column.label(f"file_{column.name}") for column in stored_table.c]


class Source(msgspec.Struct, frozen=True):
    """One file before it is read: whose it is, its bytes (None: none here), what is told about it.

    fate: set where it is no input whatever its content is. item: that of its dataset, "" for none.
    """

    town: Municipality
    resource: str
    dataset: str
    dataset_name: str
    title: str
    url: str
    item: str
    licence: str
    attribution: str
    frequency: str
    date: str
    period: str
    stored: StoredFile | None = None
    told: Told = Told()
    told_digest: str = ""
    staff: bool = False
    fate: Fate | None = None
    reason: str = ""

    @property
    def sha256(self) -> str:
        """Of its bytes; "" where there are none."""
        return self.stored.sha256 if self.stored else ""

    @property
    def fetched(self) -> str:
        """When these bytes first came, ISO, UTC."""
        return self.stored.first_seen.isoformat() if self.stored else ""


def sources(municipality: str | None = None) -> Iterator[Source]:
    """Every file of an active, public dataset of a municipality (all, or the one of that code), by resource id.

    Files without bytes here are in it only where their dataset has an item: they are listed, no more.
    """
    towns, facts = _towns(municipality), (telling.that_answered(), own.written())
    for row in model.Session.execute(_statement(list(towns))).mappings():
        town = towns[row["owner_org"]]
        stored = StoredFile(**{name: row[f"file_{name}"] for name in StoredFile.__struct_fields__})
        known = stored if stored.resource_id else None
        if known or (row["dataset_extras"] or {}).get("item"):
            yield _source(row, town, known, *facts)


def _source(
    row: Any, town: Municipality, stored: StoredFile | None, answered: frozenset[str], ours: frozenset[str]
) -> Source:
    of_resource, of_dataset = row["resource_extras"] or {}, row["dataset_extras"] or {}
    dataset = {**of_dataset, "title": row["title"], "owner_org": row["owner_org"]}
    resource = {**of_resource, "name": row["name"]}
    told = telling.told(resource, dataset, stored, town, answered) if stored else Told()
    staff = bool(stored and stored.origin == "upload")
    fate, reason = _fate(row, stored, staff, ours)
    return Source(
        town=town,
        resource=row["resource"],
        dataset=row["dataset"],
        dataset_name=row["dataset_name"],
        title=row["name"] or row["title"] or "",
        url=row["url"] or "",
        item=of_resource.get("item") or of_dataset.get("item") or "",
        licence=row["license_id"] or "",
        attribution=of_dataset.get("author") or town.name,
        frequency=of_dataset.get("frequency") or "",
        date=(of_dataset.get("modified") or "")[:10],
        period=of_resource.get("period") or "",
        stored=stored,
        told=told,
        told_digest=examined.told_digest(told),
        staff=staff,
        fate=fate,
        reason=reason,
    )


def _fate(row: Any, stored: StoredFile | None, staff: bool, ours: frozenset[str]) -> tuple[Fate | None, str]:
    """The fate of a file that is no input, with the reason where the fate does not say it."""
    if {row["resource"], row["dataset"]} & config.exclude():
        return "excluded", ""
    if own.is_ours(row["url"] or "", stored.sha256 if stored else "", ours):
        return "own_output", ""
    if stored is None or stored.state == "gone":
        too_large = bool(stored and stored.state_class == "too_large")
        return "too_large" if too_large else "unreachable", ""
    if licences.closed(row["license_id"] or "", staff=staff):
        return "licence_closed", row["license_id"] or ""
    return None, ""


def _towns(only: str | None) -> dict[str, Municipality]:
    """Organization id → the municipality that it stands for."""
    code = model.Group.extras[rulebook.CODE].astext
    known = {name: town for name, town in rulebook.book().municipalities.items() if only in (None, name)}
    statement = sa.select(model.Group.id, code).where(
        model.Group.is_organization.is_(True), model.Group.state == "active", code.in_(list(known))
    )
    return {group: known[code] for group, code in model.Session.execute(statement)}


def _statement(organizations: list[str]) -> sa.Select[Any]:
    resource, dataset = model.Resource, model.Package
    return (
        sa.select(
            resource.id.label("resource"),
            resource.name.label("name"),
            resource.url.label("url"),
            resource.extras.label("resource_extras"),
            dataset.id.label("dataset"),
            dataset.name.label("dataset_name"),
            dataset.title.label("title"),
            dataset.owner_org.label("owner_org"),
            dataset.license_id.label("license_id"),
            dataset.extras.label("dataset_extras"),
            *STORED,
        )
        .select_from(resource)
        .join(dataset, dataset.id == resource.package_id)
        .outerjoin(stored_table, stored_table.c.resource_id == resource.id)
        .where(
            resource.state == "active",
            dataset.state == "active",
            dataset.private.is_(False),
            dataset.owner_org.in_(organizations),
        )
        .order_by(resource.id)
    )
