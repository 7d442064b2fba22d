"""Tables, matrix and changes are read by all; what is held is decided by operators."""

from typing import Any

from ckan.plugins import toolkit as tk
from ckan.types import AuthResult, Context


@tk.auth_allow_anonymous_access
def _everyone(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    return {"success": True}


def _operators(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Sysadmins pass before this is asked."""
    return {"success": False, "msg": tk._("Only operators may do this.")}


FUNCTIONS = {
    "jichitai_merged_list": _everyone,
    "jichitai_merged_show": _everyone,
    "jichitai_merged_search": _everyone,
    "jichitai_coverage_show": _everyone,
    "jichitai_change_list": _everyone,
    "jichitai_hold_list": _everyone,
    "jichitai_hold_approve": _operators,
    "jichitai_hold_discard": _operators,
}
