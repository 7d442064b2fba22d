"""What one stack is told, and the places that follow from it.

Two checkouts with other VAR, PORT and DEMO_PORT run side by side: every private port follows from PORT,
or is the next free one, and is then kept in VAR/ports.json.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import secrets
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from deploy.problems import Problem

CHECKOUT = Path(__file__).resolve().parent.parent
SOURCES = 63  # the 62 municipalities and Tokyo itself, one loopback port each
OUTSIDE = ("CKAN_SQLALCHEMY_URL", "CKAN_DATASTORE_WRITE_URL", "CKAN_DATASTORE_READ_URL",
           "CKAN_SOLR_URL", "CKAN_REDIS_URL")  # fmt: skip
SOCKET_LIMIT = 90  # a unix socket's whole path may have 107 bytes


@dataclass(frozen=True)
class Settings:
    """One stack: where it lives, what it answers, what it is told by the environment."""

    var: Path
    port: int
    demo_port: int
    contact: str
    demo_files: str
    live: bool
    outside: dict[str, str]
    """CKAN's own variables, where set: those services are not ours and are not started."""

    @property
    def venv(self) -> Path:
        return self.var / "venv"

    @property
    def ini(self) -> Path:
        return self.var / "ckan.ini"

    @property
    def logs(self) -> Path:
        return self.var / "logs"

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def services(self) -> Services:
        return Services(self.var, first=20_000 + self.port * 8 % 12_000)

    @property
    def test_services(self) -> Services:
        return Services(self.var / "test", first=20_004 + self.port * 8 % 12_000)

    def bin(self, name: str) -> str:
        return str(self.venv / "bin" / name)


@dataclass(frozen=True)
class Services:
    """One PostgreSQL, Redis and Solr with their data. `first`: the port to begin looking at."""

    root: Path
    first: int

    @property
    def testing(self) -> bool:
        """Throwaway data: speed before safety."""
        return self.root.name == "test"

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    @property
    def run(self) -> Path:
        """A folder for sockets; outside only where the path would be too long for one."""
        inside = self.root / "run"
        if len(os.fsencode(inside)) < SOCKET_LIMIT - len("supervisor.sock"):
            return inside
        return (
            Path(tempfile.gettempdir()) / f"jichitai-{hashlib.sha256(os.fsencode(inside)).hexdigest()[:12]}"
        )

    def port(self, name: str) -> int:
        """The port of `postgres`, `redis` or `solr`, chosen once for all three."""
        path = self.root / "ports.json"
        if not path.exists():
            first = next(
                (p for p in range(self.first, self.first + 8_000, 8) if all(map(free, (p, p + 1, p + 2)))), 0
            )
            if not first:
                raise Problem(
                    "No three free ports were found on 127.0.0.1; stop a program that holds many of them."
                )
            write(
                path,
                json.dumps(dict(zip(("postgres", "redis", "solr"), range(first, first + 3), strict=True))),
            )
        return json.loads(path.read_text())[name]

    def secret(self, name: str) -> str:
        """A password that is made once and kept; for throwaway data it is CKAN's own `pass`."""
        if self.testing:
            return "pass"
        path = self.root / "secrets.json"
        known = json.loads(path.read_text()) if path.exists() else {}
        if name not in known:
            known[name] = secrets.token_urlsafe(32)
            write(path, json.dumps(known, indent=1), mode=0o600)
        return known[name]


def free(port: int) -> bool:
    """Nobody listens on this port of 127.0.0.1."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def write(path: Path, text: str, mode: int = 0o644) -> bool:
    """Write a whole file or nothing. True where that changed it."""
    if path.exists() and path.read_text("utf-8") == text:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(path.name + ".new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    fresh.replace(path)
    return True


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """One command at a time works on a folder's services; the next one waits."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def from_environment(live: bool = False) -> Settings:
    """The settings that the Makefile hands over; a wrong one is refused with its name."""
    env = os.environ
    return Settings(
        var=(CHECKOUT / (env.get("VAR") or "var")).resolve(),
        port=_number("PORT", 5000),
        demo_port=_number("DEMO_PORT", 18000, last=65_535 - SOURCES),
        contact=env.get("CONTACT") or "",
        demo_files=str((CHECKOUT / env["DEMO_FILES"]).resolve()) if env.get("DEMO_FILES") else "",
        live=live,
        outside={name: env[name] for name in OUTSIDE if env.get(name)},
    )


def _number(name: str, default: int, last: int = 65_535) -> int:
    text = os.environ.get(name) or str(default)
    if not text.isdecimal() or not 0 < int(text) <= last:
        raise Problem(
            f"{name}={text} is not a port; give a number from 1 to {last}, for example {name}={default}."
        )
    return int(text)
