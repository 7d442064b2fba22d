"""Who may do what: sources, runs and held plans are read by all; operators act."""

from typing import Any

from ckan import authz
from ckan.plugins import toolkit as tk
from ckan.types import AuthResult, Context

from ckanext.jichitai.bridge.rulebook import organization_of

from .. import config, plans, sources


def _operators(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Sysadmins pass before this is asked."""
    return {"success": False, "msg": tk._("Only operators may do this.")}


@tk.auth_allow_anonymous_access
def _everyone(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    return {"success": True}


def _deciders(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Operators; admins of the publisher's organization where the site allows it."""
    if config.admins_approve() and _administers(context, data_dict.get("id")):
        return {"success": True}
    return _operators(context, data_dict)


def _administers(context: Context, plan_id: Any) -> bool:
    try:
        settings = sources.get(plans.get(int(plan_id)).source_id).settings
    except (KeyError, TypeError, ValueError):
        return False
    organization = organization_of(settings.municipality)
    return bool(organization) and authz.has_user_permission_for_group_or_org(
        organization, context.get("user"), "admin"
    )


FUNCTIONS = {
    "jichitai_source_list": _everyone,
    "jichitai_source_show": _everyone,
    "jichitai_run_list": _everyone,
    "jichitai_run_show": _everyone,
    "jichitai_plan_list": _everyone,
    "jichitai_plan_show": _everyone,
    "jichitai_source_preview": _operators,
    "jichitai_source_create": _operators,
    "jichitai_source_update": _operators,
    "jichitai_source_delete": _operators,
    "jichitai_harvest_start": _operators,
    "jichitai_plan_approve": _deciders,
    "jichitai_plan_discard": _deciders,
    "jichitai_plan_undo": _deciders,
}
