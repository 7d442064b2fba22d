"""The README's first command: what it prints, how it comes back, how it heals."""

import json
import os
import re
import signal
import subprocess
import time
import urllib.request
from pathlib import Path

import psutil
import pytest

from tests.running import Stack


def get(url: str) -> tuple[int, bytes]:
    with urllib.request.urlopen(url, timeout=30) as answer:
        return answer.status, answer.read()


def action(stack: Stack, name: str) -> object:
    return json.loads(get(f"{stack.url}/api/3/action/{name}")[1])["result"]


def test_it_prints_address_logins_and_what_was_done(stack: Stack) -> None:
    if not stack.printed:
        pytest.skip("the stack was up before the tests")
    for words in (stack.url, stack.logins["operator"]["name"], stack.logins["clerk"]["name"]):
        assert words in stack.printed
    assert re.search(r"\b62\b", stack.printed)


def test_the_63_sources_are_in_the_catalog(stack: Stack) -> None:
    found = action(stack, "package_search?rows=0")
    assert found["count"] > 800
    cells = action(stack, "jichitai_coverage_show")["cells"]
    assert len({cell["municipality"] for cell in cells}) == 62
    assert len({cell["item"] for cell in cells}) == 27
    assert len(cells) == 62 * 27


def test_every_item_has_a_merged_table_with_rows(stack: Stack) -> None:
    tables = action(stack, "jichitai_merged_list")
    assert len(tables) == 27
    assert [table["item"] for table in tables if not table["rows"]] == []


def test_again_it_changes_nothing_and_is_quick(stack: Stack) -> None:
    before = action(stack, "package_search?rows=1&sort=metadata_modified+desc")["results"][0]
    began = time.monotonic()
    done = stack.make("up")
    assert done.returncode == 0, done.stdout + done.stderr
    assert time.monotonic() - began < 60  # 25 s on a quiet machine; the figure is told, not tested
    after = action(stack, "package_search?rows=1&sort=metadata_modified+desc")["results"][0]
    assert after["metadata_modified"] == before["metadata_modified"]


def test_a_second_harvest_changes_nothing(stack: Stack) -> None:
    def newest() -> object:
        found = action(stack, "package_search?rows=1&sort=metadata_modified+desc")
        return found["count"], found["results"][0]["metadata_modified"]

    before = newest()
    done = stack.ckan("jichitai", "harvest", "--all")
    assert done.returncode == 0, done.stdout + done.stderr
    assert newest() == before


def test_health_says_that_all_is_well(stack: Stack) -> None:
    status, body = get(f"{stack.url}/healthz")
    assert status == 200
    assert json.loads(body)["state"] in {"ok", "degraded"}


def programs(stack: Stack) -> dict[str, int]:
    """Program → process id, of those that run."""
    var = Path(stack.environment["VAR"])
    supervisorctl = [var / "venv/bin/supervisorctl", "-c", next(var.rglob("supervisord.conf")), "status"]
    lines = subprocess.run(supervisorctl, capture_output=True, text=True, check=False).stdout
    return {name: int(pid) for name, pid in re.findall(r"^(\S+)\s+RUNNING\s+pid (\d+)", lines, re.MULTILINE)}


def test_any_program_that_is_killed_comes_back_by_itself(stack: Stack) -> None:
    before = programs(stack)
    assert len(before) >= 8
    for name, pid in before.items():
        os.kill(pid, signal.SIGKILL)
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and programs(stack).get(name) in {None, pid}:
            time.sleep(0.5)
        assert programs(stack).get(name) not in {None, pid}, name
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline:
        try:
            if get(f"{stack.url}/dataset/")[0] == 200:
                return
        except OSError:
            time.sleep(1)
    raise AssertionError("the site did not come back")


def test_memory_of_the_whole_stack(stack: Stack) -> None:
    """3 GB at most: proportional shares where the kernel tells them, so that shared pages count once."""
    var = stack.environment["VAR"]
    total = 0
    for process in psutil.process_iter():
        try:
            environment = process.environ()
            if environment.get("VAR") == var or var in " ".join(process.cmdline()):
                total += process.memory_full_info().pss
        except (psutil.AccessDenied, psutil.NoSuchProcess, psutil.ZombieProcess):
            continue
    print(f"stack: {total / 2**20:.0f} MB")
    assert 0 < total < 3 * 2**30
