"""What a registered work must say."""

from typing import Any

from ckan.plugins import toolkit
from ckan.types import Schema

LONG, SHORT = 1000, 200


def card() -> Schema:
    """Fields of a work; others are refused by leaving them out."""
    get = toolkit.get_validator
    needed, blank, text = get("not_empty"), get("ignore_missing"), get("unicode_safe")
    optional = [get("default")(""), text]
    return {
        "title": [needed, text, at_most(SHORT, blank=False)],
        "maker": [needed, text, at_most(SHORT, blank=False)],
        "url": [needed, text, at_most(SHORT, blank=False), web],
        "mail": [needed, text, at_most(SHORT, blank=False), get("email_validator")],
        "about": [*optional, at_most(LONG)],
        "items": [blank, known_items],
        "data": [*optional, at_most(LONG)],
        "licence": [*optional, at_most(SHORT)],
        "repository": [*optional, at_most(SHORT), web],
        "__extras": [get("ignore")],
        "__junk": [get("ignore")],
    }


def at_most(length: int, blank: bool = True) -> Any:
    """A validator: stripped, no longer than that, and not blank where that is not allowed."""

    def check(value: str) -> str:
        value = value.strip()
        if not value and not blank:
            raise toolkit.Invalid(toolkit._("Missing value"))
        if len(value) > length:
            raise toolkit.Invalid(toolkit._("At most {n} characters.").format(n=length))
        return value

    return check


def web(value: str) -> str:
    """An address of the web, or blank."""
    if value and not value.startswith(("https://", "http://")):
        raise toolkit.Invalid(toolkit._("An address that begins with https:// or http://."))
    return value


def known_items(value: Any) -> list[str]:
    """Ids of standard items that this site has."""
    asked = [value] if isinstance(value, str) else list(value or [])
    known = {item["id"] for item in toolkit.get_action("jichitai_item_list")({}, {})}
    if unknown := [item for item in asked if item not in known]:
        raise toolkit.Invalid(toolkit._("{} is not one of the standard items.").format(unknown[0]))
    return asked
