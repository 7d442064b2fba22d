"""Whether a file's licence lets us put its rows into another table."""

import re

from ckanext.jichitai.bridge.rulebook import book

# No derivatives, in the ways in which it is written; CKAN's own id for what is not open.
CLOSED = re.compile(r"(?<![a-z])nd(?![a-z])|noderiv|改変禁止|改変不可|other-closed", re.IGNORECASE)
UNSTATED = ("", "notspecified", "none")


def closed(licence: str, *, staff: bool) -> str | None:
    """Why the licence keeps a file out ("unknown" or "no_change"); None where it does not.

    What staff put here themselves without naming a licence is theirs to have merged.
    """
    if licence.strip().lower() in UNSTATED:
        return None if staff else "unknown"
    words = book().lists.get("licence")
    known = words.words.get(licence) if words else None
    text = f"{licence} {known.en if known else ''}"
    return "no_change" if CLOSED.search(text) else None
