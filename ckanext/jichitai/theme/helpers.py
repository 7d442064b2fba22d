"""What the theme's templates ask for. Data come from actions, never from tables."""

import re
from typing import Any
from urllib.parse import urlencode

from ckan.common import current_user
from ckan.plugins import toolkit
from flask import current_app
from markupsafe import Markup
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from . import config


def N_(word: str) -> str:
    """A word that is translated where it is shown."""
    return word


# The ways through the site: address (a name of the contract) and word. One whose plugin is off is left out.
WAYS = (
    ("/item", N_("Items")),
    ("/municipality", N_("Municipalities")),
    ("/dataset/", N_("Datasets")),
    ("/check", N_("Check a file")),
    ("/sources", N_("Sources")),
    ("/changes", N_("Changes")),
    ("/showcase", N_("Showcase")),
    ("/developers", N_("Developers")),
)

# Blueprints of CKAN whose pages an anonymous visitor only reads. Ours all begin with `jichitai_`;
# an address that nobody answers (404) has none.
READING = {"", "home", "dataset", "organization", "group"}
# Read too, but a file's views need CKAN's scripts.
READING_WITH_SCRIPTS = {"dataset_resource"}


def jichitai_ways() -> list[dict[str, str]]:
    """Entries of the header that this site has: url, word, and whether the reader is there."""
    return [
        {
            "url": toolkit.h.url_for(path),
            "word": toolkit._(word),
            "current": _current(path.rstrip("/")),
        }
        for path, word in WAYS
        if jichitai_page_exists(path)
    ]


def _current(way: str) -> str:
    """aria-current of a way: this very page, a page below it, or none."""
    here = toolkit.request.path.rstrip("/")
    if here == way:
        return "page"
    return "true" if here.startswith(f"{way}/") else ""


def jichitai_page_exists(path: str) -> bool:
    """Whether some plugin answers this address."""
    try:
        current_app.url_map.bind("localhost").match(path, method="GET")
    except RequestRedirect:
        return True
    except HTTPException:
        return False
    return True


def jichitai_reading() -> bool:
    """Whether this answer is a page that an anonymous visitor only reads: no core scripts, no token."""
    blueprint = toolkit.request.blueprint or ""
    return _anonymous() and (blueprint in READING or blueprint.startswith("jichitai_"))


def jichitai_tokenless() -> bool:
    """Whether the page needs no token; a token opens a session, and that sets a cookie."""
    return jichitai_reading() or (_anonymous() and toolkit.request.blueprint in READING_WITH_SCRIPTS)


def _anonymous() -> bool:
    """Whether somebody without an account only reads, and the option allows the lighter page."""
    asks = toolkit.request.method in ("GET", "HEAD")
    return asks and config.script_diet() and not current_user.is_authenticated


def jichitai_languages() -> list[dict[str, str]]:
    """The languages of the site: code, name in itself, and this page in it, filters kept."""
    default = toolkit.config["ckan.locale_default"]
    query = urlencode(list(toolkit.request.args.items(multi=True)))
    path = toolkit.request.path + (f"?{query}" if query else "")
    return [
        {
            "code": locale.short_name,
            "name": locale.display_name or locale.english_name,
            "url": toolkit.h.url_for(
                path, locale="default" if locale.short_name == default else locale.short_name
            ),
        }
        for locale in toolkit.h.get_available_locales()
    ]


def jichitai_site_language() -> str:
    """The language in which the site's name and its data are written."""
    return str(toolkit.h.unix_locale_to_bcp47(toolkit.config["ckan.locale_default"]))


def jichitai_answer(action: str, **parameters: Any) -> Any:
    """What a reading action says to this visitor; None where no plugin has the action."""
    try:
        function = toolkit.get_action(action)
    except KeyError:
        return None
    return function({}, parameters)


def jichitai_named_as_seen(link: str) -> Markup:
    """A link of CKAN's without its aria-label, which says less than what is seen."""
    # A plain string: pieces of a Markup are escaped when re puts them together again.
    return Markup(re.sub(r'(<a\b[^>]*?) aria-label="[^"]*"', r"\1", str(link), count=1))


def jichitai_no_side_column(section: str, name: str) -> Markup:
    """The head of a file's page as a region with a name; CKAN calls it a second side column."""
    region = Markup('role="region" aria-label="{}"').format(name)
    return Markup(section.replace('role="complementary"', region, 1))


HELPERS = {
    "jichitai_ways": jichitai_ways,
    "jichitai_page_exists": jichitai_page_exists,
    "jichitai_reading": jichitai_reading,
    "jichitai_site_language": jichitai_site_language,
    "jichitai_tokenless": jichitai_tokenless,
    "jichitai_languages": jichitai_languages,
    "jichitai_answer": jichitai_answer,
    "jichitai_named_as_seen": jichitai_named_as_seen,
    "jichitai_no_side_column": jichitai_no_side_column,
}
