"""Strict mode of an organization: what cannot be opened or used is refused, and kept as a draft."""

from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from ckan.types import Context, DataDict

from ckanext.jichitai.bridge import rulebook
from ckanext.jichitai.core.check.values import Report, Told

from . import config, drafts, judge, place
from .uploads import Upload, is_small

FIELD = "strict_mode"
REFUSED = ("unreadable", "invalid")


def is_on(owner_org: str | None) -> bool:
    """Whether the organization (name or id) refuses bad files."""
    group = model.Group.get(owner_org) if owner_org else None
    return bool(group and str((group.extras or {}).get(FIELD, "")).lower() == "true")


def refuse(context: Context, data_dict: DataDict, uploads: list[Upload]) -> None:
    """Raise ValidationError for the first upload that strict mode refuses; the file stays as a draft.

    `unchecked` and `other` never refuse; what is too large to check now is not refused either.
    """
    owner = _owner(data_dict)
    if not is_on(owner):
        return
    for upload in uploads:
        if not is_small(upload.data):
            continue
        told = _told(data_dict, upload, owner)
        try:
            draft = drafts.create(
                upload.name,
                upload.data,
                told,
                config.inline_seconds(),
                by=_user(context),
                dataset_id=data_dict.get("id"),
                resource_id=data_dict["resources"][upload.position].get("id"),
                refusable=REFUSED,
            )
        except judge.NotDone:
            continue
        if draft:
            raise tk.ValidationError(_errors(data_dict, upload.position, draft))


def _errors(data_dict: DataDict, position: int, draft: "drafts.Draft") -> dict[str, Any]:
    """Errors in CKAN's shape: a list as long as the resources, so that every path finds its own."""
    errors: list[dict[str, Any]] = [{} for _ in data_dict["resources"]]
    report = draft.report
    assert report is not None
    sentences = _sentences(report)
    errors[position] = {
        "upload": [
            tk._("This organization takes no files that cannot be used. {}").format(" ".join(sentences)),
        ],
        "report": [place.page(draft.id)],
    }
    return {"resources": errors}


def _sentences(report: Report) -> list[str]:
    lang = tk.h.jichitai_lang()
    return [issue.message[lang] for issue in report.issues if issue.severity == "error"][:3]


def _told(data_dict: DataDict, upload: Upload, owner: str | None) -> Told:
    resource = data_dict["resources"][upload.position]
    group = model.Group.get(owner) if owner else None
    town = rulebook.municipality_of(group.id if group else None)
    return Told(
        item=resource.get("item") or data_dict.get("item") or None,
        municipality=town.code if town else None,
        date=rulebook.today(),
        title=tuple(text for text in (resource.get("name"), data_dict.get("title")) if text),
    )


def _owner(data_dict: DataDict) -> str | None:
    if data_dict.get("owner_org"):
        return data_dict["owner_org"]
    dataset = model.Package.get(data_dict.get("id") or "")
    return dataset.owner_org if dataset else None


def _user(context: Context) -> str | None:
    user = context.get("auth_user_obj") or model.User.get(context.get("user") or "")
    return getattr(user, "id", None)
