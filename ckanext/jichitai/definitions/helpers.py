"""Template helpers that all our plugins' pages share; names start with jichitai_."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from ckan.plugins import toolkit as tk
from markupsafe import Markup

from ckanext.jichitai.bridge import rulebook

from . import config, era, states

__all__ = [
    "jichitai_area_title",
    "jichitai_bytes",
    "jichitai_csrf_free",
    "jichitai_date",
    "jichitai_item_choices",
    "jichitai_item_title",
    "jichitai_items",
    "jichitai_lang",
    "jichitai_municipalities",
    "jichitai_municipality",
    "jichitai_municipality_choices",
    "jichitai_number",
    "jichitai_prefix",
    "jichitai_state",
    "jichitai_states",
    "jichitai_text",
    "jichitai_time",
]

TOKYO = ZoneInfo("Asia/Tokyo")


def jichitai_lang() -> str:
    """Language of the page as our data name it, ja or en; the site's where no request is under way."""
    try:
        lang = str(tk.h.lang())
    except RuntimeError:
        lang = tk.config["ckan.locale_default"]
    return "ja" if lang.startswith("ja") else "en"


def jichitai_text(words: Any) -> str:
    """The text of {ja, en}, or of Words, in the page's language."""
    if words is None or isinstance(words, str):
        return words or ""
    lang = jichitai_lang()
    if isinstance(words, dict):
        return words.get(lang) or words.get("ja") or words.get("en") or ""
    return getattr(words, lang)


def jichitai_prefix(locale: str) -> str:
    """What url_for takes for a language: the site's own has no prefix, or each page had two addresses."""
    return "default" if locale == tk.config["ckan.locale_default"] else locale


def jichitai_items() -> list[Any]:
    """The standard items, in the order of their numbers."""
    return list(rulebook.book().items.values())


def jichitai_item_title(item: str | None, short: bool = False) -> str:
    """Title of an item in the page's language; its id where the rule book no longer has it."""
    found = rulebook.book().items.get(item or "")
    if found is None:
        return item or ""
    return jichitai_text(found.short if short else found.title)


def jichitai_item_choices(field: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    """Choices of the form field `item`."""
    return [
        {
            "value": item.id,
            "label": {lang: f"{item.number} {getattr(item.title, lang)}" for lang in ("ja", "en")},
        }
        for item in rulebook.book().items.values()
    ]


def jichitai_municipalities() -> list[Any]:
    """The municipalities of the rule book, in its order."""
    return list(rulebook.book().municipalities.values())


def jichitai_municipality(code: str | None) -> Any:
    """The municipality of that code, or None."""
    return rulebook.book().municipalities.get(code or "")


def jichitai_municipality_choices(field: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    """Choices of an organization's municipality code."""
    return [
        {"value": town.code, "label": {"ja": f"{town.code} {town.name}", "en": f"{town.code} {town.name_en}"}}
        for town in rulebook.book().municipalities.values()
    ]


def jichitai_area_title(area: str) -> str:
    """An area of the prefecture in words."""
    return states.area(area)


def jichitai_state(name: str | None) -> dict[str, str]:
    """Glyph, word and CSS class of a verdict or of a cell's state."""
    return states.state(name or "unchecked")


def jichitai_states() -> dict[str, dict[str, str]]:
    """All of them, best first; for pages that show many at once."""
    return {name: states.state(name) for name in states.NAMES}


def jichitai_number(value: float | None) -> str:
    """A number with thousands separated; a dash where it is not known."""
    return "–" if value is None else f"{value:,}"


def jichitai_bytes(value: int | None) -> str:
    """A size of a file, 1 KB = 1024 bytes."""
    if value is None:
        return "–"
    size = float(value)
    for unit in ("B", "KB", "MB"):
        if size < 1024:
            return f"{size:.0f} {unit}" if unit == "B" or size >= 100 else f"{size:.1f} {unit}"
        size /= 1024
    return f"{size:.1f} GB"


def jichitai_date(value: Any) -> Markup:
    """A day as people of the page's language write it, in <time>; Japanese era beside where wanted."""
    return _time_element(value, with_clock=False)


def jichitai_time(value: Any) -> Markup:
    """A moment, in Japan's time, to the minute, in <time>."""
    return _time_element(value, with_clock=True)


def jichitai_csrf_free() -> bool:
    """Whether the page needs no token: nobody is logged in, and it has no form that posts."""
    return not tk.current_user.is_authenticated


def _time_element(value: Any, with_clock: bool) -> Markup:
    if not value:
        return Markup("")
    if (moment := _moment(value)) is None:
        return Markup("{}").format(str(value))
    day = moment.date() if isinstance(moment, dt.datetime) else moment
    if jichitai_lang() == "ja":
        text = f"{day.year}年{day.month}月{day.day}日"
        if config.wareki() and (name := era.name(day)):
            text += f"（{name}）"
    else:
        text = f"{day.day} {day:%B %Y}"
    if with_clock and isinstance(moment, dt.datetime):
        text += f" {moment:%H:%M}"
    return Markup('<time datetime="{}">{}</time>').format(moment.isoformat(), text)


def _moment(value: Any) -> dt.datetime | dt.date | None:
    """A day or a moment in Japan's time; None for what is neither (a year alone, free text)."""
    if isinstance(value, str):
        try:
            value = dt.date.fromisoformat(value) if len(value) == 10 else dt.datetime.fromisoformat(value)
        except ValueError:
            return None
    if isinstance(value, dt.datetime):
        # CKAN's own moments are UTC without saying so.
        aware = value if value.tzinfo else value.replace(tzinfo=dt.UTC)
        return aware.astimezone(TOKYO)
    return value if isinstance(value, dt.date) else None
