"""/check: give a file, read what was found, choose fixes, take the mended file. POST, redirect, GET."""

from typing import Any

import msgspec
from ckan import model
from ckan.plugins import toolkit as tk
from ckan.types import Context
from flask import Blueprint, Response, jsonify, make_response
from werkzeug.wrappers import Response as AnyResponse

from ckanext.jichitai.bridge import own_form
from ckanext.jichitai.core.export.text import sentence

from .. import config, drafts, excerpt, files_of, given, mapped, publish, rate, typed

__all__ = ["jichitai_check"]

jichitai_check = Blueprint("jichitai_check", __name__)
own_form.guard(jichitai_check)

ACTION = "/action/jichitai_check"
JUDGING = ("jichitai_check.choose", "jichitai_check.choose_again")
MOST_FILES = 62


@jichitai_check.before_app_request
def limit() -> AnyResponse | None:
    """429 with the wait, for the page and the action alike, before anything of the file is looked at."""
    request = tk.request
    asks_page = request.method == "POST" and request.endpoint in JUDGING
    if not asks_page and not request.path.endswith(ACTION):
        return None
    who = rate.caller()
    seconds = rate.wait(who) if who else 0
    if not seconds:
        return None
    sentence = tk._("Too many checks. Try again in {} seconds.").format(seconds)
    if asks_page:
        answer = make_response(tk.render("jichitai/check/wait.html", {"sentence": sentence}), 429)
    else:
        error = {"__type": "Rate Limit Error", "message": sentence}
        answer = make_response(jsonify({"success": False, "error": error}), 429)
    answer.headers["Retry-After"] = str(seconds)
    return answer


@jichitai_check.after_request
def private(answer: Response) -> Response:
    """Pages of one visitor: kept by no cache, found by no search engine."""
    tk.request.environ["__no_cache__"] = True
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["X-Robots-Tag"] = "noindex"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


@jichitai_check.route("/check", methods=["GET", "POST"])
def choose() -> Any:
    """The form; a file or several, an address, or a resource of this site (by its report's link)."""
    if tk.request.method == "GET":
        return _form({}, dict(tk.request.args))
    data = {name: value for name, value in tk.request.form.items() if value}
    uploads = [file for file in tk.request.files.getlist("upload") if file.filename][:MOST_FILES]
    try:
        tk.check_access("jichitai_check", _context(), data)
        given_files = [{**data, "upload": file} for file in uploads] or [data]
        made = [given.draft(_context(), one, config.inline_seconds()) for one in given_files]
    except tk.ValidationError as error:
        return _form(error.error_dict, data), 409
    except tk.ObjectNotFound as error:
        return tk.abort(404, str(error))
    except tk.NotAuthorized:
        return tk.abort(403)
    model.Session.commit()
    others = {"with": ",".join(draft.id for draft in made[1:])} if len(made) > 1 else {}
    return tk.redirect_to("jichitai_check.show", draft=made[0].id, **others)


@jichitai_check.route("/check/<draft>", methods=["GET"])
def show(draft: str) -> Any:
    """What was found, the fixes to choose from, and the files to take."""
    found = drafts.load(draft)
    if found is None:
        return _gone()
    others = [drafts.load(each) for each in tk.request.args.get("with", "").split(",")[:MOST_FILES] if each]
    report = msgspec.to_builtins(found.report) if found.report else None
    rows = None
    if report and found.has_bytes and found.bytes <= config.inline_bytes():
        rows = excerpt.excerpt(found.name, drafts.data_of(found), report)
    return tk.render(
        "jichitai/check/show.html",
        {
            "draft": found,
            "report": report,
            "excerpt": rows,
            "fixes": files_of.offered(found.report) if found.report else [],
            "asked": typed.questions(found),
            "accepted": {(fix.column, fix.code) for fix in found.told.fixes if fix.found is None},
            "sentence": sentence(found.report, tk.h.jichitai_lang()) if found.report else "",
            "forms": files_of.forms(found.report) if found.has_bytes else [],
            "others": [other for other in others if other],
            "headings": mapped.questions(found),
            "overlay": publish.can_overlay(found),
            "datasets": _datasets(found),
        },
    )


