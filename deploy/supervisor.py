"""All programs under one supervisor, which starts again whatever dies.

A killed program is started again by supervisord; a killed supervisord by keeper.py. For that, every
program asks the kernel to be ended with its parent (setpriv --pdeathsig), so that the next supervisord
finds free ports.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from deploy.problems import OURS, Problem
from deploy.settings import CHECKOUT, Services, Settings, write
from deploy.steps import Steps

HEAD = """\
; Written by `python3 -m deploy`; changes are lost at the next start.
[supervisord]
logfile={root}/logs/supervisord.log
pidfile={root}/supervisord.pid
childlogdir={root}/logs
directory={checkout}
minfds=4096
user={user}

[unix_http_server]
file={socket}
chmod=0700

[rpcinterface:supervisor]
supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface

[supervisorctl]
serverurl=unix://{socket}
"""


@dataclass(frozen=True)
class Program:
    """One program. stop: the signal that ends it in good order; priority: lower starts earlier."""

    name: str
    argv: Sequence[str]
    env: Mapping[str, str] = field(default_factory=dict)
    stop: str = "TERM"
    priority: int = 50
    stop_seconds: int = 20
    alone: bool = True
    """Ends when supervisord does. Only the keeper outlives it."""


def configure(settings: Settings, services: Services, programs: Sequence[Program]) -> bool:
    """Write the configuration. True where it changed."""
    services.run.mkdir(parents=True, exist_ok=True)
    services.logs.mkdir(parents=True, exist_ok=True)
    user = "root" if os.geteuid() == 0 else str(os.geteuid())
    head = HEAD.format(root=services.root, checkout=CHECKOUT, socket=_socket(services), user=user)
    return write(
        _conf(services), "\n".join([head, *(_section(settings, services, p) for p in programs)]), mode=0o600
    )


def start(settings: Settings, services: Services, steps: Steps) -> None:
    """Supervisord up and every configured program started; those that run are left alone."""
    if not running(settings, services):
        _socket_file(services)
        steps.run([settings.bin("supervisord"), "-c", _conf(services)])
        wait("supervisord", lambda: running(settings, services), services, seconds=15)
    else:
        steps.run([*_ctl(settings, services), "update"])
    steps.run([*_ctl(settings, services), "start", "all"], ok=(0, 1, 7))  # 1, 7: some were running already


def restart(settings: Settings, services: Services, names: Sequence[str], steps: Steps) -> None:
    steps.run([*_ctl(settings, services), "restart", *names], ok=(0, 1, 7))


def stop(settings: Settings, services: Services) -> bool:
    """End everything in good order. False where nothing ran."""
    if not running(settings, services):
        return False
    pid = _pid(services)
    subprocess.run([*_ctl(settings, services), "shutdown"], check=False, capture_output=True)
    wait("the end of all programs", lambda: not _alive(pid), services, seconds=60)
    return True


def running(settings: Settings, services: Services) -> bool:
    if not _conf(services).exists() or not os.path.exists(settings.bin("supervisorctl")):
        return False
    return (
        _alive(_pid(services))
        and "refused" not in (answer := status(settings, services))
        and "no such file" not in answer
    )


def status(settings: Settings, services: Services) -> str:
    """What supervisorctl says: a line a program."""
    done = subprocess.run([*_ctl(settings, services), "status"], check=False, capture_output=True, text=True)
    return done.stdout


def wait(what: str, good: Callable[[], bool], services: Services, seconds: float) -> None:
    """Until it is so. Raises Problem (our own failure) after the time."""
    until = time.monotonic() + seconds
    while not good():
        if time.monotonic() > until:
            raise Problem(f"Waited {seconds:.0f} s in vain for {what}; its log is in {services.logs}.", OURS)
        time.sleep(0.1)


def files(services: Services) -> list[str]:
    """Configuration and socket, for the keeper."""
    return [str(_conf(services)), _socket(services)]


def _section(settings: Settings, services: Services, program: Program) -> str:
    argv = list(program.argv)
    if program.alone and shutil.which("setpriv"):
        argv = _ended_with_parent(argv, program.stop)
    group = str(services.run / f"{program.name}.group")
    argv = [settings.bin("python"), "-IS", str(CHECKOUT / "deploy" / "launch.py"), group, *argv]
    env = {"PYTHONUNBUFFERED": "1", "MALLOC_ARENA_MAX": "2", "NO_PROXY": "127.0.0.1,localhost",
           "no_proxy": "127.0.0.1,localhost", **program.env}  # fmt: skip
    lines = [
        f"[program:{program.name}]",
        f"command={' '.join(map(_quoted, argv))}",
        f"environment={','.join(f'{k}={_quoted(v)}' for k, v in sorted(env.items()))}",
        f"priority={program.priority}",
        f"stopsignal={program.stop}",
        f"stopwaitsecs={program.stop_seconds}",
        # An odd number of seconds alive is no proof of health; what counts is that it is tried again.
        "autorestart=true", "startsecs=1", "startretries=60",
        "stopasgroup=false", "killasgroup=true", "redirect_stderr=true",
        f"stdout_logfile={services.logs}/{program.name}.log",
        "stdout_logfile_maxbytes=10MB", "stdout_logfile_backups=2", "",
    ]  # fmt: skip
    return "\n".join(lines)


def _ended_with_parent(argv: list[str], stop: str) -> list[str]:
    """The kernel forgets the wish when the user changes, so it joins a setpriv that is there already.

    QUIT lets nginx serve its open connections to their end, on a port that the next one needs.
    """
    wish = f"--pdeathsig={'TERM' if stop == 'QUIT' else stop}"
    return [argv[0], wish, *argv[1:]] if argv[0] == "setpriv" else ["setpriv", wish, *argv]


def _quoted(text: str) -> str:
    escaped = text.replace("%", "%%").replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _ctl(settings: Settings, services: Services) -> list[str]:
    return [settings.bin("supervisorctl"), "-c", str(_conf(services))]


def _conf(services: Services) -> Path:
    return services.root / "supervisord.conf"


def _socket(services: Services) -> str:
    return str(services.run / "supervisor.sock")


def _socket_file(services: Services) -> None:
    """A socket that a killed supervisord left behind."""
    if os.path.exists(_socket(services)):
        os.unlink(_socket(services))


def _pid(services: Services) -> int:
    try:
        return int((services.root / "supervisord.pid").read_text())
    except (OSError, ValueError):
        return 0


def _alive(pid: int) -> bool:
    """A process of this number runs and is not a zombie waiting to be collected."""
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as stat:
            return pid > 0 and stat.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
