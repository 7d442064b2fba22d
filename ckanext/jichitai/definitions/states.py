"""Verdicts of files and states of cells in glyph, word and colour class.

The glyphs follow the ◎○△× that every office knows; the word is the text, the glyph is hidden from readers.
"""

from ckan.plugins.toolkit import _

# Best first.
NAMES = (
    *("valid", "repaired", "partial", "held", "invalid", "unreadable"),
    *("unchecked", "listed", "none", "not_applicable", "other"),
)


def state(name: str) -> dict[str, str]:
    """name (also the CSS class), glyph, word in the page's language; unknown names read as unchecked."""
    glyph, word = _words().get(name, _words()["unchecked"])
    return {"name": name, "glyph": glyph, "word": word}


def area(name: str) -> str:
    """An area of the prefecture in words."""
    words = {"wards": _("Wards"), "tama": _("Tama"), "islands": _("Islands"), "metropolis": _("Metropolis")}
    return words.get(name, name)


def _words() -> dict[str, tuple[str, str]]:
    return {
        "valid": ("◎", _("Usable as it is")),
        "repaired": ("○", _("Usable after automatic repair")),
        "partial": ("△", _("Some rows only")),
        "held": ("‖", _("Waiting for approval")),
        "invalid": ("×", _("Not usable")),
        "unreadable": ("⊘", _("Cannot be opened")),
        "unchecked": ("？", _("Not checked yet (our side)")),
        "listed": ("□", _("Listed only")),
        "none": ("・", _("Not registered")),
        "not_applicable": ("－", _("Not applicable")),
        "other": ("◇", _("Outside the 27 items (not judged)")),
    }
