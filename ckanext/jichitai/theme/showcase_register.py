"""/showcase/register: others register their works; /showcase/queue: operators look at them first."""

from ckan.plugins import toolkit
from flask import Blueprint, Response, make_response, redirect, request

from ckanext.jichitai.bridge import own_form

from . import showcase_rate

DECISIONS = {"approve": "jichitai_showcase_approve", "reject": "jichitai_showcase_reject"}
# A field that people do not see. Who fills it in is a machine.
TRAP = "homepage"

jichitai_register = Blueprint("jichitai_register", __name__)
own_form.guard(jichitai_register)


@jichitai_register.route("/showcase/register", methods=["GET", "POST"])
def register() -> Response:
    """The form; sent, it leads to a page that says what happens next."""
    if request.method == "GET":
        return _form({}, {}, done=bool(request.args.get("done")))
    given = {**request.form.to_dict(), "items": request.form.getlist("items")}
    if request.form.get(TRAP):
        return _sent()
    if showcase_rate.too_many():
        words = toolkit._("That was often. Please try again in an hour.")
        return _form(given, {"": [words]}, status=429)
    try:
        toolkit.get_action("jichitai_showcase_create")({"user": toolkit.current_user.name}, given)
    except toolkit.ValidationError as error:
        return _form(given, error.error_dict, status=400)
    return _sent()


@jichitai_register.route("/showcase/queue")
def queue() -> Response:
    """What waits, and what is shown, for operators."""
    listed = toolkit.get_action("jichitai_showcase_list")
    context = {"user": toolkit.current_user.name}
    try:
        waiting = listed({**context}, {"state": "pending"})
    except toolkit.NotAuthorized as error:
        return toolkit.abort(403, error.message)
    shown = listed({**context}, {})
    return _private(
        toolkit.render("jichitai/showcase/queue.html", {"lists": {"pending": waiting, "approved": shown}})
    )


@jichitai_register.route("/showcase/queue/<int:number>", methods=["POST"])
def decide(number: int) -> Response:
    """Approve or reject, then back to the queue."""
    action = DECISIONS.get(request.form.get("decision", ""))
    if action is None:
        return toolkit.abort(400, toolkit._("Approve or reject."))
    try:
        toolkit.get_action(action)({"user": toolkit.current_user.name}, {"id": number})
    except toolkit.NotAuthorized as error:
        return toolkit.abort(403, error.message)
    except toolkit.ObjectNotFound as error:
        return toolkit.abort(404, error.message)
    return redirect(toolkit.h.url_for("jichitai_register.queue"), 303)


def _form(given: dict, errors: dict, status: int = 200, done: bool = False) -> Response:
    page = {"data": given, "errors": errors, "done": done, "trap": TRAP, "picked": given.get("items", [])}
    return _private(toolkit.render("jichitai/showcase/register.html", page), status)


def _sent() -> Response:
    return redirect(toolkit.h.url_for("jichitai_register.register", done=1), 303)


def _private(page: str, status: int = 200) -> Response:
    answer = make_response(page, status)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
