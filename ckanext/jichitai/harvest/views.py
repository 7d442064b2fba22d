"""/sources: how the catalog's sources are, their runs, plans that wait; and 410 for withdrawn datasets."""

import csv
import io
from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from flask import Blueprint, Response, make_response, request

from . import ledger

__all__ = ["jichitai_harvest"]

jichitai_harvest = Blueprint("jichitai_harvest", __name__)

SORTS = {
    "id": lambda one: one["id"],
    "municipality": lambda one: one["municipality"],
    "datasets": lambda one: -one["datasets"],
    "success": lambda one: one["succeeded"] or "",
    "misses": lambda one: -one["misses"],
}
STATES = ("ok", "failing", "held", "new", "off")
COLUMNS = (
    "id", "municipality", "type", "url", "state", "fault", "tried", "succeeded", "altered", "misses",
    "datasets", "due",
)  # fmt: skip
DATASET_PAGES = ("read", "resource")  # of CKAN's dataset blueprints, whose 404 may be a withdrawal


@jichitai_harvest.route("/sources")
def index() -> Any:
    """All sources: state in words, datasets, last success; filter and sort in the address."""
    state, kind, sort = (request.args.get(name, "") for name in ("state", "type", "sort"))
    every = _act("jichitai_source_list")
    found = [
        one for one in every if (not state or one["state"] == state) and (not kind or one["type"] == kind)
    ]
    found.sort(key=SORTS.get(sort, SORTS["municipality"]))
    if request.args.get("format") == "csv":
        return _csv(found, COLUMNS, "sources.csv")
    return tk.render(
        "jichitai/source/index.html",
        {
            "sources": found,
            "total": len(every),
            "counts": {name: sum(one["state"] == name for one in every) for name in STATES},
            "types": sorted({one["type"] for one in every}),
            "state": state,
            "kind": kind,
            "sort": sort or "municipality",
        },
    )


@jichitai_harvest.route("/sources/<id>")
def read(id: str) -> Any:
    """One source: what is wrong and what helps, plans that wait, runs, settings."""
    source = _act("jichitai_source_show", id=id)
    return tk.render("jichitai/source/read.html", {"source": source, "preview": None})


@jichitai_harvest.route("/sources/<id>/run/<int:number>")
def run(id: str, number: int) -> Any:
    """What became of one source in one run."""
    made = _act("jichitai_run_show", id=number)
    outcome = next((one for one in made["sources"] if one["source"] == id), None)
    if outcome is None:
        return tk.abort(404, tk._("This run did not ask this source."))
    source = _act("jichitai_source_show", id=id)
    return tk.render("jichitai/source/run.html", {"run": made, "outcome": outcome, "source": source})


@jichitai_harvest.route("/sources/<id>/plan/<int:number>")
def plan(id: str, number: int) -> Any:
    """A plan: the guard's reason, then every change by name."""
    found = _act("jichitai_plan_show", id=number)
    if found["source_id"] != id:
        return tk.abort(404, tk._("There is no such plan."))
    if request.args.get("format") == "csv":
        rows = [{**one, "changes": "; ".join(one["changes"])} for one in found["entries"]]
        return _csv(
            rows, ("action", "name", "title", "reason", "held", "done", "changes"), f"plan-{number}.csv"
        )
    source = _act("jichitai_source_show", id=id)
    action = request.args.get("action", "")
    entries = [one for one in found["entries"] if not action or one["action"] == action]
    return tk.render(
        "jichitai/source/plan.html", {"plan": found, "entries": entries, "source": source, "action": action}
    )


@jichitai_harvest.after_app_request
def withdrawn(response: Response) -> Response:
    """CKAN's own 404 for a dataset that its publisher withdrew becomes 410, with the reason."""
    if response.status_code != 404 or not request.endpoint or not request.view_args:
        return response
    blueprint, _, page = request.endpoint.rpartition(".")
    if not (blueprint.endswith(("dataset", "dataset_resource")) and page in DATASET_PAGES):
        return response
    found = ledger.gone(request.view_args.get("id", ""))
    if (
        found is None
        or (package := model.Package.get(found.dataset_id)) is None
        or package.state != "deleted"
    ):
        return response
    return make_response(tk.render("jichitai/source/gone.html", {"gone": found}), 410)


def _act(action: str, **data: Any) -> Any:
    """An action's result, with CKAN's pages for what is not there or not allowed."""
    try:
        return tk.get_action(action)({"user": tk.current_user.name}, data)
    except tk.ObjectNotFound as error:
        return tk.abort(404, str(error))
    except tk.NotAuthorized as error:
        return tk.abort(403, str(error))


def _csv(rows: list[dict[str, Any]], columns: tuple[str, ...], name: str) -> Response:
    """Rows as CSV that Excel opens (BOM)."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    answer = Response("\ufeff" + text.getvalue(), mimetype="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
