"""Who may ask for definitions: anybody."""

from ckan.plugins import toolkit as tk
from ckan.types import AuthResult, Context, DataDict

__all__ = ["jichitai_item_list", "jichitai_item_show"]


@tk.auth_allow_anonymous_access
def jichitai_item_list(context: Context, data_dict: DataDict) -> AuthResult:
    """Anybody."""
    return {"success": True}


@tk.auth_allow_anonymous_access
def jichitai_item_show(context: Context, data_dict: DataDict) -> AuthResult:
    """Anybody."""
    return {"success": True}
