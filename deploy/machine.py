"""Whether the machine can carry the stack: disk and ports, looked at before anything is changed."""

from __future__ import annotations

import shutil

from deploy.problems import Problem
from deploy.settings import SOURCES, Settings, free

DISK = 3 * 10**9  # bytes: packages, index, 900 files and their tables


def disk(settings: Settings) -> None:
    settings.var.mkdir(parents=True, exist_ok=True)
    left = shutil.disk_usage(settings.var).free
    if left < DISK:
        raise Problem(
            f"Only {left / 1e9:.1f} GB are free where {settings.var} is and {DISK / 1e9:.0f} GB are needed; "
            "free some, or name a folder on another disk: make up VAR=/path"
        )


def ports(settings: Settings) -> None:
    """To be asked only while nothing of ours runs."""
    if not free(settings.port):
        raise Problem(
            f"Port {settings.port} is taken by another program; stop that, or choose another: "
            f"make up PORT={settings.port + 1}"
        )
    if not settings.live:
        wanted = range(settings.demo_port, settings.demo_port + SOURCES)
        if taken := next((port for port in wanted if not free(port)), None):
            raise Problem(
                f"Port {taken}, wanted for the demonstration sources, is taken by another program; choose "
                f"{SOURCES} free ones by their first: make up DEMO_PORT={settings.demo_port + 1000}"
            )
    services = settings.services
    if (kept := services.root / "ports.json").exists() and not all(
        free(services.port(name)) for name in ("postgres", "redis", "solr")
    ):
        kept.unlink()  # somebody else took one while we were down: choose anew
