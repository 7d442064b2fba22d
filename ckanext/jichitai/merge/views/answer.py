"""How pages and files are kept by caches, and what an action's refusal becomes on a page."""

import hashlib
from collections.abc import Callable
from typing import Any

from ckan.plugins import toolkit as tk
from flask import Response, make_response, request

from ckanext.jichitai.bridge.rulebook import today

PUBLIC = "public, max-age=60, stale-while-revalidate=600"
PRIVATE = "private, no-store"


def page(
    template: str, version: Any, build: Callable[[], dict[str, Any]], known: tuple[str, ...] = ()
) -> Response:
    """A page that is the same for every anonymous reader; 304 before anything is asked of the database.

    version: changes with what the page shows. known: parameters that the page understands; others make
    no new page.
    """
    if tk.current_user.is_authenticated:
        answer = make_response(tk.render(template, build()))
        answer.headers["Cache-Control"] = PRIVATE
        return answer
    asked = [(name, request.args.getlist(name)) for name in known]
    fragment = request.headers.get("HX-Request", "")
    parts = (
        template,
        request.path,
        tk.h.lang(),
        version,
        asked,
        fragment,
        today(),
        tk.config["ckan.site_title"],
    )
    tag = hashlib.sha256(repr(parts).encode()).hexdigest()[:32]
    if request.if_none_match.contains_weak(tag):
        answer = Response(status=304)
    else:
        answer = make_response(tk.render(template, build()))
    answer.set_etag(tag, weak=True)
    answer.headers["Cache-Control"] = PUBLIC
    answer.headers["Vary"] = "HX-Request"
    return answer


def open_to_all(answer: Response, seconds: int = 300) -> Response:
    """Any web page may read it, caches may keep it."""
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Access-Control-Expose-Headers"] = "Content-Length, ETag, Link, X-Jichitai-Cursor"
    answer.headers["Cache-Control"] = f"public, max-age={seconds}"
    return answer


def act(action: str, **data: Any) -> Any:
    """What an action says to this visitor; its refusals as pages (404, 403, 400)."""
    try:
        return tk.get_action(action)({"user": tk.current_user.name}, data)
    except tk.ObjectNotFound as error:
        return tk.abort(404, error.message or tk._("Not found"))
    except tk.NotAuthorized as error:
        return tk.abort(403, error.message)
    except tk.ValidationError as error:
        return tk.abort(400, said(error))


def optional(action: str, **data: Any) -> Any:
    """As act, but None where no plugin has the action."""
    try:
        tk.get_action(action)
    except KeyError:
        return None
    return act(action, **data)


def said(error: tk.ValidationError) -> str:
    """A refusal in one sentence."""
    return " ".join(f"{name}: {' '.join(map(str, words))}" for name, words in error.error_dict.items())
