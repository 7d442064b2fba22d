"""Where the area code of a telephone number ends: by the list of area codes, longest beginning first."""

from functools import cache

import yaml

from ..data import folder


@cache
def area_codes() -> dict[str, str]:
    """Beginning of a number → its area code, from schemas/lists/area_codes.yaml."""
    file = folder("schemas") / "lists" / "area_codes.yaml"
    words: dict[str, dict[str, list[str]]] = yaml.load(
        file.read_text("utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    )["words"]
    found = {code: code for code in words}
    for code, about in words.items():
        found |= dict.fromkeys(about.get("spellings", ()), code)
    return found


def area_code(digits: str) -> str | None:
    """The area code of a land line's ten digits, or None when no area begins so."""
    codes = area_codes()
    return next((codes[digits[:size]] for size in range(6, 1, -1) if digits[:size] in codes), None)