@jichitai_check.route("/check/<draft>", methods=["POST"])
def choose_again(draft: str) -> Any:
    """Judge the same file anew: another item, another publisher, fixes taken."""
    found = drafts.load(draft)
    if found is None or not found.has_bytes:
        return _gone()
    form = tk.request.form
    try:
        told = given.with_choices(found.told, form)
    except tk.ValidationError as error:
        return tk.abort(409, "; ".join(error.error_summary.values()))
    mended, wrong = typed.chosen(found, form)
    fixes = (*typed.wholesale(form.getlist("fix")), *mended)
    mapping = mapped.chosen(found, form)
    told = msgspec.structs.replace(told, fixes=fixes, mapping=mapping, item=form.get("item") or None)
    drafts.judge_anew(found, told, config.inline_seconds())
    model.Session.commit()
    if wrong:
        tk.h.flash_error(tk._("This cannot stand in its column: {}").format(", ".join(wrong)))
    return tk.redirect_to("jichitai_check.show", draft=draft)


@jichitai_check.route("/check/<draft>/publish", methods=["POST"])
def into_catalog(draft: str) -> Any:
    """Put the corrected file into a dataset of the user's organization."""
    found = drafts.load(draft)
    dataset, _, resource = tk.request.form.get("into", "").partition("/")
    if found is None or not dataset:
        return _gone()
    try:
        made = publish.as_resource(_context(), found, dataset, resource or None)
    except (KeyError, tk.ObjectNotFound):
        return _gone()
    except tk.NotAuthorized:
        return tk.abort(403)
    except tk.ValidationError as error:
        return tk.abort(409, "; ".join(error.error_summary.values()))
    return tk.redirect_to("jichitai_report.show", dataset=made["package_id"], resource=made["id"])


@jichitai_check.route("/check/<draft>/apply", methods=["POST"])
def put_in_force(draft: str) -> Any:
    """Put the chosen fixes of a harvested file in force."""
    found = drafts.load(draft)
    if found is None or not publish.can_overlay(found):
        return _gone()
    try:
        count = publish.as_overlay(_context(), found)
    except tk.NotAuthorized:
        return tk.abort(403)
    tk.h.flash_success(
        tk._("{} fixes are in force. Please replace the file at its source too.").format(count)
    )
    return tk.redirect_to("jichitai_check.show", draft=draft)


@jichitai_check.route("/check/<draft>/delete", methods=["POST"])
def delete(draft: str) -> Any:
    """Take file and report away now."""
    drafts.delete(draft)
    model.Session.commit()
    tk.h.flash_success(tk._("The file and its report are deleted."))
    return tk.redirect_to("jichitai_check.choose")


@jichitai_check.route("/check/<draft>/<form>")
def download(draft: str, form: str) -> Any:
    """The corrected file, the marked one, the findings, or the report."""
    found = drafts.load(draft)
    if found is None:
        return _gone()
    try:
        data, mimetype, name = files_of.file_of(found, form)
    except KeyError:
        return _gone()
    answer = Response(data, mimetype=mimetype)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


def _form(errors: dict[str, Any], data: dict[str, Any]) -> str:
    sizes = {"bytes": config.max_bytes(), "hours": config.bytes_hours(), "days": config.report_days()}
    return tk.render("jichitai/check/choose.html", {"errors": errors, "data": data, "limits": sizes})


def _datasets(draft: drafts.Draft) -> list[dict[str, Any]]:
    if not tk.current_user.is_authenticated or draft.report is None:
        return []
    return publish.choices(_context(), draft.report.item.id if draft.report.item else None)


def _gone() -> Any:
    return tk.render("jichitai/check/gone.html", {}), 410


def _context() -> Context:
    return {"user": tk.current_user.name, "auth_user_obj": tk.current_user}
