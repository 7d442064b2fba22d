"""The municipalities as organizations: adopted where the site has them, created where it has not."""

from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk

from ckanext.jichitai.bridge import rulebook
from ckanext.jichitai.core.definitions.model import Municipality

from . import config
from .translation import in_site_language as _


def prepare() -> list[str]:
    """Make sure that every municipality, and the owner of the merged datasets, has its organization.

    A municipality's organization is the one that the configuration names, else the one that carries
    its code, else a new one named by its slug. What people have written in a field stays.
    Returns a sentence for each thing done; safe to repeat.
    """
    named = config.organizations()
    done = [_one(town, named.get(town.code)) for town in rulebook.book().municipalities.values()]
    done.append(_merged())
    return [sentence for sentence in done if sentence]


def _one(town: Municipality, named: str | None) -> str | None:
    if named:
        group = model.Group.get(named)
        if group is None or not group.is_organization:
            return (
                f"{town.code} {town.name}: there is no organization {named}, which"
                " ckanext.jichitai.organizations names; nothing was done."
            )
        return _adopt(group, town)
    if found := rulebook.organization_of(town.code):
        return _adopt(model.Group.get(found), town)
    if model.Group.get(town.slug):
        return (
            f"{town.code} {town.name}: {town.slug} exists without a municipality code. If it is this one,"
            f" write {town.code}={town.slug} into ckanext.jichitai.organizations and repeat."
        )
    _call("organization_create", name=town.slug, title=town.name, **_facts(town))
    return f"{town.code} {town.name}: organization {town.slug} created."


def _adopt(group: Any, town: Municipality) -> str | None:
    """Fill in fields that are still blank; None when nothing was."""
    extras = group.extras or {}
    blank = {name: value for name, value in _facts(town).items() if not extras.get(name)}
    if extras.get(rulebook.CODE, town.code) != town.code:
        return (
            f"{town.code} {town.name}: organization {group.name} already stands for"
            f" {extras[rulebook.CODE]}; nothing was done."
        )
    if not blank:
        return None
    _call("organization_patch", id=group.id, **blank)
    return f"{town.code} {town.name}: organization {group.name} adopted ({', '.join(blank)})."


def _merged() -> str | None:
    name = config.merged_organization()
    if model.Group.get(name):
        return None
    _call(
        "organization_create",
        name=name,
        title=_("Merged standard datasets"),
        description=_("One table for each standard item, merged from the files of all municipalities."),
    )
    return f"Organization {name} created for the merged tables."


def _facts(town: Municipality) -> dict[str, str]:
    return {
        rulebook.CODE: town.code,
        "provider_kind": "administrative",
        "name_kana": town.kana,
        "name_en": town.name_en,
        "area": town.area,
    }


def _call(action: str, **data: Any) -> Any:
    user = tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]
    return tk.get_action(action)({"ignore_auth": True, "user": user}, data)
