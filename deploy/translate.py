"""Words of the interface: from code and templates to i18n/, and from there to what gettext reads.

    var/venv/bin/python -m deploy.translate           extract, bring ja up to date, compile
    var/venv/bin/python -m deploy.translate --check   exit 1 naming what is missing; nothing is written

Translations are kept in i18n/ja/LC_MESSAGES/ckanext-jichitai.po and edited there. Beside our own words the
catalogue holds words of CKAN's that its Japanese lacks; they stand in i18n/ckan-words.txt, one a line,
the plural after a tab.
"""

from __future__ import annotations

import datetime as dt
import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages import pofile
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo

ROOT = Path(__file__).resolve().parents[1]
DOMAIN = "ckanext-jichitai"
POT = ROOT / "i18n" / f"{DOMAIN}.pot"
PO = ROOT / "i18n" / "ja" / "LC_MESSAGES" / f"{DOMAIN}.po"
CKAN_WORDS = ROOT / "i18n" / "ckan-words.txt"
FIXED = dt.datetime(2026, 11, 24, tzinfo=dt.UTC)
HEADER = "# Words of the interface of ckanext-jichitai, AGPL-3.0-or-later."
METHODS = [("**.py", "python"), ("**.js", "javascript"), ("**/templates/**.html", "ckan")]


def extracted() -> Catalog:
    """All words of the interface, with where they stand."""
    catalog = Catalog(project=DOMAIN, fuzzy=False)
    package = ROOT / "ckanext" / "jichitai"
    for name, line, words, comments, context in extract_from_dir(package, METHODS):
        catalog.add(
            words, locations=[(f"ckanext/jichitai/{name}", line)], auto_comments=comments, context=context
        )
    for one, *many in _ckan_words():
        catalog.add((one, many[0]) if many else one, locations=[("i18n/ckan-words.txt", 0)])
    return catalog


def translated(template: Catalog) -> Catalog:
    """The Japanese catalogue brought up to date with the template; no guesses."""
    catalog = (
        pofile.read_po(PO.open("rb"), locale="ja") if PO.exists() else Catalog(locale="ja", project=DOMAIN)
    )
    catalog.update(template, no_fuzzy_matching=True, update_header_comment=False)
    catalog.obsolete.clear()
    return catalog


def missing(catalog: Catalog) -> list[str]:
    """Words without a translation."""
    return [str(message.id) for message in catalog if message.id and not _filled(message.string)]


def _filled(text: str | tuple[str, ...]) -> bool:
    return all(text) if isinstance(text, tuple) else bool(text)


def _ckan_words() -> Iterator[list[str]]:
    if CKAN_WORDS.exists():
        lines = CKAN_WORDS.read_text(encoding="utf-8").splitlines()
        yield from (line.split("\t") for line in lines if line.strip())


def _as_po(catalog: Catalog) -> bytes:
    # Dates in the header would change the file on every run.
    catalog.creation_date = catalog.revision_date = FIXED
    catalog.header_comment, catalog.fuzzy = HEADER, False
    catalog.last_translator = catalog.language_team = catalog.msgid_bugs_address = DOMAIN
    sink = io.BytesIO()
    pofile.write_po(sink, catalog, omit_header=False, sort_output=True, width=110, include_lineno=False)
    return sink.getvalue()


def _as_mo(catalog: Catalog) -> bytes:
    sink = io.BytesIO()
    write_mo(sink, catalog)
    return sink.getvalue()


def main() -> int:
    """Write, or with --check tell, what differs and what is missing."""
    template = extracted()
    catalog = translated(template)
    lacking = missing(catalog)
    written = {POT: _as_po(template), PO: _as_po(catalog), PO.with_suffix(".mo"): _as_mo(catalog)}
    stale = [path for path, data in written.items() if not path.exists() or path.read_bytes() != data]
    if "--check" in sys.argv:
        for path in stale:
            print(f"{path.relative_to(ROOT)} is out of date: run python -m deploy.translate")
    else:
        PO.parent.mkdir(parents=True, exist_ok=True)
        for path in stale:
            path.write_bytes(written[path])
    for word in lacking:
        print(f"no Japanese: {word}")
    return 1 if lacking or ("--check" in sys.argv and stale) else 0


if __name__ == "__main__":
    sys.exit(main())
