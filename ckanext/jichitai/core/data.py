"""Where the rule book and the words of the interface stand on disk.

Installed from a wheel they are sub-packages of ours; in an editable checkout they are the
top-level folders schemas/ and i18n/. Nothing else builds such a path.
"""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]


def folder(name: str) -> Path:
    """The folder `schemas` or `i18n`.

    Raises FileNotFoundError, naming both places looked at, when neither exists.
    """
    places = (PACKAGE / name, PACKAGE.parents[1] / name)
    for place in places:
        if place.is_dir():
            return place
    raise FileNotFoundError(f"{name}: not in {places[0]} nor in {places[1]}")
