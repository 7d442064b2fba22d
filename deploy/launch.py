"""Starts one program under the supervisor, after ending what its killed predecessor left behind.

    launch.py FILE PROGRAM ARGUMENT…

A server that is killed outright leaves children: nginx's go on answering with old settings and hold the
port, a worker's goes on with a job that is about to be started again. They are known by their process
group, which supervisord makes for each program and FILE remembers together with the boot it belongs to.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

BOOT = Path("/proc/sys/kernel/random/boot_id")


def end_leftovers(file: Path) -> None:
    """Kill the remembered group, unless its number may mean something else by now."""
    try:
        group, boot = file.read_text().split()
    except (OSError, ValueError):
        return
    # While its leader lives, the number may have been given to a new program.
    if boot == _boot() and int(group) != os.getpid() and not Path("/proc", group).exists():
        for pid in _members(int(group)):
            os.kill(pid, signal.SIGKILL)


def _members(group: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            # After the name in brackets: state, parent, group.
            if int(stat.read_text(errors="replace").rpartition(")")[2].split()[2]) == group:
                found.append(int(stat.parent.name))
        except (OSError, ValueError, IndexError):
            continue
    return found


def _boot() -> str:
    return BOOT.read_text().strip() if BOOT.exists() else "?"


def main(file: str, *program: str) -> None:
    end_leftovers(Path(file))
    Path(file).write_text(f"{os.getpid()} {_boot()}")
    os.execvp(program[0], program)


if __name__ == "__main__":
    main(*sys.argv[1:])
