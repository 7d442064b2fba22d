"""A private Redis for sessions and the job queue; nothing of the system's configuration is read."""

from __future__ import annotations

import shutil
import socket

from deploy.problems import Problem
from deploy.settings import Services
from deploy.supervisor import Program


def program(services: Services) -> Program:
    server = shutil.which("redis-server")
    if not server:
        raise Problem("redis-server was not found; install it: apt-get install -y redis-server")
    folder = services.root / "redis"
    folder.mkdir(parents=True, exist_ok=True)
    # A queue that is lost in a crash would leave files unchecked until the next sweep.
    durable = ["--appendonly", "no" if services.testing else "yes", "--appendfsync", "everysec", "--save", ""]
    secret = [] if services.testing else ["--requirepass", services.secret("redis")]
    argv = [server, "--port", str(services.port("redis")), "--bind", "127.0.0.1", "--protected-mode", "yes",
            "--dir", str(folder), "--databases", "64", "--daemonize", "no", *durable, *secret]  # fmt: skip
    return Program("redis", argv, priority=10)


def ready(services: Services) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", services.port("redis")), timeout=1) as link:
            link.sendall(b"PING\r\n")
            return link.recv(64).startswith((b"+PONG", b"-NOAUTH"))
    except OSError:
        return False


def url(services: Services, database: int = 0) -> str:
    secret = "" if services.testing else f":{services.secret('redis')}@"
    return f"redis://{secret}127.0.0.1:{services.port('redis')}/{database}"
