"""/issue/<code>: what an issue is, and what to do about it."""

import re
from typing import Any

from ckan.plugins import toolkit as tk
from flask import Blueprint, Response

from ckanext.jichitai.core.issues import Code
from ckanext.jichitai.core.issues.catalogue import load_catalogue

__all__ = ["jichitai_issue"]

BLANK = re.compile(r"\{\w+\}")  # what a report fills in: here it is of no file

jichitai_issue = Blueprint("jichitai_issue", __name__)


@jichitai_issue.route("/issue/<code>")
def show(code: str) -> Any:
    """Cause, remedy, before → after; the same words as every report."""
    if code not in set(Code):
        return tk.abort(404, tk._("There is no issue of that name."))
    block = load_catalogue()[Code(code)]
    words = block.words(tk.h.jichitai_lang())
    shown = {"said": BLANK.sub("…", words.many), "remedy": BLANK.sub("…", words.remedy)}
    page = tk.render("jichitai/issue.html", {"code": code, "block": block, **shown})
    answer = Response(page)
    if not tk.current_user.is_authenticated:
        answer.headers["Cache-Control"] = "public, max-age=60, stale-while-revalidate=600"
    return answer
