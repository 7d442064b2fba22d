"""What a stack is told, and what follows from it."""

import socket

import pytest

from deploy import catalog, machine
from deploy import settings as told
from deploy.problems import USER, Problem


@pytest.fixture
def env(monkeypatch, tmp_path):
    for name in ("PORT", "DEMO_PORT", "CONTACT", "DEMO_FILES", *told.OUTSIDE):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("VAR", str(tmp_path / "var"))
    return monkeypatch


def test_defaults(env):
    settings = told.from_environment()
    assert (settings.port, settings.demo_port, settings.url) == (5000, 18000, "http://localhost:5000")


@pytest.mark.parametrize(
    ("name", "text"), [("PORT", "web"), ("PORT", "0"), ("PORT", "70000"), ("DEMO_PORT", "65535")]
)
def test_a_wrong_port_is_named(env, name, text):
    env.setenv(name, text)
    with pytest.raises(Problem, match=f"{name}={text}") as caught:
        told.from_environment()
    assert caught.value.code == USER


def test_neighbouring_ports_lead_to_different_services(env, tmp_path):
    firsts = set()
    for port in range(5000, 6000):
        env.setenv("PORT", str(port))
        settings = told.from_environment()
        firsts |= {settings.services.first, settings.test_services.first}
    assert len(firsts) == 2000


def test_ports_are_chosen_once_and_taken_ones_left_alone(tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        services = told.Services(tmp_path, first=taken)
        chosen = [services.port(name) for name in ("postgres", "redis", "solr")]
    assert taken not in chosen
    assert [services.port(name) for name in ("postgres", "redis", "solr")] == chosen


def test_secrets_are_kept_and_private(tmp_path):
    services = told.Services(tmp_path, first=30_000)
    assert services.secret("redis") == services.secret("redis")
    assert (tmp_path / "secrets.json").stat().st_mode & 0o777 == 0o600


def test_a_long_path_gets_a_short_folder_for_sockets(tmp_path):
    deep = tmp_path / ("x" * 100)
    assert len(str(told.Services(deep, first=1).run / "supervisor.sock")) < told.SOCKET_LIMIT


def test_write_tells_whether_it_changed_anything(tmp_path):
    assert told.write(tmp_path / "a", "one")
    assert not told.write(tmp_path / "a", "one")


def test_a_taken_port_is_a_sentence_that_says_what_to_do(env):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        env.setenv("PORT", str(port))
        with pytest.raises(Problem, match=f"make up PORT={port + 1}"):
            machine.ports(told.from_environment())


def test_too_small_a_disk_is_a_sentence(env, monkeypatch):
    monkeypatch.setattr(machine, "DISK", 10**18)
    with pytest.raises(Problem, match="make up VAR=/path"):
        machine.disk(told.from_environment())


@pytest.mark.parametrize(
    ("given", "private"),
    [
        ([], {"postgres", "redis", "solr"}),
        (["CKAN_SOLR_URL"], {"postgres", "redis"}),
        (["CKAN_REDIS_URL", "CKAN_SOLR_URL"], {"postgres"}),
        (["CKAN_SQLALCHEMY_URL", "CKAN_DATASTORE_WRITE_URL", "CKAN_DATASTORE_READ_URL"], {"redis", "solr"}),
    ],
)
def test_what_the_environment_gives_is_not_started(env, given, private):
    for name in given:
        env.setenv(name, "somewhere")
    assert catalog.private(told.from_environment()) == private


def test_half_a_database_is_refused(env):
    env.setenv("CKAN_SQLALCHEMY_URL", "postgresql://elsewhere/ckan")
    with pytest.raises(Problem, match="CKAN_DATASTORE_WRITE_URL"):
        catalog.private(told.from_environment())
