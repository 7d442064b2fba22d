"""Template helpers of /sources; names start with jichitai_."""

from typing import Any

from ckan.plugins import toolkit as tk
from ckan.plugins.toolkit import _

from . import ledger, sources
from . import words as said

__all__ = [
    "jichitai_harvest_words",
    "jichitai_is_operator",
    "jichitai_origin",
    "jichitai_outcome",
    "jichitai_source_state",
]


def jichitai_harvest_words(name: str | None, detail: str = "", **facts: Any) -> dict[str, str]:
    """Sentence, advice and owner of a class or reason, in the page's language."""
    return said.words(name, tk.h.jichitai_lang(), said.facts_of(detail, **facts))


def jichitai_source_state(state: str) -> dict[str, str]:
    """Glyph, word and colour class of a source's state."""
    found = {
        "ok": ("◎", _("Working"), "valid"),
        "failing": ("×", _("Failing"), "invalid"),
        "held": ("‖", _("Waiting for approval"), "held"),
        "new": ("・", _("Not asked yet"), "unchecked"),
        "off": ("－", _("Off"), "unchecked"),
    }
    glyph, word, name = found.get(state, ("？", state, "unchecked"))
    return {"glyph": glyph, "word": word, "name": name}


def jichitai_outcome(outcome: str) -> dict[str, str]:
    """Glyph, word and colour class of what became of a source in a run."""
    found = {
        "changed": ("◎", _("Changed"), "valid"),
        "unchanged": ("○", _("No change"), "repaired"),
        "held": ("‖", _("Waiting for approval"), "held"),
        "deferred": ("・", _("Put off"), "unchecked"),
        "failed": ("×", _("Failed"), "invalid"),
    }
    glyph, word, name = found.get(outcome, ("？", outcome, "unchecked"))
    return {"glyph": glyph, "word": word, "name": name}


def jichitai_is_operator() -> bool:
    """Whether the reader may start harvests and decide about plans."""
    return tk.h.check_access("jichitai_harvest_start")


def jichitai_origin(dataset: dict[str, Any]) -> dict[str, Any] | None:
    """Where a dataset was harvested: source, when it was last checked, and why it was withdrawn; else None."""
    known = ledger.of_dataset(dataset["id"]) if dataset.get("source_id") else None
    if known is None:
        return None
    try:
        checked = sources.get(known["source_id"]).succeeded
    except KeyError:
        checked = None
    return {
        "source": known["source_id"],
        "checked": checked,
        "withdrawn": known["withdrawn"],
        "reason": known["reason"],
    }
