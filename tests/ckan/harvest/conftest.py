"""A CKAN portal on loopback whose records and moods a test sets, and the harvest told to ask it."""

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
import sqlalchemy as sa
from ckan import model

from ckanext.jichitai.core.catalog.values import Source
from ckanext.jichitai.harvest import run, sources
from ckanext.jichitai.net import Fetcher, Limits

PLUGINS = "jichitai_harvest jichitai_definitions scheming_datasets scheming_organizations datastore activity"


def pytest_collection_modifyitems(items):
    for item in items:
        if "/ckan/harvest/" in str(item.path):
            item.add_marker(pytest.mark.ckan_config("ckan.plugins", PLUGINS))


class Portal:
    """A portal. mood: "" well, or html, silent, not_json, refused, counts_wrong, error."""

    def __init__(self):
        self.records: dict[str, dict] = {}
        self.files: dict[str, bytes] = {}
        self.repeated: list[dict] | None = None  # the list as it is given, instead of the records
        self.feed: dict[str, dict] = {}  # what only the feed still has
        self.mood, self.asked = "", []
        handler = type("Handler", (_Handler,), {"portal": self})
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def put(self, name, title, files=("list.csv",), **more):
        """A dataset of the portal; its id is made from its name."""
        self.files |= {f"{name}-{file}": f"a,b\n{name},{file}\n".encode() for file in files}
        resources = [
            {"id": f"{name}-{file}", "name": file, "format": "CSV", "url": f"{self.url}/files/{name}-{file}"}
            for file in files
        ]
        self.records[name] = {
            "id": f"id-{name}",
            "name": name,
            "title": title,
            "state": "active",
            "private": False,
            "notes": "",
            "license_id": "cc-by",
            "tags": [],
            "extras": [],
            "resources": resources,
            **more,
        }


class _Handler(BaseHTTPRequestHandler):
    portal: Portal

    def do_GET(self):
        parts = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        self.portal.asked.append(self.path)
        if parts.path == "/robots.txt":
            return self._send(404, b"", "text/plain")
        if parts.path.startswith("/files/"):
            return self._file(unquote(parts.path.removeprefix("/files/")))
        if parts.path == "/catalog.ttl":
            return self._send(200, _turtle(self.portal).encode(), "text/turtle")
        mood = self.portal.mood
        if mood == "silent":
            time.sleep(2)
        if mood == "error":
            return self._send(500, b"broken", "text/plain")
        if mood == "html":
            return self._send(200, b"<!doctype html><title>maintenance</title>", "text/html")
        if mood == "not_json":
            return self._send(200, b'{"success": tr', "application/json")
        if mood == "refused":
            return self._json({"success": False})
        if parts.path.endswith("/package_show"):
            found = next((r for r in self.portal.records.values() if r["id"] == asked["id"]), None)
            return (
                self._json({"success": True, "result": found})
                if found
                else self._send(404, b"{}", "text/json")
            )
        start, rows = int(asked.get("start", 0)), int(asked.get("rows", 10))
        records = self.portal.repeated or sorted(self.portal.records.values(), key=lambda one: one["id"])
        count = len(records) + (2 if mood == "counts_wrong" else 0)
        return self._json(
            {"success": True, "result": {"count": count, "results": records[start : start + rows]}}
        )

    def _file(self, name):
        body = self.portal.files.get(name)
        if body is None:
            return self._send(404, b"", "text/plain")
        mark = f'"{len(body)}-{hash(body)}"'
        if self.headers.get("If-None-Match") == mark:
            return self._send(304, b"", "text/csv", mark)
        return self._send(200, body, "text/csv", mark)

    def _json(self, value):
        self._send(200, json.dumps(value).encode(), "application/json")

    def _send(self, status, body, kind, mark=None):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if mark:
            self.send_header("ETag", mark)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words):
        pass


def _turtle(portal):
    """The portal's records as a DCAT feed: other keys, other pages, the same identifiers and files."""
    lines = ["@prefix d: <http://www.w3.org/ns/dcat#> . @prefix t: <http://purl.org/dc/terms/> ."]
    lines += ["@prefix a: <http://www.w3.org/ns/adms#> .", f"<{portal.url}/feed> a d:Catalog ."]
    for name, record in (portal.records | portal.feed).items():
        files = " ".join(
            f"d:distribution [ d:downloadURL <{file['url']}> ] ;" for file in record["resources"]
        )
        lines.append(
            f'<{portal.url}/feed/{name}> a d:Dataset ; t:title "{record["title"]}" ; {files}'
            f' t:identifier "feed-{name}" ; a:identifier "{record["id"]}-of-the-portal" .'
        )
    return "\n".join(lines)


@pytest.fixture
def portal() -> Iterator[Portal]:
    made = Portal()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """A fetcher that may ask loopback and does not wait long, for nothing and nobody."""
    monkeypatch.setattr("ckanext.jichitai.net.fetch.WAITS", (0.01, 0.01, 0.01))
    limits = Limits(silence=1, request=1.6, file=1.6)
    monkeypatch.setattr(run, "fetcher", lambda: Fetcher(["127.0.0.0/8:1-65535"], limits=limits))


@pytest.fixture
def source(clean_db, municipality, town, portal):
    """The portal as a source of the municipality, on, its first plan not held."""
    sources.load([Source(id="one-ckan", municipality=town.code, type="ckan", url=portal.url)])
    model.Session.commit()
    return sources.get("one-ckan")


@pytest.fixture
def harvest():
    """Harvest these sources (or all) and give the report."""

    def go(*names, **how):
        wanted = [one for one in sources.every() if one.enabled and (not names or one.id in names)]
        return run.harvest(wanted, trigger="source", **how)

    return go


@pytest.fixture
def later(monkeypatch):
    """Plan as if so many hours had passed."""

    def at(hours):
        import datetime as dt

        from ckanext.jichitai.bridge.rulebook import now
        from ckanext.jichitai.harvest import source_run

        moment = (now() + dt.timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M:%SZ")
        monkeypatch.setattr(source_run, "moment", lambda: moment)

    return at


def outcome(report, source="one-ckan"):
    """(outcome, fault) of a source in a report."""
    found = next(one for one in report.outcomes if one.source_id == source)
    return found.outcome, found.fault


def count(table, **where):
    """Rows of a table."""
    statement = sa.select(sa.func.count()).select_from(sa.text(table))
    for name, value in where.items():
        statement = statement.where(sa.text(f"{name} = :{name}").bindparams(**{name: value}))
    return model.Session.execute(statement).scalar_one()
