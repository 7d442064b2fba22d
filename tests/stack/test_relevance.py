"""The search core finds what people mean: 60 queries over the titles of a real catalog.

Asked of Solr with CKAN's own parameters, in a core of its own beside one with CKAN's stock schema.
Where the recorded catalog is not at hand, over the demonstration's titles, as far as they have answers.
"""

import gzip
import json
import re
import shutil
import urllib.parse
import urllib.request
from pathlib import Path

import pytest
import yaml
from ckan.lib.search.query import QUERY_FIELDS

from deploy import settings as told
from deploy import solr, supervisor, test_services
from deploy.steps import Steps

HERE = Path(__file__).parent
CATALOG = HERE.parents[2] / "shared" / "catalog" / "tokyo-packages-2022.jsonl.gz"
CASES = yaml.safe_load((HERE / "relevance.yaml").read_text("utf-8"))


def titles() -> list[dict[str, str]]:
    """id, title, notes, town, when."""
    if CATALOG.exists():
        lines = gzip.decompress(CATALOG.read_bytes()).decode("utf-8").splitlines()
        later = {row["name"]: row for row in map(json.loads, lines)}
        return [
            {"id": row["id"], "title": row["title"], "notes": row["notes"] or "", "when": row["metadata_modified"][:19],
             "town": (row["organization"] or {}).get("title", "")}
            for row in later.values()
        ]  # fmt: skip
    from demo.__main__ import publishers_of

    return [
        {
            "id": d.id,
            "title": d.title,
            "notes": d.notes,
            "when": f"{d.modified}T00:00:00",
            "town": p.municipality.name,
        }
        for p in publishers_of(None)[0]
        for d in p.datasets
    ]


def meant(case: dict, rows: list[dict[str, str]]) -> set[str]:
    """Ids of the rows that the pattern names."""
    wanted = [".*".join(map(re.escape, pattern.split("…"))) for pattern in case["any"]]
    return {
        row["id"] for row in rows
        if any(re.search(w, row["title"]) for w in wanted)
        and not any(word in row["title"] for word in case.get("none", []))
        and case.get("of", row["town"]) == row["town"]
    }  # fmt: skip


class Core:
    """A search core filled with the titles."""

    def __init__(self, url: str, rows: list[dict[str, str]]):
        self.url = url
        self.post({"delete": {"query": "*:*"}})
        self.post([
            {"index_id": row["id"], "id": row["id"], "site_id": "relevance", "title": row["title"], "notes": row["notes"],
             "extras_town": row["town"], "metadata_modified": row["when"] + "Z"}
            for row in rows
        ])  # fmt: skip

    def post(self, data: object) -> None:
        address = f"{self.url}/update?commit=true"
        kind = {"Content-Type": "application/json"}
        urllib.request.urlopen(urllib.request.Request(address, json.dumps(data).encode(), kind)).close()

    def ask(self, query: str) -> list[str]:
        """Ids of the first ten, with the parameters that CKAN's search sends."""
        parameters = {
            "q": query, "defType": "dismax", "q.op": "AND", "tie": "0.1", "mm": "2<-1 5<80%", "qf": QUERY_FIELDS,
            "df": "text", "sort": "score desc, metadata_modified desc", "fl": "id", "rows": "10", "wt": "json",
        }  # fmt: skip
        answer = solr.get(f"{self.url}/select?{urllib.parse.urlencode(parameters)}")
        return [found["id"] for found in json.loads(answer)["response"]["docs"]]


def judge(core: Core, rows: list[dict[str, str]]) -> tuple[float, float, list[str]]:
    """Mean reciprocal rank, mean recall in the first ten, and the queries that found nothing right."""
    ranks, recalls, empty = [], [], []
    for case in CASES:
        if not (right := meant(case, rows)):
            continue
        for query in case["queries"] + (case.get("real", []) if CATALOG.exists() else []):
            found = core.ask(query)
            ranks.append(next((1 / (place + 1) for place, one in enumerate(found) if one in right), 0.0))
            recalls.append(len(right & set(found)) / min(10, len(right)))
            empty += [query] if not ranks[-1] else []
    return sum(ranks) / len(ranks), sum(recalls) / len(recalls), empty


@pytest.fixture(scope="module")
def cores(tmp_path_factory) -> tuple[Core, Core, list[dict[str, str]]]:
    """Ours and CKAN's, the same titles in both."""
    settings = told.from_environment()
    steps = Steps(tmp_path_factory.mktemp("log") / "log", quiet=True)
    test_services.up(settings, "relevance", steps)
    services, name = settings.test_services, "stock"
    folder = services.root / "solr" / name
    if not solr.ready(services, name):
        shutil.copytree(
            services.root / "solr" / "ckan_relevance" / "conf", folder / "conf", dirs_exist_ok=True
        )
        shutil.copy(solr.ckan_schema(settings), folder / "conf" / "schema.xml")
        (folder / "conf" / "protwords.txt").touch()
        plain = (folder / "conf" / "solrconfig.xml").read_text("utf-8")
        plain = re.sub(r'<lst name="appends">.*?</lst>', "", plain, flags=re.DOTALL)
        (folder / "conf" / "solrconfig.xml").write_text(plain, "utf-8")
        solr.attach(services, name, changed=False)
        supervisor.wait("CKAN's own core", lambda: solr.ready(services, name), services, seconds=30)
    rows = titles()
    return Core(solr.url(services, "ckan_relevance"), rows), Core(solr.url(services, name), rows), rows


def test_what_people_type_finds_what_they_mean(cores, record_property):
    ours, stock, rows = cores
    rank, recall, empty = judge(ours, rows)
    print(f"first hit {rank:.2f}, recall in ten {recall:.2f}; CKAN's own schema: {judge(stock, rows)[:2]}")
    assert empty == []
    assert rank >= 0.80
    assert recall >= 0.95
