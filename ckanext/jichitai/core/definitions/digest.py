"""The hash `definitions`: same hash, same judgement of the same bytes.

It covers what the rule book says (not how its YAML is laid out or commented) and the code that
judges, so that a mended parser re-checks files without anybody raising a version number.
"""

import hashlib
from pathlib import Path

import msgspec

from .model import RuleBook
from .strict_yaml import read_yaml

CORE = Path(__file__).resolve().parents[1]
JUDGES = ("fold.py", "issues", "types", "rules", "read", "check")
SHOWN = 16  # hexadecimal digits; two books of a site's life will not meet in 64 bits


def digest(book: RuleBook, folder: Path) -> str:
    """Hash of the book, the words of the issues and the outlines in `folder`, and the judging code."""
    found = hashlib.sha256(_code())
    encoder = msgspec.json.Encoder(order="sorted")
    found.update(encoder.encode((book.items, book.lists, book.municipalities)))
    for path in sorted((folder / "issues").glob("*.yaml")):
        found.update(encoder.encode(read_yaml(path, f"issues/{path.name}")))
    for path in sorted((folder / "municipalities").glob("*.topojson")):
        found.update(path.read_bytes())
    return found.hexdigest()[:SHOWN]


def _code() -> bytes:
    """Source of the judging code, file by file under its name."""
    found = hashlib.sha256()
    for name in JUDGES:
        place = CORE / name
        for path in [place] if place.is_file() else sorted(place.rglob("*.py")):
            found.update(path.relative_to(CORE).as_posix().encode() + b"\0" + path.read_bytes())
    return found.digest()
