"""What must be installed: system packages by apt, Python's in VAR/venv by pip.

A package is known to be there by what it brings, not by its name, so that any distribution will do whose
administrator installed the programs.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import sysconfig
from collections.abc import Callable, Iterable, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from deploy.problems import OURS, Problem
from deploy.settings import CHECKOUT, Settings, write
from deploy.steps import Failed, Steps

Proof = Callable[[], bool]


def _command(name: str) -> Proof:
    return lambda: bool(shutil.which(name) or Path("/usr/sbin", name).exists())


def _file(pattern: str) -> Proof:
    return lambda: any(Path("/").glob(pattern))


SERVICES: dict[str, dict[str, Proof]] = {
    "postgres": {"postgresql": _file("usr/lib/postgresql/*/bin/initdb")},
    "redis": {"redis-server": _command("redis-server")},
    "solr": {"default-jdk-headless": _command("javac"), "maven": _command("mvn")},
}
STACK: dict[str, Proof] = {
    "nginx": _command("nginx"),
    "libmagic1": _file("usr/lib/*/libmagic.so.1"),
    "libpq-dev": _command("pg_config"),
    "gcc": _command("gcc"),
    "python3-dev": lambda: Path(sysconfig.get_path("include"), "Python.h").exists(),
    "python3-venv": lambda: find_spec("ensurepip") is not None,
}
TESTS: dict[str, Proof] = {
    "chromium": _command("chromium"),
    "nodejs": _command("node"),  # pyright is a Node program, and would fetch one of its own
    "fonts-noto-cjk": _file("usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"),
}
UNREACHABLE = ("Temporary failure", "Could not resolve", "Connection", "timed out", "No matching distribution",
               "Unable to locate", "Failed to fetch", "Network is unreachable", "Max retries", "Could not transfer")  # fmt: skip
WEB = ("ckan[requirements]", "gunicorn", "supervisor")  # what a site brings itself, and our package does not


def stack(private: Iterable[str]) -> dict[str, Proof]:
    """What a stack with these private services needs."""
    return {name: proof for service in sorted(private) for name, proof in SERVICES[service].items()} | STACK


def system(steps: Steps, wanted: dict[str, Proof]) -> None:
    """Install what is missing. Raises Problem with the one line to run where that is not ours to do."""
    missing = [name for name, there in wanted.items() if not there()]
    if not missing:
        return
    line = f"apt-get update && apt-get install -y --no-install-recommends {' '.join(missing)}"
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise Problem(
            f"Packages are missing. Run this line, then the same make again:\n\n    sudo sh -c '{line}'\n"
        )
    with _nothing_started():
        try:
            steps.run(["apt-get", "-q", "update"])
            steps.run(["apt-get", "-q", "install", "-y", "--no-install-recommends", *missing],
                      env={"DEBIAN_FRONTEND": "noninteractive"})  # fmt: skip
        except Failed as failed:
            raise unreachable("Debian's packages", failed) from None
    if still := [name for name in missing if not wanted[name]()]:
        raise Problem(f"Installed, but not usable: {', '.join(still)}. Please install them by hand.")


def python(settings: Settings, steps: Steps, extras: Sequence[str]) -> bool:
    """The virtual environment with our package in it. True where anything was installed."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this file is what says so
        raise Problem(f"Python 3.11 or later is needed; `python3` here is {sys.version.split()[0]}.")
    stamp, now = settings.var / f"installed-{'-'.join(extras)}", _digest()
    if stamp.exists() and stamp.read_text() == now and Path(settings.bin("ckan")).exists():
        return False
    try:
        if not Path(settings.bin("pip")).exists():
            steps.run([sys.executable, "-m", "venv", settings.venv])
        steps.run([settings.bin("pip"), "install", "--disable-pip-version-check", "--no-input", "-c", "constraints.txt",
                   *WEB, "-e", f".[{','.join(extras)}]"])  # fmt: skip
    except Failed as failed:
        raise unreachable("the Python package index", failed) from None
    write(stamp, now)
    return True


def site_packages(settings: Settings) -> Path:
    found = list((settings.venv / "lib").glob("python*/site-packages"))
    if not found:
        raise Problem(f"There is no virtual environment in {settings.venv}; run `make up` first.")
    return found[0]


def _digest() -> str:
    """What the installed set follows from."""
    digest = hashlib.sha256()
    for name in ("setup.py", "pyproject.toml", "constraints.txt"):
        digest.update((CHECKOUT / name).read_bytes())
    return digest.hexdigest()


def unreachable(what: str, failed: Failed) -> Problem:
    output = "\n".join(failed.lines)
    if any(word in output for word in UNREACHABLE):
        return Problem(
            f"Something could not be had from {what}. Check the network or the proxy, then run the same make "
            f"again; it goes on where it stopped. What the program said is in {failed.log}."
        )
    return Problem(str(failed), OURS)


@contextmanager
def _nothing_started():
    """Debian starts a server as it installs it. We want the programs alone, on ports of our own."""
    policy = Path("/usr/sbin/policy-rc.d")
    if policy.exists():
        yield
        return
    policy.write_text("#!/bin/sh\nexit 101\n")
    policy.chmod(0o755)
    try:
        yield
    finally:
        policy.unlink()
