"""schemas/README.md, written from the docstrings of the model and of the rules.

`python -m ckanext.jichitai.core.definitions.grammar` writes it anew; a test holds the file to it.
"""

import inspect
import re
from typing import Any, get_args

import msgspec

from ..data import folder
from ..rules import Rule
from ..types import TYPES
from . import model
from .resolve import WORDED

HEAD = """\
# The rule book

All data, no code. Made from the docstrings of `ckanext/jichitai/core/definitions`; edit those.

| folder | holds | grammar |
|---|---|---|
| `<id>.yaml` | an item; the file name is its id | ItemSource |
| `parts/` | groups of columns that items share | Part |
| `lists/` | words with the spellings met in the wild, long code tables | WordList |
| `municipalities/` | all bodies of one prefecture (`.yaml`), their outlines (`.topojson`) | MunicipalityFile |
| `issues/` | words of every issue, outcome and reason | core/issues/catalogue.py |
| `scheming/` | fields of CKAN's forms | ckanext-scheming |

**Spelling.** A key that is not named here is refused with file, place and the nearest word known; so is a
key that stands twice. Codes, dates, times and the words yes, no, on, off are put in quotes: another reader
of YAML would take them for something else (08, 9:00, "NO"). Texts for people stand in both languages,
`{ja: …, en: …}`.

**An example of a whole change**: a heading met at one publisher goes to the column's `aliases` as
`{label: 設置場所, seen: ["111007"]}`, in the item's file or, for a shared column, in the part's. Nothing else
is touched.

**Editors** that know JSON Schema complete keys: `json_schema("item")` in `core/export/json_schema.py`.
"""
ORDER = ("ItemSource", "Words", "Edition", "Column", "ColumnLabel", "Need", "Alias", "PartUse", "Part", "Layout",
         "WordList", "ListWord", "MunicipalityFile", "Municipality")  # fmt: skip
QUALIFIED = re.compile(r"\b(?:typing|msgspec|ckanext(?:\.\w+)*)\.(?=\w)")


def grammar() -> str:
    """The page as Markdown."""
    parts = [HEAD, "\n## Mappings\n"]
    parts += [_section(getattr(model, name), name) for name in ORDER]
    types = ", ".join(f"`{name}`" for name in TYPES)
    parts.append(f"## Types\n\n{types}; with a `list` of words {', '.join(f'`{name}`' for name in WORDED)}; ")
    parts.append("and `list` with `of`. What each accepts, mends and refuses: docs/types.md.\n\n## Rules\n")
    for kind in get_args(Rule):
        parts.append(_section(kind, f"rule: {kind.__struct_config__.tag}"))
    return "\n".join(parts).rstrip() + "\n"


def _section(kind: type[msgspec.Struct], title: str) -> str:
    """Heading, docstring, and a table of keys."""
    lines = [
        f"### {title}\n",
        inspect.getdoc(kind) or "",
        "",
        "| key | value | if left out |",
        "|---|---|---|",
    ]
    for field in msgspec.structs.fields(kind):
        lines.append(f"| `{field.encode_name}` | {_type(field.type)} | {_default(field)} |")
    return "\n".join(lines) + "\n"


def _type(kind: Any) -> str:
    """A type as people read it."""
    text = kind.__name__ if isinstance(kind, type) and not get_args(kind) else QUALIFIED.sub("", str(kind))
    text = text.replace(", ...", "")
    text = re.sub(r"Literal\[([^\]]*)\]", lambda found: found[1].replace(", ", " | "), text)
    for code, word in (("NoneType", "none"), ("None", "none"), ("str", "text"), ("tuple", "list")):
        text = re.sub(rf"\b{code}\b", word, text)
    if "Together" in text:
        return "list of rules, below"
    return "`" + text.replace("|", "or") + "`"


def _default(field: msgspec.structs.FieldInfo) -> str:
    if field.required:
        return "must stand"
    if field.default is msgspec.NODEFAULT or field.default in ((), None, ""):
        return ""
    if isinstance(field.default, msgspec.Struct):
        return (
            "`"
            + ", ".join(f"{key}: {value}" for key, value in msgspec.structs.asdict(field.default).items())
            + "`"
        )
    return f"`{field.default}`".lower()


if __name__ == "__main__":
    (folder("schemas") / "README.md").write_text(grammar(), encoding="utf-8")
