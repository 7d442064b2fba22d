"""The programs around CKAN: web server, nginx, workers, scheduler, demonstration sources."""

from __future__ import annotations

import os
import shutil
import socket
import urllib.error
from pathlib import Path

from deploy import solr, supervisor
from deploy.catalog import ckan, fill
from deploy.problems import Problem
from deploy.settings import CHECKOUT, Settings, write
from deploy.supervisor import Program

QUEUES = ("default", "jichitai", "jichitai-files")
WORKERS = 2


def programs(settings: Settings) -> list[Program]:
    """Everything in front of the data services. They find their settings by CKAN_INI."""
    env = {"CKAN_INI": str(settings.ini), "POLARS_MAX_THREADS": "2"}
    python, services, here = settings.bin("python"), settings.services, CHECKOUT / "deploy"
    gunicorn = [
        settings.bin("gunicorn"),
        "-c",
        str(here / "gunicorn.conf.py"),
        "-b",
        f"unix:{_socket(settings)}",
    ]
    nginx = [
        _nginx(),
        "-p",
        str(settings.var / "nginx"),
        "-c",
        str(settings.var / "nginx.conf"),
        "-g",
        "daemon off;",
    ]
    worker = ckan(settings, "jobs", "worker", *QUEUES)
    scheduler = [python, str(here / "scheduler.py"), settings.bin("ckan"), str(settings.ini)]
    keeper = [python, str(here / "keeper.py"), settings.bin("supervisord"), *supervisor.files(services)]
    return [
        Program("keeper", keeper, priority=5, alone=False),
        Program("web", [*gunicorn, "deploy.wsgi:application"], env=env, priority=30, stop_seconds=25),
        Program("nginx", nginx, stop="QUIT", priority=40),
        *(
            Program(f"worker-{n}", worker, env=env, priority=50, stop_seconds=60)
            for n in range(1, WORKERS + 1)
        ),
        Program("scheduler", scheduler, env=env, priority=60),
    ]


def demo(settings: Settings) -> Program:
    files = ["--files", settings.demo_files] if settings.demo_files else []
    argv = [settings.bin("python"), "-m", "demo", "serve", "--port", str(settings.demo_port), *files]
    return Program("demo", argv, priority=20)


def configure(settings: Settings) -> bool:
    """Write nginx's settings. True where they changed."""
    (settings.var / "nginx").mkdir(parents=True, exist_ok=True)
    (settings.var / "webassets").mkdir(parents=True, exist_ok=True)
    listen = [f"listen 127.0.0.1:{settings.port};"] + [f"listen [::1]:{settings.port};"] * _has_ipv6()
    words = {
        "user": "user root;" if os.geteuid() == 0 else "",
        "var": str(settings.var),
        "socket": _socket(settings),
        "listen": "\n        ".join(listen),
        "mime_types": "/etc/nginx/mime.types",
    }
    return write(
        settings.var / "nginx.conf", fill((CHECKOUT / "deploy" / "nginx.conf").read_text("utf-8"), words)
    )


def answers(settings: Settings, path: str = "/api/3/action/status_show") -> bool:
    """The website answers, through nginx, from CKAN."""
    try:
        solr.get(f"http://127.0.0.1:{settings.port}{path}", timeout=30)
    except (OSError, urllib.error.URLError):
        return False
    return True


def _socket(settings: Settings) -> str:
    return str(settings.services.run / "web.sock")


def _nginx() -> str:
    found = shutil.which("nginx") or ("/usr/sbin/nginx" if Path("/usr/sbin/nginx").exists() else "")
    if not found:
        raise Problem("nginx was not found; install it: apt-get install -y nginx")
    return found


def _has_ipv6() -> bool:
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True
