"""What a person is told: the welcome after `make up`, `make status`, `make logs`."""

from __future__ import annotations

import json
import os
import textwrap

from deploy import catalog, first_run, solr, supervisor, web
from deploy.settings import Settings
from deploy.steps import Failed, Steps

FIGURES = ("municipalities", "datasets", "files", "rows")


def welcome(settings: Settings, steps: Steps) -> None:
    """Address, logins, and what is in the catalog."""
    steps.say(f"\nReady after {steps.seconds:.0f} s: {settings.url}/\n")
    for role, login in first_run.logins(settings).items():
        of = f", editor of {login['organization']}" if "organization" in login else ""
        steps.say(f"  {role:9} name {login['name']}, password {login['password']}{of}")
    steps.say("")
    for line in summary(settings, steps):
        steps.say(f"  {line}")
    if wait := first_run.waiting(settings, steps):
        ckan = " ".join(catalog.ckan(settings, "jichitai", "sources", "permit"))
        steps.say(f"\n{len(wait)} sources are closed to robots and wait until you record who allowed it:")
        steps.say(textwrap.fill(" ".join(wait), 100, initial_indent="  ", subsequent_indent="  "))
        steps.say(f"  {ckan} --by NAME ID…")


def summary(settings: Settings, steps: Steps) -> list[str]:
    """The figures of `ckan jichitai status --json`, a line each, and what is not well."""
    try:
        quiet = Steps(steps.log, quiet=True)
        answer = quiet.run(catalog.ckan(settings, "jichitai", "status", "--json"), ok=(0, 1))
    except Failed as failed:
        return [f"(no summary: {failed.lines[-1] if failed.lines else 'status failed'})"]
    state = json.loads(answer[answer.index("{\n") :])
    known = [f"{name:15} {_figures(state[name])}" for name in FIGURES if state.get(name)]
    lines = [line for text in known for line in textwrap.wrap(text, 100, subsequent_indent=" " * 16)]
    return lines + [f"{part['part']:15} {part['state']}: {part['sentence']}" for part in _unwell(state)]


def _figures(value: object) -> str:
    if not isinstance(value, dict):
        return f"{value:,}" if isinstance(value, int) else str(value)
    total = sum(value.values())
    return f"{total:,}: " + ", ".join(f"{name} {count:,}" for name, count in value.items())


def _unwell(state: dict) -> list[dict[str, str]]:
    return [part for part in state.get("parts", []) if part["state"] != "ok"]


def status(settings: Settings) -> int:
    """0 everything runs and answers · 1 something does not."""
    services = settings.services
    if not supervisor.running(settings, services):
        print(f"Nothing runs in {settings.var}. `make up` starts it.")
        return 1
    down = 0
    for line in supervisor.status(settings, services).splitlines():
        name, state, *rest = line.split()
        down += state != "RUNNING"
        pid = rest[1].rstrip(",") if state == "RUNNING" else ""
        print(f"{name:12} {state:9} {_megabytes(pid):>8}  {' '.join(rest)}")
    answers = web.answers(settings)
    print(f"\n{settings.url}/ {'answers' if answers else 'does not answer'}; health: {_health(settings)}")
    for name in ("postgres", "redis", "solr"):
        print(
            f"{name:12} 127.0.0.1:{services.port(name)}"
            if name in catalog.private(settings)
            else f"{name:12} outside"
        )
    return 1 if down or not answers else 0


def logs(settings: Settings) -> int:
    """Follow all logs until interrupted."""
    files = sorted(str(path) for path in settings.logs.glob("*.log"))
    if not files:
        print(f"There are no logs in {settings.logs} yet.")
        return 1
    os.execvp("tail", ["tail", "-n", "20", "-F", *files])


def _health(settings: Settings) -> str:
    try:
        state = json.loads(solr.get(f"http://127.0.0.1:{settings.port}/healthz", timeout=30, ok=(200, 503)))
    except (OSError, ValueError) as error:
        return str(error)
    return "; ".join([state["state"], *(f"{part['part']}: {part['sentence']}" for part in _unwell(state))])


def _megabytes(pid: str) -> str:
    """Memory of a program and its children, shared pages counted by share."""
    if not pid:
        return ""
    total = 0
    for each in [pid, *_children(pid)]:
        try:
            with open(f"/proc/{each}/smaps_rollup", encoding="ascii") as rollup:
                total += sum(int(line.split()[1]) for line in rollup if line.startswith("Pss:"))
        except OSError:
            continue
    return f"{total / 1024:.0f} MB"


def _children(pid: str) -> list[str]:
    try:
        with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:
            direct = file.read().split()
    except OSError:
        return []
    return [pid for child in direct for pid in (child, *_children(child))]
