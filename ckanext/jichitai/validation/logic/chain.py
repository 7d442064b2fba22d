"""package_create and package_update: uploads are read, in strict mode judged, before CKAN takes them."""

from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from ckan.types import ChainedAction, Context, DataDict

from .. import checking, strict, uploads

CHECKED = "jichitai_checked"  # in the context: files whose reports wait for the commit


@tk.chained_action
def package_update(original: ChainedAction, context: Context, data_dict: DataDict) -> Any:
    """As CKAN's, with a check of what is uploaded; the plugin's hook stores it within the transaction."""
    found = uploads.collect(data_dict)
    if found:
        tk.check_access("package_update", context, data_dict)
        strict.refuse(context, data_dict, found)
        context[uploads.KEY] = found
    try:
        answer = original(context, data_dict)
    finally:
        context.pop(uploads.KEY, None)
    if not context.get("defer_commit"):
        checking.tell(context.pop(CHECKED, []))
    return answer


@tk.chained_action
def package_create(original: ChainedAction, context: Context, data_dict: DataDict) -> Any:
    """As CKAN's, which has no place for files: they are put in by package_update right after."""
    found = uploads.collect(data_dict)
    if not found:
        return original(context, data_dict)
    tk.check_access("package_create", context, data_dict)
    strict.refuse(context, data_dict, found)
    files = uploads.take_out(data_dict, found)
    answer = original(context, data_dict)
    again: Context = {
        "user": context["user"],
        "auth_user_obj": context.get("auth_user_obj"),
        "ignore_auth": context.get("ignore_auth", False),
        "model": model,
        "session": model.Session,
    }
    dataset = tk.get_action("package_show")(
        {**again, "for_update": True}, {"id": answer if isinstance(answer, str) else answer["id"]}
    )
    for position, file in files.items():
        dataset["resources"][position]["upload"] = file
    updated = tk.get_action("package_update")(again, dataset)
    return updated["id"] if context.get("return_id_only") else updated
