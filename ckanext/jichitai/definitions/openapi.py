"""Our actions, described from their docstrings; as a list for the page and as OpenAPI 3.1."""

import inspect
import re
from collections.abc import Callable
from typing import Any

from ckan import plugins as p

PARAMETER = re.compile(r":param (?P<name>\w+): (?P<text>.*?)(?=\n\s*:|\Z)", re.DOTALL)
RETURNS = re.compile(r":returns?: (?P<text>.*?)(?=\n\s*:|\Z)", re.DOTALL)
# Actions of CKAN itself that harvested and merged datasets answer.
OF_CKAN = {
    "package_search": (
        "Search datasets.",
        {"q": "words", "fq": "filters", "rows": "how many", "start": "from"},
    ),
    "package_show": ("One dataset with its files.", {"id": "name or id"}),
    "datastore_search": (
        "Rows of a table.",
        {"resource_id": "id or alias", "filters": "JSON", "limit": "rows"},
    ),
}


def described() -> list[dict[str, Any]]:
    """Our actions by name: name, get (may be asked by GET), summary, parameters, returns."""
    found: dict[str, Callable[..., Any]] = {}
    for plugin in p.PluginImplementations(p.IActions):
        for name, action in plugin.get_actions().items():
            if name.startswith("jichitai_"):
                found.setdefault(name, action)
    return [_described(name, found[name]) for name in sorted(found)]


def document(site: str) -> dict[str, Any]:
    """OpenAPI 3.1 of our actions and of the few of CKAN's that lead to the data."""
    paths = {
        f"/api/3/action/{action['name']}": {"get" if action["get"] else "post": _operation(action)}
        for action in (*described(), *_of_ckan())
    }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Municipal standard datasets",
            "version": "3",
            "description": "Actions answer {success, result}; anonymous reads may come from any web page.",
        },
        "servers": [{"url": site}],
        "paths": paths,
    }


def _described(name: str, action: Callable[..., Any]) -> dict[str, Any]:
    words = inspect.getdoc(action) or ""
    head, _, _ = words.partition("\n:")
    returns = RETURNS.search(words)
    return {
        "name": name,
        "get": bool(getattr(action, "side_effect_free", False)),
        "summary": head.split("\n")[0].strip(),
        "description": _plain(head),
        "parameters": {found["name"]: _plain(found["text"]) for found in PARAMETER.finditer(words)},
        "returns": _plain(returns["text"]) if returns else "",
    }


def _of_ckan() -> list[dict[str, Any]]:
    return [
        {"name": name, "get": True, "summary": summary, "description": summary, "parameters": parameters}
        for name, (summary, parameters) in OF_CKAN.items()
    ]


def _operation(action: dict[str, Any]) -> dict[str, Any]:
    fields = {name: {"type": "string", "description": text} for name, text in action["parameters"].items()}
    answer = {
        "type": "object",
        "properties": {"success": {"type": "boolean"}, "result": {}, "help": {"type": "string"}},
    }
    operation: dict[str, Any] = {
        "operationId": action["name"],
        "summary": action["summary"],
        "description": action["description"],
        "responses": {
            "200": {"description": "Success", "content": {"application/json": {"schema": answer}}},
        },
    }
    if action["get"]:
        operation["parameters"] = [
            {"name": name, "in": "query", "schema": {"type": "string"}, "description": field["description"]}
            for name, field in fields.items()
        ]
    else:
        body = {"type": "object", "properties": fields}
        operation["requestBody"] = {"content": {"application/json": {"schema": body}}}
    return operation


def _plain(text: str) -> str:
    return " ".join(text.split())
