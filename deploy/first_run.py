"""Fills an empty catalog, once: municipalities, people, a first harvest, checks, merged tables."""

from __future__ import annotations

import json
from collections.abc import Callable

from deploy import catalog
from deploy.settings import Settings, write
from deploy.state import State
from deploy.steps import Steps

INCOMPLETE = (
    0,
    1,
)  # `harvest`: 1 is "some source failed, is incomplete or held": shown, and no reason to stop


def sources(settings: Settings, steps: Steps, state: State) -> None:
    """The list of the demonstration's sources, which the settings file names."""
    if not settings.live and not state.has("sources", str(settings.demo_port)):
        argv = [settings.bin("python"), "-m", "demo", "sources", "--port", str(settings.demo_port)]
        write(settings.var / "sources.yaml", steps.run(argv) + "\n")
        state.finish("sources", str(settings.demo_port))


PARTS = ("municipalities", "people", "harvest", "checks", "merged tables")


def filled(state: State) -> bool:
    """Nothing is left of a first run."""
    return all(state.has(name) for name in PARTS)


def fill(settings: Settings, steps: Steps, state: State) -> None:
    """Each part once; after an interruption, from the part that was interrupted."""

    def command(*words: str, show: bool = True, ok: tuple[int, ...] = (0,)) -> Callable[[], object]:
        return lambda: catalog.run(settings, steps, "jichitai", *words, ok=ok, show=show)

    people = [settings.bin("python"), "-m", "deploy.people", settings.ini, settings.var / "logins.json"]
    parts: list[Callable[[], object]] = [
        command("init", show=False),
        lambda: steps.run(people),
        command("harvest", "--all", "--verbose", ok=INCOMPLETE),
        # The workers have begun with the checks while the harvest went on; this does the rest beside them.
        command("check", "--stale", "--fast"),
        command("merge"),
    ]
    for name, do in zip(PARTS, parts, strict=True):
        if not state.has(name):
            with steps.step(name):
                do()
            state.finish(name)


def waiting(settings: Settings, steps: Steps) -> list[str]:
    """Ids of the real sources whose robots.txt closes them until somebody's permission is recorded."""
    if not settings.live:
        return []
    lines = (
        Steps(steps.log, quiet=True).run(catalog.ckan(settings, "jichitai", "sources", "list")).splitlines()
    )
    return [line.split()[1] for line in lines if " robots" in line]


def logins(settings: Settings) -> dict[str, dict[str, str]]:
    path = settings.var / "logins.json"
    return json.loads(path.read_text()) if path.exists() else {}
