"""Forms that only our own pages can send.

CKAN leaves a POST of a visitor without an account unchecked and, having done so once, exempts that view
for everybody in the process: who posts anything to an operator's address then lets a foreign page press
the operator's buttons. So our views ask for the token themselves.
"""

from ckan.plugins import toolkit as tk
from flask import Blueprint, request
from flask_wtf.csrf import validate_csrf
from wtforms.validators import ValidationError


def guard(blueprint: Blueprint) -> None:
    """Refuse, with 400 and a sentence, a POST to this blueprint that carries no token of the session.

    A request with an API token passes: another's page cannot send one.
    """
    blueprint.before_request(_check)


def _check() -> None:
    config = tk.config
    if request.method != "POST" or not config["WTF_CSRF_ENABLED"]:
        return
    if request.headers.get(config["apitoken_header_name"]):
        return
    try:
        validate_csrf(request.form.get(config["WTF_CSRF_FIELD_NAME"]))
    except ValidationError:
        tk.abort(400, tk._("This form is too old. Please load the page again."))
