"""Who may change a harvested dataset: its source's fields are the source's, the others the editors'.

An editor who changes a harvested field is refused, with the field named. A sysadmin who does makes an
override: it is kept beside the source's value until it is set back to it.
"""

from typing import Any

from ckan import authz, model
from ckan.plugins import toolkit as tk
from ckan.types import Context, DataDict

from ckanext.jichitai.bridge.rulebook import now

from . import ledger
from .packages import DATASET

RESOURCE = ("url", "name", "format", "description")
MARK = "jichitai_harvest"  # in the context of our own writes


def check(context: Context, data_dict: DataDict) -> None:
    """Refuse, or note as an override, what an update changes of a harvested dataset.

    Harvested fields left out of the update stay. Raises ValidationError.
    """
    if context.get(MARK):
        return
    package = model.Package.get(data_dict.get("id") or data_dict.get("name"))
    known = ledger.of_dataset(package.id) if package else None
    if known is None:
        return
    current = _show(package.id)
    changed = _changed(current, data_dict)
    for name in (*DATASET, "name"):
        if name not in data_dict and not (name == "tags" and "tag_string" in data_dict):
            data_dict[name] = current.get(name)
    if not changed or context.get("ignore_auth"):
        return
    if authz.is_sysadmin(context.get("user", "")):
        ledger.override(package.id, _overrides(known["overrides"], current, changed, context["user"]))
        return
    words = tk._("This comes from the source and is changed there.")
    # CKAN reads an error about `tags` as one of each tag; the form's field is tag_string.
    raise tk.ValidationError({"tag_string" if name == "tags" else name: [words] for name in changed})


def of_source(dataset_id: str) -> bool:
    """Whether a dataset is harvested, so that its form shows the source's fields as given."""
    return ledger.of_dataset(dataset_id) is not None


def _changed(current: dict[str, Any], wanted: DataDict) -> dict[str, Any]:
    """Harvested fields that differ → their new value. A file taken away counts as `resources`."""
    found: dict[str, Any] = {}
    for name in (*DATASET, "name"):
        value = _tags(wanted) if name == "tags" else wanted.get(name)
        if value is None or _plain(name, value) == _plain(name, current.get(name)):
            continue
        found[name] = value
    if "resources" in wanted:
        there = {one.get("id"): one for one in wanted["resources"]}
        for one in current["resources"]:
            if one.get("source_resource_id") and _differs(one, there.get(one["id"])):
                found["resources"] = wanted["resources"]
    return found


def _differs(before: dict[str, Any], after: dict[str, Any] | None) -> bool:
    return after is None or any(
        (before.get(name) or "") != (after.get(name) or "") for name in RESOURCE if name in after
    )


def _tags(wanted: DataDict) -> list[dict[str, str]] | None:
    if "tag_string" in wanted and "tags" not in wanted:
        return [{"name": tag.strip()} for tag in (wanted["tag_string"] or "").split(",") if tag.strip()]
    return wanted.get("tags")


def _plain(name: str, value: Any) -> Any:
    if name == "tags":
        return sorted(tag["name"] for tag in value or [])
    return "" if value is None else value


def _overrides(
    before: dict[str, Any], current: dict[str, Any], changed: dict[str, Any], user: str
) -> dict[str, Any]:
    """Overrides with the new ones; one set back to the source's value is lifted."""
    kept = dict(before)
    for name, value in changed.items():
        if name not in DATASET:
            continue
        source = kept[name]["source"] if name in kept else current.get(name)
        if _plain(name, value) == _plain(name, source):
            kept.pop(name, None)
        else:
            kept[name] = {"value": value, "source": source, "by": user, "at": now().isoformat()}
    return kept


def _show(dataset_id: str) -> dict[str, Any]:
    return tk.get_action("package_show")({"ignore_auth": True, "use_cache": False}, {"id": dataset_id})
