"""The words of the interface: our i18n/ folder, which stands outside the plugin's package.

ITranslation's defaults take the folder of the package and the plugin's name; none of the three fits.
"""

from babel.support import Translations
from ckan.plugins import toolkit as tk

from ckanext.jichitai.core.data import folder


def directory() -> str:
    """Folder with the languages."""
    return str(folder("i18n"))


def locales() -> list[str]:
    """Languages that have a catalogue."""
    return sorted(place.parent.name for place in folder("i18n").glob("*/LC_MESSAGES"))


def domain() -> str:
    """One catalogue for all our plugins."""
    return "ckanext-jichitai"


def in_site_language(word: str) -> str:
    """A word in the language that the site speaks by default; for what a command writes once for all readers.

    Outside a request CKAN's own `_` knows no language and leaves the word as it is.
    """
    locale = tk.config["ckan.locale_default"]
    return Translations.load(directory(), [locale], domain()).gettext(word)
