"""Chromium, the running site, and pages that are watched.

JICHITAI_SITE names the address of a site that runs already and JICHITAI_LOGINS its logins.json, for work on
single tests; otherwise the session's own stack is used.
"""

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.site import Facts, Site
from tests.browser.watch import Open, Watch


@pytest.fixture(scope="session")
def site(request: pytest.FixtureRequest) -> Site:
    """The site under test."""
    if url := os.environ.get("JICHITAI_SITE"):
        logins = os.environ.get("JICHITAI_LOGINS")
        return Site(url.rstrip("/"), json.loads(Path(logins).read_text()) if logins else {})
    stack = request.getfixturevalue("stack")
    return Site(stack.url, stack.logins)


@pytest.fixture(scope="session")
def facts(site: Site) -> Facts:
    """What there is to look at."""
    return site.facts()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium of the system."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def open_page(browser: Browser, site: Site) -> Iterator[Open]:
    """Opens a fresh browser window at a width, logged in as `person` where one is named; watched."""
    contexts = []

    def opened(width: int = 1280, person: str = "", language: str = "ja-JP") -> Watch:
        context = browser.new_context(viewport={"width": width, "height": 900}, locale=language)
        contexts.append(context)
        watch = Watch(context.new_page(), site.url)
        if person:
            log_in(watch.page, site, person)
        return watch

    yield opened
    for context in contexts:
        context.close()


def log_in(page: Page, site: Site, person: str) -> None:
    """Log in by the form."""
    login = site.logins[person]
    page.goto(f"{site.url}/user/login")
    page.fill("#field-login", login["name"])
    page.fill("#field-password", login["password"])
    page.locator("#field-password").press("Enter")
    page.wait_for_url(lambda url: "/user/login" not in url)
