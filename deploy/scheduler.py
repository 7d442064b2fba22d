"""Does under `make up` what cron does in production (deploy/jichitai.cron): starts what is due.

Signals hurry the work, state is what it is found in: a job that a crash took from the queue is found by
the next round. A round that is still going holds its lock or leaves nothing to do, so one that comes
too early ends at once by itself.
"""

from __future__ import annotations

import subprocess
import sys
import threading
import time

PERIOD = 15 * 60  # seconds, as in jichitai.cron
FIRST = 60  # after a start: long enough for the others to be up
APART = 20  # between the first rounds of two commands: a cold start of three at once would be felt
LONGEST = 4 * 60 * 60  # a round that hangs must not stop the ones after it
DUE = (
    ["harvest", "--due"],
    ["check", "--stale"],
    ["merge", "--quiet"],
)


def repeat(ckan: list[str], command: list[str], wait: float) -> None:
    """One command for ever. The next round begins a period after the last began, or when that has ended."""
    time.sleep(wait)
    while True:
        began = time.monotonic()
        try:
            code: object = subprocess.run([*ckan, *command], check=False, timeout=LONGEST).returncode
        except subprocess.TimeoutExpired:
            code = f"no end after {LONGEST} s; stopped"
        if code:
            print(f"ckan jichitai {' '.join(command)}: {code}", flush=True)
        time.sleep(max(0.0, PERIOD - (time.monotonic() - began)))


def main(ckan: str, ini: str) -> None:
    words = [ckan, "-c", ini, "jichitai"]
    rounds = [threading.Thread(target=repeat, args=(words, c, FIRST + n * APART)) for n, c in enumerate(DUE)]
    for one in rounds:
        one.start()
    for one in rounds:
        one.join()


if __name__ == "__main__":
    main(*sys.argv[1:])
