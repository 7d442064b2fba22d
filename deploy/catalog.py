"""CKAN itself: its settings file and its command line."""

from __future__ import annotations

from collections.abc import Sequence

from deploy import postgres, redis, solr
from deploy.problems import Problem
from deploy.settings import CHECKOUT, SOURCES, Settings, write
from deploy.steps import Steps

PLUGINS = (
    "jichitai_theme jichitai_merge jichitai_harvest jichitai_validation jichitai_definitions "
    "scheming_datasets scheming_organizations datastore activity"
)
DATABASE, DATASTORE, CORE = "ckan_default", "datastore_default", "ckan"
PRIVATE = {"CKAN_SQLALCHEMY_URL": "postgres", "CKAN_REDIS_URL": "redis", "CKAN_SOLR_URL": "solr"}


def private(settings: Settings) -> set[str]:
    """The services that are ours to start: those that the environment does not give."""
    if "CKAN_SQLALCHEMY_URL" in settings.outside:
        for name in ("CKAN_DATASTORE_WRITE_URL", "CKAN_DATASTORE_READ_URL"):
            if name not in settings.outside:
                raise Problem(
                    f"CKAN_SQLALCHEMY_URL is set and {name} is not; set both, or none for a private database."
                )
    return {service for name, service in PRIVATE.items() if name not in settings.outside}


def addresses(settings: Settings) -> dict[str, str]:
    services, ours = settings.services, private(settings)
    inside = {}
    if "postgres" in ours:
        inside["CKAN_SQLALCHEMY_URL"] = postgres.url(services, DATABASE)
        inside["CKAN_DATASTORE_WRITE_URL"] = postgres.url(services, DATASTORE)
        inside["CKAN_DATASTORE_READ_URL"] = postgres.url(services, DATASTORE, postgres.READER)
    if "redis" in ours:
        inside["CKAN_REDIS_URL"] = redis.url(services)
    if "solr" in ours:
        inside["CKAN_SOLR_URL"] = solr.url(services, CORE)
    return inside | settings.outside


def configure(settings: Settings) -> bool:
    """Write the settings file. True where it changed."""
    services, where = settings.services, addresses(settings)
    words = {
        "url": settings.url,
        "site_id": "jichitai",
        "var": str(settings.var),
        "plugins": PLUGINS,
        "sqlalchemy_url": where["CKAN_SQLALCHEMY_URL"],
        "datastore_write_url": where["CKAN_DATASTORE_WRITE_URL"],
        "datastore_read_url": where["CKAN_DATASTORE_READ_URL"],
        "solr_url": where["CKAN_SOLR_URL"],
        "redis_url": where["CKAN_REDIS_URL"],
        "secret_key": services.secret("secret_key"),
        "token_key": services.secret("token_key"),
        "ours": "\n".join(f"{key} = {value}" for key, value in _ours(settings).items()),
    }
    text = fill((CHECKOUT / "deploy" / "ckan.ini").read_text("utf-8"), words)
    return write(settings.ini, _with_site(settings, text), mode=0o600)


def _ours(settings: Settings) -> dict[str, str]:
    if settings.live:
        ours = {"ckanext.jichitai.harvest.sources": "tokyo"}
    else:
        last = settings.demo_port + SOURCES - 1
        ours = {
            "ckanext.jichitai.harvest.sources": str(settings.var / "sources.yaml"),
            # Loopback is closed to harvesting, but for the demonstration's own ports.
            "ckanext.jichitai.fetch.allow": f"127.0.0.0/8:{settings.demo_port}-{last}",
        }
    if settings.contact:
        ours |= {"ckanext.jichitai.fetch.contact": settings.contact, "smtp.mail_from": settings.contact}
    return ours


def _with_site(settings: Settings, text: str) -> str:
    """The operator's own lines take the place of ours, or join them."""
    site = settings.var / "site.ini"
    if not site.exists():
        return text
    own = [
        line
        for line in site.read_text("utf-8").splitlines()
        if "=" in line and not line.startswith(("#", ";", "["))
    ]
    keys = {line.partition("=")[0].strip() for line in own}
    main, loggers, rest = text.partition("[loggers]")
    kept = [line for line in main.splitlines() if line.partition("=")[0].strip() not in keys]
    return "\n".join([*kept, "## site.ini", *own, "", ""]) + loggers + rest


def fill(template: str, words: dict[str, str]) -> str:
    """Put words in the place of {{names}}; % is an escape in CKAN's files, and no word of ours has one."""
    for name, word in words.items():
        template = template.replace("{{" + name + "}}", word)
    return template


def ckan(settings: Settings, *command: str) -> list[str]:
    return [settings.bin("ckan"), "-c", str(settings.ini), *command]


def tables(settings: Settings, steps: Steps) -> None:
    """CKAN's tables and those of every plugin in the plugins line, to their newest form."""
    steps.run(ckan(settings, "db", "upgrade"))


def run(settings: Settings, steps: Steps, *command: str, ok: Sequence[int] = (0,), show: bool = True) -> str:
    return steps.run(ckan(settings, *command), show=show, ok=ok)
