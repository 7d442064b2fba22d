"""Writes the pages of docs/ that are made from the product itself.

    python docs/generate.py          writes them
    python docs/generate.py --check  exit 1, naming the pages, when one is not as it would be written

Made are: issues.md (the issue catalogue), types.md (value types with their examples), rules.md,
configuration.md (every option of every plugin) and api.md (every action with its docstring).
"""

import ast
import sys
from pathlib import Path

import yaml

HERE = Path(__file__).resolve().parent
PACKAGE = HERE.parent / "ckanext" / "jichitai"
PLUGINS = ("definitions", "validation", "harvest", "merge", "theme")
NOTE = "<!-- Made by docs/generate.py: edit the source, not this page. -->\n"


def issues() -> str:
    """The issue catalogue: code, severity, owner, sentence, remedy, example, in both languages."""
    lines = ["# Issues\n", NOTE]
    lines.append(
        "What a check can find. Codes are never renamed or reused; `jichitai explain CODE` prints the same.\n"
    )
    for path in sorted((HERE.parent / "schemas" / "issues").glob("*.yaml")):
        blocks = yaml.safe_load(path.read_text(encoding="utf-8"))
        lines.append(f"## {path.stem}\n")
        for code, block in blocks.items():
            lines += _issue(code, block)
    return "\n".join(lines)


def _issue(code: str, block: dict) -> list[str]:
    facts = ", ".join(f"{key} {block[key]}" for key in ("severity", "owner", "checklist") if block.get(key))
    lines = [f"### {code}\n", f"{facts}\n" if facts else ""]
    for language in ("ja", "en"):
        words = block.get(language)
        if isinstance(words, dict):
            lines += [f"- {key}: {text}" for key, text in words.items()]
        elif words:
            lines.append(f"- {words}")
    if block.get("example"):
        lines.append(f"- `{block['example'].get('before', '')}` → `{block['example'].get('after', '')}`")
    return [*lines, ""]


def types() -> str:
    """Value types: what each is, its canonical form, its examples."""
    from ckanext.jichitai.core.types import TYPES

    lines = ["# Value types\n", NOTE]
    for name, kind in TYPES.items():
        lines.append(f"## {name}\n")
        source = PACKAGE / "core" / "types" / f"{name}.py"
        if source.exists():
            lines.append((ast.get_docstring(ast.parse(source.read_text(encoding="utf-8"))) or "") + "\n")
        if kind.canonical:
            lines.append(f"Canonical: `{kind.canonical}`\n".replace("|", "\\|"))
        lines += ["| text | read as | how |", "|---|---|---|"]
        for text, reading in kind.examples.items():
            value = "" if reading.value is None else reading.value
            lines.append(f"| `{_cell(text)}` | `{_cell(value)}` | {reading.how} {reading.code or ''} |")
        lines.append("")
    return "\n".join(lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", "⏎").replace("`", "'")


def rules() -> str:
    """Rules over rows and tables, each with its docstring."""
    lines = ["# Rules\n", NOTE]
    for path in sorted((PACKAGE / "core" / "rules").glob("*.py")):
        if path.stem in {"__init__", "base"}:
            continue
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and _tag(node):
                lines += [f"## {_tag(node)}\n", (ast.get_docstring(node) or "") + "\n"]
    return "\n".join(lines)


def _tag(node: ast.ClassDef) -> str | None:
    for keyword in node.keywords:
        if keyword.arg == "tag" and isinstance(keyword.value, ast.Constant):
            return str(keyword.value.value)
    return None


def configuration() -> str:
    """Every option that our plugins declare."""
    lines = ["# Configuration\n", NOTE]
    lines.append(
        "Set in CKAN's ini file. Other extensions' options are filled in where unset, never overwritten.\n"
    )
    for plugin in PLUGINS:
        path = PACKAGE / plugin / "config_declaration.yaml"
        if not path.exists():
            continue
        lines.append(f"## jichitai_{plugin}\n")
        for group in yaml.safe_load(path.read_text(encoding="utf-8"))["groups"]:
            for option in group["options"]:
                default = option.get("default", option.get("placeholder", ""))
                lines.append(f"### `{option['key']}`\n")
                lines.append(f"{option.get('type', 'text')}, default `{default}`\n")
                lines.append(f"{option.get('description', '').strip()}\n")
    return "\n".join(lines)


def api() -> str:
    """Every action that our plugins add, with its docstring."""
    lines = ["# API\n", NOTE]
    lines.append(
        "Actions of CKAN's API: `/api/3/action/<name>`. `GET` for reads, `POST` with JSON for the rest.\n"
    )
    for plugin in PLUGINS:
        source = PACKAGE / plugin / "logic" / "action.py"
        for name, text in _actions(source) if source.exists() else []:
            lines += [f"## {name}\n", f"Plugin jichitai_{plugin}.\n", text + "\n"]
    return "\n".join(lines)


def _actions(source: Path) -> list[tuple[str, str]]:
    """Names and docstrings of the actions in a module, those that it takes from its neighbours too."""
    found = []
    for node in ast.parse(source.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("jichitai_"):
            found.append((node.name, ast.get_docstring(node) or ""))
        elif isinstance(node, ast.ImportFrom) and node.level == 1 and node.module:
            there = dict(_actions(source.parent / f"{node.module}.py"))
            found += [(alias.name, there[alias.name]) for alias in node.names if alias.name in there]
    return found


PAGES = {
    "issues.md": issues,
    "types.md": types,
    "rules.md": rules,
    "configuration.md": configuration,
    "api.md": api,
}


def differing() -> list[str]:
    """Names of pages that are not as they would be written now."""
    return [name for name, make in PAGES.items() if _stands(name) != make().rstrip() + "\n"]


def _stands(name: str) -> str:
    path = HERE / name
    return path.read_text(encoding="utf-8") if path.exists() else ""


def main() -> int:
    """Write the pages, or with --check name those that differ."""
    names = differing()
    if "--check" in sys.argv:
        for name in names:
            print(f"docs/{name} is out of date: run python docs/generate.py")
        return 1 if names else 0
    for name in names:
        (HERE / name).write_text(PAGES[name]().rstrip() + "\n", encoding="utf-8")
        print(f"docs/{name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
