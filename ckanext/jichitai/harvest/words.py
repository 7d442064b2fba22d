"""Words of the harvest in both languages, from schemas/issues/harvest.yaml."""

import re
from functools import cache
from typing import Any

import yaml

from ckanext.jichitai.core.data import folder

GAP = re.compile(r"\{([a-z]+)\}")
STATUS = re.compile(r"\b[1-5][0-9]{2}\b")


@cache
def _all() -> dict[str, Any]:
    return yaml.safe_load((folder("schemas") / "issues" / "harvest.yaml").read_text("utf-8"))


def words(name: str | None, lang: str, facts: dict[str, Any] | None = None) -> dict[str, str]:
    """Sentence and advice of a class or reason; what no fact fills is left out with its blanks.

    A name without words is shown as it is: better than nothing, and a house test finds it.
    """
    block = _all().get(name or "")
    if block is None:
        return {"sentence": name or "", "advice": "", "owner": ""}
    told = block["ja" if lang == "ja" else "en"]
    given = {key: str(value) for key, value in (facts or {}).items() if value not in (None, "")}
    return {
        "sentence": _filled(told["sentence"], given),
        "advice": _filled(told.get("advice", ""), given),
        "owner": block.get("owner", ""),
    }


def facts_of(detail: str, **more: Any) -> dict[str, Any]:
    """What a detail tells of the gaps in a sentence: the status of an answer."""
    status = STATUS.search(detail or "")
    return {"status": status[0] if status else "", **more}


def _filled(text: str, given: dict[str, str]) -> str:
    return " ".join(GAP.sub(lambda gap: given.get(gap[1], ""), text).split())
