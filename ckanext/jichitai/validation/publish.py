"""From a checked file into the catalog: the corrected file as a resource, or its fixes as an overlay."""

import io
from pathlib import PurePosixPath
from typing import Any

import sqlalchemy as sa
from ckan import model
from ckan.plugins import toolkit as tk
from ckan.types import Context
from werkzeug.datastructures import FileStorage

from ckanext.jichitai.bridge import files, jobs, rulebook
from ckanext.jichitai.bridge.tables import fix

from . import drafts, files_of, mapped, recheck

MOST = 200  # datasets that the form offers


def choices(context: Context, item: str | None) -> list[dict[str, Any]]:
    """Datasets that the user may publish into, those of the item first: id, title, resources."""
    organizations = tk.get_action("organization_list_for_user")(context, {"permission": "create_dataset"})
    if not organizations:
        return []
    names = " OR ".join(f'"{each["name"]}"' for each in organizations)
    query = {"fq": f"organization:({names})", "rows": MOST, "include_private": True, "include_drafts": True}
    found = tk.get_action("package_search")(context, query)["results"]
    # What is harvested is replaced at its source; here only its fixes can be put in force.
    own = [dataset for dataset in found if not dataset.get("source_id")]
    return sorted(own, key=lambda dataset: (dataset.get("item") != item, dataset["title"]))


def as_resource(
    context: Context, draft: drafts.Draft, dataset_id: str, resource_id: str | None
) -> dict[str, Any]:
    """Put the corrected file into a dataset, as a new resource or in the place of one; the resource.

    CKAN's own actions do it: authorisation, strict mode and the check are theirs.
    Raises KeyError when there is no corrected file, and what those actions raise.
    """
    ending = "csv" if draft.report and draft.report.file.format in ("csv", "tsv") else "xlsx"
    name = f"{PurePosixPath(draft.name).stem}.{ending}"
    upload = FileStorage(io.BytesIO(files_of.corrected(draft, ending)), name)
    _remember(context, draft)
    if resource_id:
        return tk.get_action("resource_patch")(
            context, {"id": resource_id, "upload": upload, "url": "", "format": ending.upper()}
        )
    fields = {"package_id": dataset_id, "upload": upload, "url": "", "name": name, "format": ending.upper()}
    return tk.get_action("resource_create")(context, fields)


def can_overlay(draft: drafts.Draft) -> bool:
    """Whether the draft is the file of a harvested resource, and fixes were chosen for it."""
    stored = files.current(draft.resource_id) if draft.resource_id else None
    return bool(
        stored
        and stored.origin == "harvest"
        and stored.sha256 == draft.sha256
        and draft.told.municipality
        and draft.report
        and draft.report.item
    )


def as_overlay(context: Context, draft: drafts.Draft) -> int:
    """Put the chosen fixes in force for the municipality and item, and commit; how many are new.

    They are told with every later check, so the next merge has them. Raises NotAuthorized.
    """
    assert draft.report is not None
    assert draft.report.item is not None
    code, item = draft.told.municipality, draft.report.item.id
    tk.check_access("jichitai_mapping_delete", context, {"municipality": code})
    in_force = {
        (row.column, row.code, row.found, row.row)
        for row in model.Session.execute(
            sa.select(fix).where(fix.c.municipality == code, fix.c.item == item, fix.c.revoked.is_(None))
        )
    }
    new = [
        each for each in draft.told.fixes if (each.column, each.code, each.found, each.row) not in in_force
    ]
    for each in new:
        model.Session.execute(
            sa.insert(fix).values(
                municipality=code,
                item=item,
                column=each.column,
                code=each.code,
                found=each.found,
                value=each.value,
                row=each.row,
                by=context["user"],
                at=rulebook.now(),
            )
        )
    mapped.remember(draft, context["user"])
    if new or draft.told.mapping:
        jobs.wrote()
        recheck.municipality(str(code), item)
        model.Session.commit()
    return len(new)


def _remember(context: Context, draft: drafts.Draft) -> None:
    """Keep what was said about headings, where the user speaks for the municipality."""
    try:
        tk.check_access("jichitai_mapping_delete", context, {"municipality": draft.told.municipality or ""})
    except tk.NotAuthorized:
        return
    mapped.remember(draft, context["user"])
