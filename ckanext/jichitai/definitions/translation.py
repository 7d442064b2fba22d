"""The words of the interface: our i18n/ folder, which stands outside the plugin's package.

ITranslation's defaults take the folder of the package and the plugin's name; none of the three fits.
"""

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
