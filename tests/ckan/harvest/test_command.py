"""`ckan jichitai harvest` as cron calls it: exit codes, silence, and what a kill leaves behind."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
from ckan import model
from ckan.plugins import toolkit as tk
from click.testing import CliRunner

from ckanext.jichitai.harvest import index, sources
from ckanext.jichitai.harvest.cli import jichitai
from ckanext.jichitai.harvest.model import run as run_table

from .conftest import PLUGINS, count

pytestmark = pytest.mark.usefixtures("source", "clean_index")

KILLED = """
import os
from ckanext.jichitai.harvest import index, run, sources
from ckanext.jichitai.net import Fetcher
run.fetcher = lambda: Fetcher(["127.0.0.0/8:1-65535"])
{where}
run.harvest(sources.every(), trigger="all")
"""


@pytest.fixture
def call():
    def go(*words):
        done = CliRunner().invoke(jichitai, words)
        return done.exit_code, done.output

    return go


def test_cron_hears_nothing_when_nothing_is_wrong(portal, call):
    portal.put("toilet", "公衆トイレ一覧")
    assert call("harvest", "--due") == (0, "")
    assert count("package") == 1
    assert call("harvest", "--due") == (0, "")  # nothing is due
    assert len([path for path in portal.asked if "package_search" in path]) == 2


def test_cron_hears_what_is_wrong(portal, call):
    portal.mood = "html"
    code, words = call("harvest", "--due")
    assert code == 1
    assert words.startswith("one-ckan: failed (html_page")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["harvest", "--source", "none"], "There is no source none"),
        (["sources", "show", "none"], "There is no source none"),
        (["plans", "approve", "99"], "There is no plan 99"),
    ],
)
def test_wrong_usage_is_2_and_says_what_to_do(call, words, said):
    code, told = call(*words)
    assert (code, said in told) == (2, True)


def test_a_public_server_is_not_asked_without_a_contact(call, monkeypatch, portal):
    from ckanext.jichitai.harvest import run
    from ckanext.jichitai.net import Fetcher

    monkeypatch.setattr(run, "fetcher", lambda: Fetcher([]))
    sources.change("one-ckan", {"url": "http://1.1.1.1"})
    model.Session.commit()
    code, told = call("harvest", "--all")
    assert (code, "contact" in told) == (2, True)


def test_a_dry_run_prints_the_plan(portal, call):
    portal.put("toilet", "公衆トイレ一覧")
    code, told = call("harvest", "--all", "--dry-run")
    assert code == 0
    assert "+ one-ckan-toilet  公衆トイレ一覧" in told
    assert count("package") == 0


def test_sources_are_turned_off_and_on(call):
    assert call("sources", "disable", "one-ckan")[0] == 0
    assert "off" in call("sources", "list")[1]
    assert call("harvest", "--source", "one-ckan")[0] == 2
    assert call("sources", "enable", "one-ckan")[0] == 0
    assert call("sources", "permit", "one-ckan", "--by", "the ward", "--note", "mail")[0] == 0
    assert sources.get("one-ckan").settings.permission.by == "the ward"


def test_a_source_is_added_from_a_row(call, town, portal):
    row = f"{{id: new-ckan, municipality: '{town.code}', type: ckan, url: '{portal.url}'}}"
    done = CliRunner().invoke(jichitai, ["sources", "add", "-"], input=row)
    assert (done.exit_code, "new-ckan added" in done.output) == (0, True)
    assert not sources.get("new-ckan").enabled
    portal.put("toilet", "公衆トイレ一覧")
    assert "公衆トイレ一覧" in call("sources", "preview", "new-ckan")[1]
    again = CliRunner().invoke(jichitai, ["sources", "add", "-"], input=row)
    assert again.exit_code == 2
    assert call("sources", "remove", "new-ckan")[0] == 0
    assert call("sources", "show", "new-ckan")[0] == 2


def test_reconcile_finds_and_mends_a_dataset_that_is_not_indexed(portal, harvest, call):
    portal.put("toilet", "公衆トイレ一覧")
    harvest()
    assert call("reconcile") == (0, "")
    from ckan.lib.search import clear

    clear("one-ckan-toilet")
    tk.get_action("package_show")({"ignore_auth": True}, {"id": "one-ckan-toilet"})
    assert call("reconcile")[0] == 1
    code, told = call("reconcile", "--repair")
    assert code == 0, told


@pytest.mark.parametrize(
    "where",
    [
        "index.drain = lambda told=None: os._exit(9) if index.waiting() else 0",
        "from ckanext.jichitai.harvest import ledger; ledger.misses = lambda *_: os._exit(9)",
        "from ckanext.jichitai.harvest import plans; plans.settle = lambda *_: os._exit(9)",
        "from ckanext.jichitai.bridge import feed; feed.add = lambda *_: os._exit(9)",
    ],
)
def test_a_kill_anywhere_is_as_if_it_had_not_been(portal, harvest, tmp_path, where):
    for name in ("a-a", "b-b", "c-c"):
        portal.put(name, name)
    killed = _python(tmp_path, KILLED.format(where=where))
    assert killed.returncode == 9, killed.stderr
    report = harvest()
    assert report.exit_code == 0
    assert index.waiting() == 0
    assert count("package", state="active") == 3
    assert count("jichitai_record") == 3
    found = tk.get_action("package_search")({}, {"q": "source_id:one-ckan"})
    assert found["count"] == 3
    states = model.Session.execute(sa.select(run_table.c.state).order_by(run_table.c.id)).scalars().all()
    assert states == ["interrupted", "done"]
    assert harvest().outcomes[0].outcome == "unchanged"


def _python(folder, script):
    """Run a script inside a CKAN of its own process, on the same services."""
    text = Path("test.ini").read_text("utf-8")
    ini = folder / "killed.ini"
    ini.write_text(re.sub("(?m)^ckan.plugins = .*$", f"ckan.plugins = {PLUGINS}", text), "utf-8")
    begin = (
        "from ckan.cli import load_config\nfrom ckan.config.middleware import make_app\n"
        f"make_app(load_config({str(ini)!r}))\n"
    )
    return subprocess.run(
        [sys.executable, "-c", begin + script], env=os.environ, capture_output=True, text=True, check=False
    )
