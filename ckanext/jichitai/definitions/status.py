"""The whole in one answer: asked of the parts and of actions, which may be absent."""

from typing import Any

import msgspec
import sqlalchemy as sa
from ckan import model
from ckan import plugins as p
from ckan.plugins import toolkit as tk

from ckanext.jichitai.bridge import rulebook
from ckanext.jichitai.bridge.part import Health, IPart

WORST = ("ok", "degraded", "failed")


def health_of_all() -> list[Health]:
    """Every part's state; a part that cannot even answer is failed, and says why."""
    parts: list[Health] = []
    for plugin in p.PluginImplementations(IPart):
        try:
            parts += plugin.health()
        except Exception as error:
            model.Session.rollback()
            parts.append(Health(plugin.name, "failed", f"{type(error).__name__}: {error}"))
    return parts


def worst(parts: list[Health]) -> str:
    """The state of the whole."""
    return max((part.state for part in parts), key=WORST.index, default="ok")


def status_of_all() -> dict[str, Any]:
    """Municipalities with an organization, datasets, files by verdict, merged rows by item, parts."""
    parts = health_of_all()
    return {
        "state": worst(parts),
        "definitions": rulebook.book().digest,
        "municipalities": _municipalities(),
        "datasets": _datasets(),
        "files": _figure(parts, "verdicts"),
        "rows": _merged_rows() or _figure(parts, "rows"),
        "parts": [msgspec.to_builtins(part) for part in parts],
    }


def _figure(parts: list[Health], name: str) -> dict[str, int]:
    """The figure of that name, from whichever part gives it."""
    return next((part.figures[name] for part in parts if isinstance(part.figures.get(name), dict)), {})


def _municipalities() -> int:
    code = model.Group.extras[rulebook.CODE].astext
    statement = sa.select(sa.func.count(sa.distinct(code))).where(
        model.Group.is_organization.is_(True),
        model.Group.state == "active",
        code.in_([town.code for town in rulebook.book().municipalities.values() if town.matrix]),
    )
    return model.Session.execute(statement).scalar_one()


def _datasets() -> int:
    statement = sa.select(sa.func.count()).select_from(model.Package)
    return model.Session.execute(statement.where(model.Package.state == "active")).scalar_one()


def _merged_rows() -> dict[str, int]:
    try:
        action = tk.get_action("jichitai_merged_list")
    except KeyError:
        return {}
    return {table["item"]: table.get("rows") or 0 for table in action({"ignore_auth": True}, {})}
