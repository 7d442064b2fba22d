"""What a page may not do: fail, scroll sideways, complain, ask another site, set a cookie, shut people out."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = next((Path(__file__).parent / "vendor").glob("axe-core-*/axe.min.js"))
WIDTHS = (360, 768, 1280)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


class Watch:
    """Listens to one page of a browser from the moment it is made."""

    def __init__(self, page: Page, origin: str) -> None:
        self.page = page
        self.origin = origin
        self.said: list[str] = []
        self.outside: list[str] = []
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("request", self._request)

    def _console(self, message: Any) -> None:
        # Chromium itself remarks on an answer that is 404 by intention; the status is asserted elsewhere.
        if message.type == "error" and "status of 404" not in message.text:
            self.said.append(message.text)

    def _request(self, request: Any) -> None:
        if not request.url.startswith((self.origin + "/", "data:", "blob:", "about:")):
            self.outside.append(request.url)

    def faults(self, reading: bool = False) -> list[str]:
        """All that is wrong with the page as it stands, in words."""
        found = [f"console: {line}" for line in self.said]
        found += [f"outside request: {url}" for url in self.outside]
        wide = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        if wide > 0:
            found.append(f"scrolls sideways by {wide} px")
        if reading:
            found += [f"cookie: {cookie['name']}" for cookie in self.page.context.cookies()]
        return found + violations(self.page)


Open = Callable[..., Watch]  # the fixture `open_page`: (width, person, language) → a watched window


def violations(page: Page) -> list[str]:
    """What axe finds: rule, and where."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    result = page.evaluate("(tags) => axe.run({runOnly: tags, resultTypes: ['violations']})", RULES)
    return [
        f"axe {one['id']}: {node['target']} {node['html'][:160]}"
        for one in result["violations"]
        for node in one["nodes"][:3]
    ]
