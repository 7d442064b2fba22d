"""Every page type in both languages: no English left on a Japanese page, no Japanese words under /en/.

What people have written keeps its language and says so by `lang` (pages.DATA lists CKAN's own templates,
which do not). Words that every reader takes as they are stand in SAME.
"""

import re

import pytest
from playwright.sync_api import Page

from tests.browser.pages import DATA, PAGES, PageType
from tests.browser.site import Facts, Site
from tests.browser.watch import Open

pytestmark = pytest.mark.browser

JAPANESE = re.compile(r"[ぁ-ゖァ-ヺ一-鿿]")  # not the dot ・, which is a glyph of ours
WORD = re.compile(r"(?<![\w./:@#-])[A-Za-z][A-Za-z']+(?!\.\w|[\w/:@-])")
SAME = frozenset(
    [
        "CSV",
        "TSV",
        "XLSX",
        "XLS",
        "Excel",
        "GeoJSON",
        "Parquet",
        "JSON",
        "JSONL",
        "LD",
        "NGSI",
        "PDF",
        "TXT",
        "HTML",
        "ZIP",
        "API",
        "OpenAPI",
        "Atom",
        "CORS",
        "BOM",
        "CKAN",
        "URL",
        "ID",
        "SHA",
        "AED",
        "LAN",
        "WiFi",
        "GNU",
        "Affero",
        "General",
        "Public",
        "License",
        "English",
        "JavaScript",
        "Python",
        "curl",
        "pandas",
        "Authorization",
        "GET",
        "POST",
        "MB",
        "KB",
        "km",
        "GB",
        "CC",
        "BY",
        "SA",
        "ND",
        "NC",
        "JP",
        "ODbL",
        "token",
        "Leaflet",
        "UTF",
        "Shift",
        "utf",
        "cp",
        "ckan",
        "dcat",
        "files",
        "html",
        "arcgis",
        "keys",
        "term",
        "bom",
        "success",
        "result",
        "ODS",
        "OpenStreetMap",
        "Creative",
        "Commons",
    ]
)

# Visible text and names, without scripts, code, and what is in another language than the page.
TEXTS = """(data) => {
  const root = document.documentElement;
  const skip = (element) => element.closest(`script, style, noscript, code, pre, textarea, ${data}`)
    || (element.closest('[lang]') ?? root) !== root;
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim();
    if (text && !skip(walker.currentNode.parentElement)) found.push(text);
  }
  for (const element of document.querySelectorAll('[aria-label], [placeholder], [title], [alt], [data-label]')) {
    if (skip(element)) continue;
    for (const name of ['aria-label', 'placeholder', 'title', 'alt', 'data-label']) {
      const text = element.getAttribute(name);
      if (text) found.push(text);
    }
  }
  return found;
}"""


def texts(page: Page) -> list[str]:
    """What a reader of this page's language meets."""
    return page.evaluate(TEXTS, DATA)


def english(text: str) -> bool:
    """Whether words of it should have been translated."""
    return not JAPANESE.search(text) and any(word not in SAME for word in WORD.findall(text))


@pytest.mark.parametrize("kind", PAGES, ids=lambda kind: kind.name)
def test_no_english_on_a_japanese_page(kind: PageType, site: Site, facts: Facts, open_page: Open) -> None:
    watch = open_page(1280, kind.person)
    watch.page.goto(site.url + kind.path(facts))
    assert watch.page.locator("html").get_attribute("lang") == "ja"
    left = [text for text in texts(watch.page) if english(text)]
    assert not left, "\n".join(left)


@pytest.mark.parametrize("kind", PAGES, ids=lambda kind: kind.name)
def test_no_japanese_words_on_an_english_page(
    kind: PageType, site: Site, facts: Facts, open_page: Open
) -> None:
    watch = open_page(1280, kind.person, "en-US")
    watch.page.goto(f"{site.url}/en{kind.path(facts)}")
    assert watch.page.locator("html").get_attribute("lang") == "en"
    left = [text for text in texts(watch.page) if JAPANESE.search(text)]
    assert not left, "\n".join(left)
