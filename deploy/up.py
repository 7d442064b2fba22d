"""`make up` and `make live`: the order in which a stack comes to life.

On an empty VAR everything; later only what is down. Each step looks before it acts, so the same list
serves a first run, a warm one, and one after an interruption.
"""

from __future__ import annotations

import shutil

from deploy import (
    catalog,
    first_run,
    machine,
    outside,
    packages,
    postgres,
    redis,
    report,
    solr,
    supervisor,
    web,
)
from deploy.problems import Problem
from deploy.settings import Settings, alone
from deploy.state import State, migrations, words
from deploy.steps import Steps
from deploy.supervisor import Program

WEB = ("web", "worker-1", "worker-2", "nginx")  # what reads the settings at its start
MARK = "made-by-make"  # `make clean` removes only a folder that has it


def up(settings: Settings, steps: Steps) -> None:
    """Raises Problem with a sentence that says what to do."""
    if settings.live and not settings.contact:
        raise Problem(
            "The servers that we fetch from are told whom to write to: make live CONTACT=you@example.jp"
        )
    machine.disk(settings)
    with alone(settings.var):
        _up(settings, steps)


def _up(settings: Settings, steps: Steps) -> None:
    (settings.var / MARK).touch()
    state = State(settings)
    state.same_kind(settings)
    running = supervisor.running(settings, settings.services)
    if not running:
        machine.ports(settings)
    with steps.step("system packages"):
        packages.system(steps, packages.stack(catalog.private(settings)))
    with steps.step("Python packages"):
        installed = packages.python(settings, steps, ["ckan"])
    if "solr" in catalog.private(settings):
        with steps.step("search server"):
            solr.fetch(settings, steps)
    with steps.step("settings"):
        first_run.sources(settings, steps, state)
        changed = [catalog.configure(settings), web.configure(settings), installed]
        fresh, filled = not state.has("tables", migrations(settings)), first_run.filled(state)
    with steps.step("database, queue, search, sources"):
        _services(settings, steps, everything=not fresh, scheduled=filled)
    if fresh:
        with steps.step("tables"):
            _tables(settings, steps)
            state.finish("tables", migrations(settings))
    if not state.has("words", words()):
        with steps.step("words of the scripts"):
            # CKAN's scripts read theirs from a file that only this command writes.
            catalog.run(settings, steps, "translation", "js")
            state.finish("words", words())
    with steps.step("website, workers, scheduler"):
        _everything(settings, steps, scheduled=filled, again=running and any(changed))
    first_run.fill(settings, steps, state)
    if not filled:  # the rounds of the scheduler would do the same work a second time, beside the first
        _everything(settings, steps, scheduled=True, again=False)
    report.welcome(settings, steps)


def _services(settings: Settings, steps: Steps, everything: bool, scheduled: bool) -> None:
    """Data services and sources up. everything: on a warm start all other programs come up beside them."""
    services, ours = settings.services, catalog.private(settings)
    if "postgres" in ours:
        postgres.create(services, steps)
    if "solr" in ours:
        solr.core(settings, services, catalog.CORE, steps)
    running = supervisor.running(settings, services)
    if everything or not running:
        programs = _programs(settings, scheduled) if everything else _data_programs(settings)
        supervisor.configure(settings, services, programs)
        supervisor.start(settings, services, steps)
    for name, part in {"postgres": postgres, "redis": redis, "solr": solr}.items():
        if name in ours:
            supervisor.wait(name, lambda part=part: part.ready(services), services, seconds=60)
    if "solr" in ours:
        supervisor.wait("the search core", lambda: solr.ready(services, catalog.CORE), services, seconds=60)
    outside.answer(settings, steps)


def _tables(settings: Settings, steps: Steps) -> None:
    services = settings.services
    if "postgres" in catalog.private(settings):
        postgres.databases(services, steps, catalog.DATABASE, catalog.DATASTORE)
        script = packages.site_packages(settings) / "ckanext" / "datastore" / "set_permissions.sql"
        postgres.datastore_permissions(services, steps, catalog.DATABASE, catalog.DATASTORE, script)
    catalog.tables(settings, steps)


def _everything(settings: Settings, steps: Steps, scheduled: bool, again: bool) -> None:
    """again: the settings or the packages have changed under running programs."""
    services = settings.services
    programs = _programs(settings, scheduled)
    supervisor.configure(settings, services, programs)
    supervisor.start(settings, services, steps)
    if again:
        supervisor.restart(settings, services, WEB, steps)
    supervisor.wait(f"an answer at {settings.url}", lambda: web.answers(settings), services, seconds=90)


def _data_programs(settings: Settings) -> list[Program]:
    services, ours = settings.services, catalog.private(settings)
    found = [postgres.program(services)] * ("postgres" in ours)
    found += [redis.program(services)] * ("redis" in ours)
    found += [solr.program(settings, services)] * ("solr" in ours)
    return found + [web.demo(settings)] * (not settings.live)


def _programs(settings: Settings, scheduled: bool) -> list[Program]:
    """All of them; scheduled: with the one that starts what is due."""
    return _data_programs(settings) + [
        p for p in web.programs(settings) if scheduled or p.name != "scheduler"
    ]


def down(settings: Settings) -> bool:
    """False where nothing ran."""
    return supervisor.stop(settings, settings.services)


def clean(settings: Settings, sure: bool) -> bool:
    """Stop and remove VAR. False where the person said no."""
    if not settings.var.exists():
        return True
    if not any((settings.var / name).exists() for name in (MARK, "test")):
        raise Problem(f"{settings.var} was not made by this Makefile; remove it by hand if you mean it.")
    if (
        not sure
        and input(f"Remove {settings.var} with its catalog, files and logins? [y/N] ").strip().lower() != "y"
    ):
        return False
    for services in (settings.services, settings.test_services):
        supervisor.stop(settings, services)
        if services.run.parent != services.root:
            shutil.rmtree(services.run, ignore_errors=True)
    shutil.rmtree(settings.var)
    return True
