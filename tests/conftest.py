"""A whole stack of its own for tests that need one, made by the README's first command."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.running import ROOT, Stack

FIRST, LAST, STEP = 21_000, 31_000, 100  # where to look for 65 ports in a row


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """`make up` in a folder of its own, stopped at the end.

    JICHITAI_STACK names the folder of a stack that runs already, for work on single tests.
    """
    running = os.environ.get("JICHITAI_STACK")
    if running:
        yield _running(Path(running).resolve())
        return
    var = tmp_path_factory.mktemp("stack")
    # The packages are those of the environment that runs the tests; installing is tried by test_packaging.
    (var / "venv").symlink_to(sys.prefix)
    port, demo = _ports()
    environment = {**_plain(), "VAR": str(var), "PORT": str(port), "DEMO_PORT": str(demo)}
    began = time.monotonic()
    done = subprocess.run(
        ["make", "up"], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=1200, check=False
    )
    seconds = time.monotonic() - began
    try:
        assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-6000:]
        logins = json.loads((var / "logins.json").read_text())
        yield Stack(f"http://localhost:{port}", logins, environment, done.stdout, seconds)
    finally:
        subprocess.run(["make", "down"], cwd=ROOT, env=environment, capture_output=True, check=False)


def _running(var: Path) -> Stack:
    logins = json.loads((var / "logins.json").read_text())
    lines = (var / "ckan.ini").read_text().splitlines()
    url = next(line for line in lines if line.startswith("ckan.site_url")).partition("=")[2].strip()
    environment = {**_plain(), "VAR": str(var), "PORT": url.rpartition(":")[2]}
    return Stack(url, logins, environment, "", 0.0)


def _plain() -> dict[str, str]:
    """The environment without the services of the tests and without what was said to the `make` that runs
    them: MAKEFLAGS would hand its PORT on and win."""
    return {
        key: value for key, value in os.environ.items() if not key.startswith(("CKAN_", "MAKE", "MFLAGS"))
    }


def _ports() -> tuple[int, int]:
    """A port for the site and the first of 63 for the demonstration, all free now."""
    start = FIRST + os.getpid() % 50 * STEP
    for first in [*range(start, LAST, STEP), *range(FIRST, start, STEP)]:
        if all(_free(port) for port in range(first, first + 65)):
            return first, first + 1
    raise RuntimeError("no 65 free ports in a row")


def _free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
