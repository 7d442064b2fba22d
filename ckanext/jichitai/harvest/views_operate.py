"""What operators do on /sources: harvest now, try, on and off, new source, decide about a plan."""

from collections.abc import Callable
from typing import Any

from ckan.plugins import toolkit as tk
from flask import Blueprint, request

from ckanext.jichitai.bridge import own_form
from ckanext.jichitai.core.catalog.kinds import KINDS

__all__ = ["jichitai_operate"]

jichitai_operate = Blueprint("jichitai_operate", __name__)
own_form.guard(jichitai_operate)

FIELDS = ("id", "municipality", "type", "url", "organization", "licence", "contact", "evidence")
DECISIONS = {
    "approve": "jichitai_plan_approve",
    "discard": "jichitai_plan_discard",
    "undo": "jichitai_plan_undo",
}


@jichitai_operate.route("/sources/new", methods=["GET", "POST"])
def new() -> Any:
    """A form for a new source; it is off, and its page offers to try it."""
    tried: dict[str, str] = {}
    if not tk.h.check_access("jichitai_source_create"):
        return tk.abort(403, tk._("Only operators may do this."))
    if request.method == "POST":
        tried = {name: request.form.get(name, "").strip() for name in FIELDS}
        given = {name: value for name, value in tried.items() if value}
        if made := _do("jichitai_source_create", given):
            return tk.redirect_to("jichitai_harvest.read", id=made["id"])
    return tk.render("jichitai/source/new.html", {"tried": tried, "types": sorted(KINDS)})


@jichitai_operate.route("/sources/<id>/start", methods=["POST"])
def start(id: str) -> Any:
    """Harvest this source in a worker."""
    if _do("jichitai_harvest_start", {"sources": [id]}):
        tk.h.flash_success(tk._("The harvest begins. This page shows it when it is done."))
    return tk.redirect_to("jichitai_harvest.read", id=id)


@jichitai_operate.route("/sources/<id>/turn", methods=["POST"])
def turn(id: str) -> Any:
    """Turn a source on or off."""
    _do("jichitai_source_update", {"id": id, "enabled": request.form.get("enabled") == "true"})
    return tk.redirect_to("jichitai_harvest.read", id=id)


@jichitai_operate.route("/sources/<id>/preview", methods=["POST"])
def preview(id: str) -> Any:
    """Ask the source now and show what a harvest would do; nothing is written."""
    found = _do("jichitai_source_preview", {"id": id})
    if found is None:
        return tk.redirect_to("jichitai_harvest.read", id=id)
    source = tk.get_action("jichitai_source_show")({"user": tk.current_user.name}, {"id": id})
    return tk.render("jichitai/source/read.html", {"source": source, "preview": found})


@jichitai_operate.route("/sources/<id>/plan/<int:number>/<decision>", methods=["POST"])
def decide(id: str, number: int, decision: str) -> Any:
    """Approve, discard or undo; the reader has ticked the numbers and may say why."""
    action = DECISIONS.get(decision)
    if action is None:
        return tk.abort(404)
    if request.form.get("sure") != "true":
        tk.h.flash_error(tk._("Tick the box that repeats the numbers first."))
    elif _do(action, {"id": number, "comment": request.form.get("comment", "")}, done=True):
        tk.h.flash_success(tk._("Done."))
    return tk.redirect_to("jichitai_harvest.plan", id=id, number=number)


def _do(action: str, data: dict[str, Any], done: bool = False) -> Any:
    """An action's result (or `done` where it gives none); None where it refuses, with the reason shown."""
    call: Callable[..., Any] = tk.get_action(action)
    try:
        return call({"user": tk.current_user.name}, data) or done
    except tk.NotAuthorized as error:
        return tk.abort(403, str(error))
    except tk.ObjectNotFound as error:
        return tk.abort(404, str(error))
    except tk.ValidationError as error:
        for said in error.error_dict.values():
            tk.h.flash_error(" ".join(said) if isinstance(said, list) else str(said))
        return None
