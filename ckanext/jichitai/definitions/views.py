"""Pages of the whole: for developers, for machines that watch, and the blank form of an item."""

from typing import Any

from ckan.plugins import toolkit as tk
from flask import Blueprint, Response, jsonify

from ckanext.jichitai.bridge import rulebook
from ckanext.jichitai.core.export.template import template

from . import config, metrics, openapi
from .status import health_of_all, worst

__all__ = ["jichitai_definitions"]

jichitai_definitions = Blueprint("jichitai_definitions", __name__)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PUBLIC = "public, max-age=60, stale-while-revalidate=600"


@jichitai_definitions.route("/developers")
def developers() -> Response:
    """How to begin, every action, feeds."""
    page = tk.render("jichitai/developers.html", {"actions": openapi.described(), "site": _site()})
    return cached(Response(page))


@jichitai_definitions.route("/openapi.json")
def openapi_json() -> Response:
    """The actions as OpenAPI 3.1."""
    return cached(jsonify(openapi.document(_site())))


@jichitai_definitions.route("/healthz")
def healthz() -> tuple[Response, int]:
    """Each part's state; 503 when one has failed."""
    parts = health_of_all()
    state = worst(parts)
    body = {"state": state, "parts": [_plain(part) for part in parts]}
    answer = jsonify(body)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer, 503 if state == "failed" else 200


@jichitai_definitions.route("/metrics")
def metrics_text() -> Response:
    """The same as figures, in Prometheus' text format."""
    if not config.metrics():
        return tk.abort(404)
    answer = Response(metrics.text(health_of_all()), mimetype="text/plain; version=0.0.4")
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@jichitai_definitions.route("/item/<item>/template.xlsx")
def template_xlsx(item: str) -> Response:
    """A blank form of an item; m=CODE or slug fills in the municipality's code and name."""
    book = rulebook.book()
    if item not in book.items:
        return tk.abort(404, tk._("{} is not one of the standard items.").format(item))
    wanted = tk.request.args.get("m")
    towns = [town for town in book.municipalities.values() if wanted in (town.code, town.slug)]
    if wanted and not towns:
        return tk.abort(404, tk._("{} is not a municipality of this site.").format(wanted))
    data = template(book.items[item], book, towns[0] if towns else None)
    answer = Response(data, mimetype=XLSX)
    name = f"{towns[0].code}_{item}.xlsx" if towns else f"{item}.xlsx"
    answer.headers["Content-Disposition"] = f"attachment; filename={name}"
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return cached(answer, "public, max-age=300")


def cached(answer: Response, rule: str = PUBLIC) -> Response:
    """Let caches keep an answer that is the same for every anonymous visitor."""
    answer.headers["Cache-Control"] = "private, no-store" if tk.current_user.is_authenticated else rule
    return answer


def _site() -> str:
    return tk.config["ckan.site_url"] + (tk.config["ckan.root_path"] or "").replace("/{{LANG}}", "")


def _plain(part: Any) -> dict[str, Any]:
    return {"part": part.part, "state": part.state, "sentence": part.sentence, "figures": part.figures}
