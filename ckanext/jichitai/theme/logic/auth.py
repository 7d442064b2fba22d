"""Everybody reads what is shown and may register a work; operators decide."""

from typing import Any

from ckan.plugins import toolkit
from ckan.types import AuthResult, Context

from ..showcase_cards import APPROVED


@toolkit.auth_allow_anonymous_access
def _everyone(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    return {"success": True}


def _operators(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Sysadmins pass before this is asked."""
    return {"success": False, "msg": toolkit._("Only operators may do this.")}


@toolkit.auth_allow_anonymous_access
def _list(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """What is shown is open to all, what waits or was turned down is not."""
    if data_dict.get("state", APPROVED) == APPROVED:
        return {"success": True}
    return _operators(context, data_dict)


FUNCTIONS = {
    "jichitai_showcase_list": _list,
    "jichitai_showcase_create": _everyone,
    "jichitai_showcase_approve": _operators,
    "jichitai_showcase_reject": _operators,
}
