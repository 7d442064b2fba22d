"""Every page type: answers, fits three widths, keeps quiet, asks nobody else, shuts nobody out."""

import os
from pathlib import Path

import pytest

from tests.browser.pages import PAGES, PageType
from tests.browser.site import Facts, Site
from tests.browser.watch import WIDTHS, Open

pytestmark = pytest.mark.browser

# A page with one of each fault. Whatever passes it cannot be trusted with the others.
CANARY = """
<html><head><title>x</title></head><body style="width: 3000px">
<img src="http://192.0.2.1/pixel.png"><p style="color: #bbb; background: #fff">pale</p>
<input type="text"><script>console.error("canary")</script></body></html>
"""


@pytest.mark.parametrize("kind", PAGES, ids=lambda kind: kind.name)
def test_a_page(kind: PageType, site: Site, facts: Facts, open_page: Open) -> None:
    watch = open_page(WIDTHS[0], kind.person)
    path = kind.path(facts)
    found: list[str] = []
    for width in WIDTHS:
        watch.page.set_viewport_size({"width": width, "height": 900})
        answer = watch.page.goto(site.url + path)
        assert answer is not None
        assert answer.status == kind.status
        _keep(watch.page, kind.name, width)
        found += [f"{width}: {fault}" for fault in watch.faults(kind.reading)]
    assert not found, "\n".join(found)


@pytest.mark.soak
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("kind", PAGES, ids=lambda kind: kind.name)
def test_a_page_in_every_dress(
    kind: PageType, prefix: str, scheme: str, site: Site, facts: Facts, open_page: Open
) -> None:
    watch = open_page(WIDTHS[0], kind.person)
    watch.page.emulate_media(color_scheme=scheme)
    answer = watch.page.goto(site.url + prefix + kind.path(facts))
    assert answer is not None
    assert answer.status == kind.status
    faults = watch.faults(kind.reading)
    assert not faults, "\n".join(faults)


def test_the_canary_fails(open_page: Open) -> None:
    watch = open_page(360)
    watch.page.set_content(CANARY, wait_until="commit")
    faults = " ".join(watch.faults())
    for wanted in (
        "console: canary",
        "outside request",
        "sideways",
        "image-alt",
        "color-contrast",
        "html-has-lang",
    ):
        assert wanted in faults


def test_the_first_page_is_light(site: Site, open_page: Open) -> None:
    """At most 200 KB over the wire without a map, of which 60 KB are HTML."""
    watch = open_page(1280)
    sizes: dict[str, int] = {}
    watch.page.on("requestfinished", lambda request: sizes.update({request.url: _size(request)}))
    watch.page.goto(f"{site.url}/", wait_until="networkidle")
    assert sizes[f"{site.url}/"] <= 60_000
    assert sum(sizes.values()) <= 200_000, sizes


def _size(request) -> int:
    """Bytes of a body as a server that compresses sends it: nginx does, a bare web server does not."""
    import gzip

    body = request.response().body()
    compressible = not request.url.endswith((".png", ".ico", ".woff2"))
    return len(gzip.compress(body, 6)) if compressible else len(body)


def _keep(page, name: str, width: int) -> None:
    """Keep a picture where JICHITAI_SHOTS names a folder, for people to look at."""
    if folder := os.environ.get("JICHITAI_SHOTS"):
        page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
