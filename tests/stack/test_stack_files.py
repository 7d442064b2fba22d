"""The files that the stack writes: CKAN's, nginx's and the supervisor's settings, the search schema."""

import configparser
import os
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from pathlib import Path

import ckan
import pytest

from deploy import catalog, launch, state, supervisor, web
from deploy import settings as told
from deploy.problems import Problem
from solr import schema


@pytest.fixture
def stack(monkeypatch, tmp_path):
    for name in told.OUTSIDE:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("VAR", str(tmp_path))
    monkeypatch.setenv("PORT", "5999")
    return told.from_environment()


def options(settings) -> dict[str, str]:
    parser = configparser.RawConfigParser()
    parser.optionxform = str
    parser.read(settings.ini, encoding="utf-8")
    return dict(parser["app:main"])


def test_settings_are_complete_and_private(stack):
    assert catalog.configure(stack)
    assert "{{" not in stack.ini.read_text()
    assert stack.ini.stat().st_mode & 0o777 == 0o600
    assert options(stack)["ckan.site_url"] == "http://localhost:5999"
    assert not catalog.configure(stack), "a second time changes nothing"


def test_only_the_demonstration_may_be_fetched_from_loopback(stack):
    catalog.configure(stack)
    last = stack.demo_port + told.SOURCES - 1
    assert options(stack)["ckanext.jichitai.fetch.allow"] == f"127.0.0.0/8:{stack.demo_port}-{last}"


def test_live_fetches_from_the_packaged_list_and_not_from_loopback(stack):
    live = told.Settings(**{**vars(stack), "live": True})
    catalog.configure(live)
    assert options(live)["ckanext.jichitai.harvest.sources"] == "tokyo"
    assert "ckanext.jichitai.fetch.allow" not in options(live)


def test_the_operators_own_lines_win(stack):
    (stack.var / "site.ini").write_text("ckan.site_title = 私の町\nckan.max_resource_size = 20\n", "utf-8")
    catalog.configure(stack)
    assert options(stack)["ckan.site_title"] == "私の町"
    assert options(stack)["ckan.max_resource_size"] == "20"


def test_nginx_settings_are_complete(stack):
    web.configure(stack)
    assert "{{" not in (stack.var / "nginx.conf").read_text()


def test_supervisor_reads_back_what_was_meant(stack):
    odd = supervisor.Program("odd", ["printf", "%s", 'a "b" c\\d'], env={"WORDS": "1,2 % 3"})
    supervisor.configure(stack, stack.services, [odd])
    from supervisor.options import ServerOptions

    options = ServerOptions()
    options.realize(["-c", str(stack.var / "supervisord.conf")])
    program = options.process_group_configs[0].process_configs[0]
    assert program.environment["WORDS"] == "1,2 % 3"
    import shlex

    assert shlex.split(program.command)[-1] == 'a "b" c\\d'


def test_a_demonstration_and_the_real_sources_do_not_share_a_folder(stack):
    state.State(stack).same_kind(stack)
    with pytest.raises(Problem, match="make live VAR="):
        state.State(stack).same_kind(told.Settings(**{**vars(stack), "live": True}))


def test_what_a_killed_program_left_behind_is_ended(tmp_path):
    file = tmp_path / "odd.group"
    child = "import subprocess; print(subprocess.Popen(['sleep', '60']).pid, flush=True); input()"
    leader = subprocess.Popen(
        [sys.executable, launch.__file__, str(file), sys.executable, "-c", child],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    orphan = int(leader.stdout.readline())
    leader.kill()
    leader.wait()
    assert Path("/proc", str(orphan)).exists()
    launch.end_leftovers(file)
    deadline = time.monotonic() + 5
    while _runs(orphan) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _runs(orphan)


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_group_whose_leader_lives_is_left_alone(tmp_path):
    file = tmp_path / "odd.group"
    other = subprocess.Popen(["sleep", "60"], start_new_session=True)
    file.write_text(f"{other.pid} {launch._boot()}")
    launch.end_leftovers(file)
    assert other.poll() is None
    other.kill()
    other.wait()


def test_the_search_schema_is_ckans_made_over(tmp_path):
    source = Path(os.path.dirname(ckan.__file__), "config", "solr", "schema.xml")
    schema.build(source, tmp_path)
    made = ET.parse(tmp_path / "schema.xml").getroot()
    assert made.get("name") == ET.parse(source).getroot().get("name"), "CKAN asks for this name at its start"
    assert made.find("types/fieldType[@name='text']//tokenizer").get("name") == "japanese"
    assert {"title_bigram", "title_reading", "title_exact", "text_bigram"} <= {
        f.get("name") for f in made.iter("field")
    }


def test_a_schema_that_lacks_what_is_replaced_is_refused(tmp_path):
    bad = tmp_path / "schema.xml"
    bad.write_text("<schema><types/></schema>")
    with pytest.raises(SystemExit, match="must be looked at"):
        schema.build(bad, tmp_path / "conf")


@pytest.mark.parametrize(("written", "folded"), [("AED", "aed"), ("ＷｉＦｉ", "wifi"), ("ﾄｲﾚ", "トイレ")])
def test_synonyms_take_the_form_that_a_query_gets(written, folded):
    assert schema.folded(written) == folded
