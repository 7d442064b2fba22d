"""Keeps the supervisor: when it is killed, becomes the next one.

Every other program ends with its supervisord (supervisor.py asks the kernel for it). This one stays,
notices that it has been left alone, waits until the others are gone, and turns itself into supervisord.
"""

from __future__ import annotations

import os
import sys
import time

PERIOD = 1.0  # seconds between two looks
GRACE = 3.0  # PostgreSQL's fast shutdown, nginx, gunicorn: all are quicker


def keep(supervisord: str, configuration: str, socket: str) -> None:
    parent = os.getppid()
    while os.getppid() == parent:
        time.sleep(PERIOD)
    time.sleep(GRACE)
    if os.path.exists(socket):
        os.unlink(socket)
    os.execv(supervisord, [supervisord, "-c", configuration])


if __name__ == "__main__":
    keep(*sys.argv[1:])
