"""A private Solr: its jars by Maven, its cores from CKAN's own schema."""

from __future__ import annotations

import filecmp
import json
import shutil
import sys
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path

from deploy.packages import unreachable
from deploy.problems import Problem
from deploy.settings import CHECKOUT, Services, Settings
from deploy.steps import Failed, Steps
from deploy.supervisor import Program

SOURCE = CHECKOUT / "solr"
LOOPBACK = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def fetch(settings: Settings, steps: Steps) -> None:
    """The server as jars, once for every pom.xml."""
    lib, pom = _lib(settings), SOURCE / "pom.xml"
    if (lib / "pom.xml").exists() and filecmp.cmp(pom, lib / "pom.xml", shallow=False):
        return
    shutil.rmtree(lib, ignore_errors=True)
    try:
        steps.run(["mvn", "-B", "-ntp", "-f", pom, "dependency:copy-dependencies", f"-DoutputDirectory={lib}",
                   "-DincludeScope=runtime"])  # fmt: skip
    except FileNotFoundError:
        raise Problem(
            "Maven (mvn), which fetches Solr, was not found; install it: apt-get install -y maven"
        ) from None
    except Failed as failed:
        raise unreachable("Maven Central or your mirror of it", failed) from None
    shutil.copy(pom, lib / "pom.xml")


def program(settings: Settings, services: Services) -> Program:
    java = shutil.which("java")
    if not java:
        raise Problem(
            "Java, which Solr needs, was not found; install it: apt-get install -y default-jdk-headless"
        )
    home = services.root / "solr"
    home.mkdir(parents=True, exist_ok=True)
    memory = "256m" if services.testing else "512m"
    argv = [java, "-Xms64m", f"-Xmx{memory}", "-XX:+UseSerialGC", "-Djava.awt.headless=true", "-Dfile.encoding=UTF-8",
            f"-Dlog4j2.configurationFile={SOURCE / 'log4j2.xml'}", f"-Dsolr.solr.home={home}",
            f"-Dsolr.install.dir={home}", f"-Dsolr.log.dir={services.logs}",
            "-cp", f"{_lib(settings)}/*", str(SOURCE / "Launcher.java"), str(services.port("solr"))]  # fmt: skip
    return Program("solr", argv, priority=10)


def core(settings: Settings, services: Services, name: str, steps: Steps) -> bool:
    """The folder of a core, made anew from CKAN's schema and known to the server. True where it changed."""
    folder = services.root / "solr" / name
    shutil.copy(SOURCE / "solr.xml", _made(services.root / "solr") / "solr.xml")
    fresh = folder / "conf.new"
    steps.run([sys.executable, SOURCE / "schema.py", ckan_schema(settings), fresh])
    names = [path.name for path in fresh.iterdir()]
    _, different, missing = filecmp.cmpfiles(fresh, _made(folder / "conf"), names, shallow=False)
    shutil.copytree(fresh, folder / "conf", dirs_exist_ok=True)
    shutil.rmtree(fresh)
    attach(services, name, changed := bool(different or missing))
    return changed


def attach(services: Services, name: str, changed: bool) -> None:
    """A server that starts finds the core by its file; one that runs must be told."""
    if not ready(services):
        (services.root / "solr" / name / "core.properties").write_text(f"name={name}\n")
        return
    admin = f"http://127.0.0.1:{services.port('solr')}/solr/admin/cores?wt=json&action="
    if not json.loads(get(f"{admin}STATUS&core={name}&indexInfo=false"))["status"].get(name):
        (services.root / "solr" / name / "core.properties").unlink(
            missing_ok=True
        )  # CREATE writes it, and only then
        get(f"{admin}CREATE&name={name}&instanceDir={name}", timeout=60)
    elif changed:
        get(f"{admin}RELOAD&core={name}", timeout=60)


def ready(services: Services, name: str = "") -> bool:
    """The server answers, or the core of this name does."""
    path = f"{name}/admin/ping" if name else "admin/cores?action=STATUS&indexInfo=false"
    try:
        get(f"http://127.0.0.1:{services.port('solr')}/solr/{path}")
    except (OSError, urllib.error.URLError):
        return False
    return True


def url(services: Services, name: str) -> str:
    return f"http://127.0.0.1:{services.port('solr')}/solr/{name}"


def ckan_schema(settings: Settings) -> Path:
    found = list((settings.venv / "lib").glob("python*/site-packages/ckan/config/solr/schema.xml"))
    if not found:
        raise Problem(f"CKAN is not in {settings.venv}; remove that folder and run the command again.")
    return found[0]


def get(address: str, timeout: float = 5, ok: Sequence[int] = (200,)) -> str:
    """A page from loopback, never through a proxy. Raises OSError for a status that is not in ok."""
    try:
        with LOOPBACK.open(address, timeout=timeout) as answer:
            return answer.read().decode("utf-8", "replace")
    except urllib.error.HTTPError as error:
        if error.code not in ok:
            raise
        return error.read().decode("utf-8", "replace")


def _lib(settings: Settings) -> Path:
    return settings.var / "solr-lib"


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder
