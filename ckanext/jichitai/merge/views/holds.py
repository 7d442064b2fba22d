"""A person's decision about what the guard holds."""

from ckan.plugins import toolkit as tk
from flask import Blueprint, Response, redirect, request

from ckanext.jichitai.bridge import own_form

from . import answer

jichitai_holds = Blueprint("jichitai_holds", __name__)
own_form.guard(jichitai_holds)

DECISIONS = {"approve": "jichitai_hold_approve", "discard": "jichitai_hold_discard"}


@jichitai_holds.route("/hold/<int:number>", methods=["POST"])
def decide(number: int) -> Response:
    """Approve or discard, then back to the item."""
    action = DECISIONS.get(request.form.get("decision", ""))
    if action is None:
        return tk.abort(400, tk._("Approve or discard."))
    row = answer.act(action, id=number, comment=request.form.get("comment", ""))
    return redirect(tk.h.url_for("jichitai_item.read", item=row["item"]), 303)
