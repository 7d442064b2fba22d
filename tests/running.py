"""A running stack as tests see it."""

import subprocess
from pathlib import Path

import msgspec

ROOT = Path(__file__).resolve().parents[1]


class Stack(msgspec.Struct, frozen=True):
    """A running stack: its address, logins by role, environment for make, and what `make up` printed."""

    url: str
    logins: dict[str, dict[str, str]]
    environment: dict[str, str]
    printed: str
    seconds: float

    def make(self, target: str, timeout: float = 900) -> subprocess.CompletedProcess[str]:
        """Run a target of the Makefile on this stack."""
        return subprocess.run(
            ["make", target],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )

    def ckan(self, *words: str, timeout: float = 600) -> subprocess.CompletedProcess[str]:
        """Run a ckan command on this stack."""
        var = Path(self.environment["VAR"])
        return subprocess.run(
            [var / "venv" / "bin" / "ckan", "-c", var / "ckan.ini", *words],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )
