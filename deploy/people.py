"""Makes the operator and the demonstration clerk; runs inside the virtual environment.

    python -m deploy.people CKAN_INI LOGINS_JSON

Passwords are generated once and kept in the file, which only its owner may read. Safe to repeat: a person
who is there keeps their password.
"""

from __future__ import annotations

import json
import secrets
import sys
from pathlib import Path

from deploy.settings import write

CLERK_OF = "chiyoda-ku"  # the first municipality by code; any other where that is not in the catalog


def main(ini: str, logins: str) -> None:
    from ckan.cli import load_config
    from ckan.config.middleware import make_app
    from ckan.plugins import toolkit as tk

    app = make_app(load_config(ini))._wsgi_app
    path = Path(logins)
    known = json.loads(path.read_text()) if path.exists() else {}
    with app.test_request_context():
        site = tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]
        names = tk.get_action("organization_list")({"ignore_auth": True}, {})
        town = CLERK_OF if CLERK_OF in names else next(iter(names), "")
        for person in ("operator", "clerk"):
            known.setdefault(person, {"name": person, "password": secrets.token_urlsafe(12)})
            _ensure(tk, site, known[person], sysadmin=person == "operator")
        if town:
            known["clerk"]["organization"] = town
            member = {"id": town, "username": "clerk", "role": "editor"}
            tk.get_action("organization_member_create")({"user": site, "ignore_auth": True}, member)
    write(path, json.dumps(known, indent=1, ensure_ascii=False), mode=0o600)


def _ensure(tk, site: str, person: dict[str, str], sysadmin: bool) -> None:
    context = {"user": site, "ignore_auth": True}
    try:
        tk.get_action("user_show")(dict(context), {"id": person["name"]})
    except tk.ObjectNotFound:
        new = {**person, "email": f"{person['name']}@localhost.localdomain"}
        new.pop("organization", None)
        tk.get_action("user_create")(dict(context), new)
        if sysadmin:
            tk.get_action("user_patch")(dict(context), {"id": person["name"], "sysadmin": True})


if __name__ == "__main__":
    main(*sys.argv[1:])
