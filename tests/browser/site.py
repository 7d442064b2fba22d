"""The running site as the browser tests see it: address, logins, and what there is to look at."""

import json
import urllib.parse
import urllib.request
from typing import Any

import msgspec


class Facts(msgspec.Struct, frozen=True):
    """One of each noun, found through the site's own API."""

    item: str
    town: str
    dataset: str
    resource: str
    merged: str
    source: str
    run: int
    row: str


class Site(msgspec.Struct, frozen=True):
    """A running site. logins: role (operator, clerk) → {name, password, organization}."""

    url: str
    logins: dict[str, dict[str, str]]

    def action(self, name: str, **parameters: Any) -> Any:
        """What an action says to an anonymous reader."""
        query = urllib.parse.urlencode(parameters)
        with urllib.request.urlopen(f"{self.url}/api/3/action/{name}?{query}", timeout=60) as answer:
            return json.load(answer)["result"]

    def facts(self) -> Facts:
        """One of each noun; of files one with faults, and of items one with places."""
        tables = [table for table in self.action("jichitai_merged_list") if table["rows"]]
        shown = [self.action("jichitai_merged_show", id=table["item"]) for table in tables[:8]]
        table = next(one for one in shown if any(file["kind"] == "geojson" for file in one["downloads"]))
        row = self.action("jichitai_merged_search", item=table["item"], limit=1)
        cells = self.action("jichitai_coverage_show")["cells"]
        cell = next(cell for cell in cells if cell["item"] == table["item"] and cell["rows"])
        towns = self.action("organization_show", id=_organization(self, cell["dataset"]))
        faulty = self._faulty() or (cell["dataset"], cell["report"])
        source = next(one for one in self.action("jichitai_source_list") if one["datasets"])
        runs = self.action("jichitai_source_show", id=source["id"])["runs"]
        return Facts(
            item=table["item"],
            town=towns["name"],
            dataset=faulty[0],
            resource=faulty[1],
            merged=table["dataset"],
            source=source["id"],
            run=runs[0]["run"],
            row=row["rows"][0]["row_id"] if isinstance(row, dict) else row[0]["row_id"],
        )

    def _faulty(self) -> tuple[str, str] | None:
        """A dataset and its file of which only some rows are usable."""
        found = self.action("package_search", rows=1000, fq='vocab_jichitai_verdict:"partial"')["results"]
        files = [(one["name"], file) for one in found for file in one["resources"]]
        return next(((name, file["id"]) for name, file in files if file.get("verdict") == "partial"), None)


def _organization(site: Site, dataset: str) -> str:
    return site.action("package_show", id=dataset)["organization"]["id"]
