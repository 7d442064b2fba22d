"""Does under `make up` what cron does in production (deploy/jichitai.cron): start what is due.

A run that is still going holds CKAN's lock, so one that comes too early ends at once by itself.
"""

from __future__ import annotations

import subprocess
import sys
import time

PERIOD = 15 * 60  # seconds, as in jichitai.cron
FIRST = 60  # after a start: long enough for the others to be up
LONGEST = 2 * 60 * 60  # a run that hangs must not stop the ones after it
DUE = (["jichitai", "harvest", "--due"],)


def run(ckan: str, ini: str) -> None:
    time.sleep(FIRST)
    while True:
        began = time.monotonic()
        for command in DUE:
            try:
                code = subprocess.run([ckan, "-c", ini, *command], check=False, timeout=LONGEST).returncode
            except subprocess.TimeoutExpired:
                code = "no end after two hours; stopped"
            if code:
                print(f"ckan {' '.join(command)}: {code}", flush=True)
        time.sleep(max(0.0, PERIOD - (time.monotonic() - began)))


if __name__ == "__main__":
    run(*sys.argv[1:])
