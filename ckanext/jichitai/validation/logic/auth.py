"""Who may check, read reports, and see or revoke what a municipality confirmed."""

from typing import Any

from ckan.plugins import toolkit as tk
from ckan.types import AuthResult, Context, DataDict

from ckanext.jichitai.bridge import rulebook

__all__ = [
    "jichitai_check",
    "jichitai_mapping_delete",
    "jichitai_mapping_list",
    "jichitai_report_list",
    "jichitai_report_show",
]


@tk.auth_allow_anonymous_access
def jichitai_check(context: Context, data_dict: DataDict) -> AuthResult:
    """Anybody; a resource's file by whoever may read the resource."""
    if data_dict.get("resource_id"):
        return _as("resource_show", context, {"id": data_dict["resource_id"]})
    return {"success": True}


@tk.auth_allow_anonymous_access
def jichitai_report_show(context: Context, data_dict: DataDict) -> AuthResult:
    """Whoever may read the dataset."""
    dataset = data_dict.get("dataset_id")
    if not dataset and data_dict.get("resource_id"):
        return _as("resource_show", context, {"id": data_dict["resource_id"]})
    return _as("package_show", context, {"id": dataset})


@tk.auth_allow_anonymous_access
def jichitai_report_list(context: Context, data_dict: DataDict) -> AuthResult:
    """Anybody for public datasets; one dataset's or resource's reports by whoever may read it."""
    if data_dict.get("resource_id") or data_dict.get("dataset_id"):
        return jichitai_report_show(context, data_dict)
    return {"success": True}


def jichitai_mapping_list(context: Context, data_dict: DataDict) -> AuthResult:
    """The municipality's own editors and admins, and operators."""
    return _clerk(context, data_dict)


def jichitai_mapping_delete(context: Context, data_dict: DataDict) -> AuthResult:
    """The municipality's own editors and admins, and operators."""
    return _clerk(context, data_dict)


def _clerk(context: Context, data_dict: DataDict) -> AuthResult:
    organization = rulebook.organization_of(data_dict.get("municipality") or "")
    if organization is None:
        return {"success": False, "msg": tk._("This municipality has no organization here.")}
    user: Any = context.get("auth_user_obj")
    mine = tk.get_action("organization_list_for_user")(
        {"user": context.get("user"), "auth_user_obj": user},
        {"id": context.get("user"), "permission": "create_dataset"},
    )
    if organization in {each["id"] for each in mine}:
        return {"success": True}
    return {"success": False, "msg": tk._("Only the municipality's own staff may do this.")}


def _as(action: str, context: Context, data_dict: DataDict) -> AuthResult:
    try:
        tk.check_access(action, context, data_dict)
    except tk.NotAuthorized as error:
        return {"success": False, "msg": str(error)}
    return {"success": True}
