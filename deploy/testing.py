"""`make test`: everything that a contributor must pass, on services of its own.

Every check runs even where an earlier one failed, so that one run tells all. What pytest says comes last.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence

from deploy import machine, packages, supervisor, test_services
from deploy.settings import CHECKOUT, Settings
from deploy.steps import Steps

INSTANCE = "test"
CHECKS = {
    "ruff": ["ruff", "check", "."],
    "format": ["ruff", "format", "--check", "."],
    "types": ["pyright"],
    "import contracts": ["lint-imports"],
}


def run(settings: Settings, steps: Steps, arguments: Sequence[str] = ()) -> int:
    """0 all passed · 1 something failed. arguments: for pytest, in place of all tests; the checks are left out."""
    machine.disk(settings)
    with steps.step("system packages"):
        packages.system(steps, packages.stack(packages.SERVICES) | packages.TESTS)
    with steps.step("Python packages"):
        packages.python(settings, steps, ["ckan", "test"])
    running = supervisor.running(settings, settings.test_services)
    try:
        env = test_services.up(settings, INSTANCE, steps)
        failed = (
            []
            if arguments
            else [name for name, argv in CHECKS.items() if not _check(settings, steps, name, argv)]
        )
        if failed:
            print(f"FAILED: {', '.join(failed)}; the tests follow", flush=True)
        print(f"checked after {steps.seconds:.0f} s", flush=True)
        code = _pytest(settings, env, arguments)
    finally:
        if not running:
            test_services.down(settings)
    return 1 if failed or code else 0  # and no word more: pytest's closing line is the last one


def _check(settings: Settings, steps: Steps, name: str, argv: list[str]) -> bool:
    with steps.step(name):
        done = subprocess.run(
            [settings.bin(argv[0]), *argv[1:]], cwd=CHECKOUT, env=_environment(settings), check=False
        )
    return done.returncode == 0


def _pytest(settings: Settings, env: dict[str, str], arguments: Sequence[str]) -> int:
    """No test at all is a failure too: pytest's exit code 5."""
    argv = [
        settings.bin("python"),
        "-m",
        "pytest",
        "--ckan-ini=test.ini",
        *(arguments or ["-m", "not soak", "tests"]),
    ]
    return subprocess.run(argv, cwd=CHECKOUT, env=_environment(settings) | env, check=False).returncode


def _environment(settings: Settings) -> dict[str, str]:
    """Ours without make's own: a test that runs make would inherit PORT and VAR of this one as commands."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    path = f"{settings.venv / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
    return {**ours, "PATH": path, "PYTHONDONTWRITEBYTECODE": "1"}
