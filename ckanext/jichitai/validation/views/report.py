"""/dataset/<dataset>/resource/<resource>/report: the newest report, and the older ones."""

from typing import Any

import msgspec
from ckan.plugins import toolkit as tk
from ckan.types import Context
from flask import Blueprint, Response

from ckanext.jichitai.bridge import archive, files
from ckanext.jichitai.core.check.values import Report
from ckanext.jichitai.core.export.text import sentence

from .. import config, excerpt, reports

__all__ = ["jichitai_report"]

jichitai_report = Blueprint("jichitai_report", __name__)


@jichitai_report.route("/dataset/<dataset>/resource/<resource>/report")
def show(dataset: str, resource: str) -> Any:
    """The newest report, or with ?id= an older one, as a page."""
    context: Context = {"user": tk.current_user.name, "auth_user_obj": tk.current_user, "for_view": True}
    try:
        package = tk.get_action("package_show")(context, {"id": dataset})
    except (tk.ObjectNotFound, tk.NotAuthorized):
        return tk.abort(404, tk._("Dataset not found"))
    shown = next((each for each in package["resources"] if each["id"] == resource), None)
    if shown is None:
        return tk.abort(404, tk._("Resource not found"))
    history = reports.history(resource)
    found = _wanted(resource)
    if found is None and history:
        return tk.abort(404, tk._("There is no such report."))
    return tk.render(
        "jichitai/report/show.html",
        {
            "pkg_dict": package,
            "resource": shown,
            "stored": found,
            "report": found["report"] if found else None,
            "sentence": _sentence(found),
            "excerpt": _excerpt(found),
            "history": history,
        },
    )


@jichitai_report.route("/dataset/<dataset>/resource/<resource>/report.json")
def as_json(dataset: str, resource: str) -> Any:
    """The same report as JSON, byte for byte as it was made."""
    context: Context = {"user": tk.current_user.name, "auth_user_obj": tk.current_user}
    try:
        found = tk.get_action("jichitai_report_show")(context, {"resource_id": resource})
    except (tk.ObjectNotFound, tk.NotAuthorized):
        return tk.abort(404, tk._("This file has not been checked."))
    answer = Response(msgspec.json.encode(found["report"]), mimetype="application/json")
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


def _sentence(found: dict[str, Any] | None) -> str:
    return sentence(msgspec.convert(found["report"], Report), tk.h.jichitai_lang()) if found else ""


def _wanted(resource: str) -> dict[str, Any] | None:
    number = tk.request.args.get("id", "")
    if not number:
        return reports.newest(resource)
    found = reports.one(int(number)) if number.isdigit() else None
    return found if found and found["resource_id"] == resource else None


def _excerpt(found: dict[str, Any] | None) -> Any:
    """Rows round the first faults, where the bytes are small enough to read again for a page."""
    if found is None:
        return None
    stored = files.current(found["resource_id"])
    if stored is None or stored.sha256 != found["sha256"] or stored.bytes > config.inline_bytes():
        return None
    try:
        data = archive.archive().read(stored.sha256)
    except KeyError:
        return None
    return excerpt.excerpt(stored.name, data, found["report"])
