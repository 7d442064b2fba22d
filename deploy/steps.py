"""Progress that a person can follow: numbered steps with their seconds, and programs run inside them.

Everything that a program prints goes to the log. What is shown is its last line, renewed in place on a
terminal and every few seconds elsewhere, so that a long step never looks dead.
"""

from __future__ import annotations

import os
import queue
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from deploy.problems import OURS, Problem
from deploy.settings import CHECKOUT

CHATTER = re.compile(r"[0-9-]{10} [0-9:,]{12} (INFO|DEBUG) ")  # CKAN tells the log how it starts
RENEWAL, HEARTBEAT, SILENCE = (
    0.2,
    5.0,
    20.0,
)  # seconds between two signs: on a terminal, elsewhere, of the silent


class Steps:
    """The numbered steps of one command. `log` receives all output of the programs run."""

    def __init__(self, log: Path, quiet: bool = False):
        self.log, self.quiet = log, quiet
        self.number = 0
        self.began = time.monotonic()
        log.parent.mkdir(parents=True, exist_ok=True)

    @contextmanager
    def step(self, title: str) -> Iterator[None]:
        self.number += 1
        began = time.monotonic()
        self.say(f"{self.number:2}. {title} …")
        yield
        self.say(f"    done in {time.monotonic() - began:.1f} s")

    def say(self, line: str) -> None:
        if not self.quiet:
            print(line, flush=True)

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.began

    def run(
        self,
        argv: Sequence[str | Path],
        *,
        env: Mapping[str, str] | None = None,
        text: str | None = None,
        show: bool = False,
        ok: Sequence[int] = (0,),
        timeout: float | None = None,
    ) -> str:
        """Run a program in the checkout and return what it printed.

        show: print each line as it comes, for a program that reports its own progress.
        Raises Problem (our own failure) with its last lines if the exit code is not in ok.
        """
        process = subprocess.Popen(
            [str(a) for a in argv], cwd=CHECKOUT, env={**os.environ, **(env or {})}, text=True, encoding="utf-8",
            errors="replace", stdin=subprocess.PIPE if text else subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )  # fmt: skip
        if text and process.stdin:
            process.stdin.write(text)
            process.stdin.close()
        lines = self._follow(process, show, timeout)
        if process.wait() not in ok:
            raise Failed([str(a) for a in argv], process.returncode, lines, self.log)
        return "\n".join(lines)

    def _follow(self, process: subprocess.Popen[str], show: bool, timeout: float | None) -> list[str]:
        arrived: queue.Queue[str | None] = queue.Queue()
        threading.Thread(target=_pump, args=(process, arrived), daemon=True).start()
        lines: list[str] = []
        latest = told = ""
        began = shown = time.monotonic()
        terminal = sys.stdout.isatty() and not self.quiet
        with self.log.open("a", encoding="utf-8") as log:
            while True:
                try:
                    line = arrived.get(timeout=1.0)
                    if line is None:
                        break
                    lines.append(line)
                    log.write(line + "\n")
                    if not CHATTER.match(line):
                        latest = line.strip()
                        if show:
                            shown = time.monotonic()
                            self.say(f"    {line}")
                except queue.Empty:
                    pass
                now = time.monotonic()
                if timeout and now - began > timeout:
                    process.kill()
                    lines.append(f"(stopped after {timeout:.0f} s)")
                    break
                pause = SILENCE if show or latest == told else RENEWAL if terminal else HEARTBEAT
                if now - shown > pause:
                    shown, told = now, latest
                    sign = f"    {now - began:3.0f} s  {'' if show else latest[:90]}"
                    print(f"\r{sign}\x1b[K", end="", flush=True) if terminal and not show else self.say(sign)
        if terminal:
            print("\r\x1b[K", end="", flush=True)
        return lines


class Failed(Problem):
    """A program ended badly; its last lines are part of the sentence."""

    def __init__(self, argv: list[str], code: int, lines: list[str], log: Path):
        self.lines, self.log = lines, log
        tail = "\n".join(f"    {line}" for line in lines[-15:])
        super().__init__(
            f"`{' '.join(argv)[:200]}` ended with {code}:\n{tail}\nThe whole output is in {log}.", OURS
        )


def _pump(process: subprocess.Popen[str], arrived: queue.Queue[str | None]) -> None:
    assert process.stdout
    for line in process.stdout:
        arrived.put(line.rstrip("\n"))
    arrived.put(None)
