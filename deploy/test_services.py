"""Services for tests: one set of servers under VAR/test, and any number of named instances on it.

    eval "$(python3 -m deploy services up NAME)"     # databases, Redis number and search core of NAME
    pytest --ckan-ini=test.ini tests/ckan

An instance is two databases, one Redis number, one core; names do not meet, so several runs go at once.
"""

from __future__ import annotations

import json
import shlex

from deploy import packages, postgres, redis, solr, supervisor
from deploy.problems import Problem
from deploy.settings import Settings, alone, write
from deploy.steps import Steps


def up(settings: Settings, name: str, steps: Steps) -> dict[str, str]:
    """Servers and one instance, ready. Returns the environment that leads to it."""
    if not name.isidentifier() or name != name.lower():
        raise Problem(f"An instance is named by small letters, digits and _, not {name!r}.")
    with alone(settings.test_services.root):
        return _up(settings, name, steps)


def _up(settings: Settings, name: str, steps: Steps) -> dict[str, str]:
    services = settings.test_services
    with steps.step("test services"):
        solr.fetch(settings, steps)
        postgres.create(services, steps)
        solr.core(settings, services, f"ckan_{name}", steps)
        programs = [postgres.program(services), redis.program(services), solr.program(settings, services)]
        changed = supervisor.configure(settings, services, programs)
        if changed or not all(part.ready(services) for part in (postgres, redis, solr)):
            supervisor.start(settings, services, steps)
        for part in (postgres, redis, solr):
            supervisor.wait(part.__name__, lambda part=part: part.ready(services), services, seconds=60)
    with steps.step(f"test instance {name}"):
        postgres.databases(services, steps, f"ckan_{name}", f"datastore_{name}")
        supervisor.wait("the search core", lambda: solr.ready(services, f"ckan_{name}"), services, seconds=60)
        _datastore_permissions(settings, name, steps)
    return environment(settings, name)


def down(settings: Settings) -> bool:
    return supervisor.stop(settings, settings.test_services)


def environment(settings: Settings, name: str) -> dict[str, str]:
    services = settings.test_services
    return {
        "CKAN_SQLALCHEMY_URL": postgres.url(services, f"ckan_{name}"),
        "CKAN_DATASTORE_WRITE_URL": postgres.url(services, f"datastore_{name}"),
        "CKAN_DATASTORE_READ_URL": postgres.url(services, f"datastore_{name}", postgres.READER),
        "CKAN_SOLR_URL": solr.url(services, f"ckan_{name}"),
        "CKAN_REDIS_URL": redis.url(services, _number(settings, name)),
        "CKAN_STORAGE_PATH": str(services.root / "storage" / name),
        "NO_PROXY": "127.0.0.1,localhost",
    }


def exports(env: dict[str, str]) -> str:
    return "\n".join(f"export {key}={shlex.quote(value)}" for key, value in env.items())


def _number(settings: Settings, name: str) -> int:
    """A Redis database of its own for each name; 0 stays unused."""
    path = settings.test_services.root / "instances.json"
    known = json.loads(path.read_text()) if path.exists() else {}
    if name not in known:
        known[name] = next(number for number in range(1, 64) if number not in known.values())
        write(path, json.dumps(known, indent=1))
    return known[name]


def _datastore_permissions(settings: Settings, name: str, steps: Steps) -> None:
    script = packages.site_packages(settings) / "ckanext" / "datastore" / "set_permissions.sql"
    postgres.datastore_permissions(settings.test_services, steps, f"ckan_{name}", f"datastore_{name}", script)
