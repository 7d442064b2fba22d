"""Mails on change of state only: one a state, to the source's contact and the operator."""

import datetime as dt

import pytest
import sqlalchemy as sa
from ckan import model

from ckanext.jichitai.harvest import decide, plans, schedule, sources
from ckanext.jichitai.harvest.model import source as source_table

from .conftest import count
from .smtp import Sink

CONTACT = "open@city.sakura.example"


@pytest.fixture
def sink(source, clean_index, ckan_config, monkeypatch):
    made = Sink()
    monkeypatch.setitem(ckan_config, "smtp.server", made.address)
    monkeypatch.setitem(ckan_config, "smtp.starttls", False)
    monkeypatch.setitem(ckan_config, "email_to", None)
    monkeypatch.setitem(ckan_config, "ckan.locale_default", "en")
    sources.change("one-ckan", {"contact": CONTACT})
    model.Session.commit()
    yield made
    made.shutdown()
    made.server_close()


def subjects(sink):
    return [subject for _, subject, _ in sink.mails]


def long_ago(days):
    """As if the source were in its state for so long."""
    since = sources.get("one-ckan").since - dt.timedelta(days=days)
    for table in ("jichitai_source", "jichitai_notice"):
        model.Session.execute(sa.text(f"UPDATE {table} SET since = :since").bindparams(since=since))
    model.Session.commit()


def test_a_source_is_failing_at_the_third_miss_and_recovers_once(portal, harvest, sink):
    portal.put("toilet", "公衆トイレ一覧")
    harvest()
    portal.mood = "html"
    told = []
    for _ in range(4):
        harvest()
        told.append(len(sink.mails))
    assert told == [0, 0, 1, 1]
    portal.mood = ""
    for _ in range(2):
        harvest()
    assert subjects(sink) == ["Failing: one-ckan", "Recovered: one-ckan"]
    recipient, _, text = sink.mails[0]
    assert recipient == CONTACT
    assert "/sources/one-ckan" in text


def test_two_misses_and_back_are_not_worth_a_mail(portal, harvest, sink):
    portal.mood = "html"
    harvest()
    harvest()
    portal.mood = ""
    harvest()
    assert sink.mails == []


def test_a_held_plan_is_told_once_and_reminded_of(portal, harvest, sink):
    for name in ("a-a", "b-b", "c-c"):
        portal.put(name, name)
    harvest()
    portal.records.clear()
    harvest()
    harvest()
    assert subjects(sink) == ["Waiting for approval: one-ckan"]
    assert "one-ckan-a-a" in sink.mails[0][2]
    long_ago(4)
    harvest()
    harvest()
    assert subjects(sink)[1:] == ["Waiting for approval: one-ckan (3)"]
    [waiting] = plans.held()
    decide.approve(waiting.id, "test")
    harvest()
    assert len(sink.mails) == 2


def test_refusals_are_told_once_a_week(portal, harvest, sink):
    for number in range(8):
        portal.put(f"fine-{number}", f"表{number}")
    portal.put("blank", "")
    for _ in range(2):
        harvest()
    assert subjects(sink) == ["Some datasets cannot be taken: one-ckan"]


def test_without_anybody_to_write_to_nothing_waits(portal, harvest, sink):
    model.Session.execute(sa.update(source_table).values(changed={}))
    model.Session.commit()
    portal.put("blank", "")
    portal.put("fine", "表")
    harvest()
    assert sink.mails == []
    assert count("jichitai_notice") == count("jichitai_notice WHERE sent IS NOT NULL") > 0


@pytest.mark.parametrize(
    ("state", "days", "told"),
    [
        ("held", 2, None), ("held", 3, 3), ("held", 6, 3), ("held", 7, 7), ("held", 20, 14),
        ("failing", 6, None), ("failing", 8, 7), ("failing", 40, 37), ("ok", 99, None),
    ],
)  # fmt: skip
def test_when_a_state_is_told_again(state, days, told):
    assert schedule.reminder(state, days) == told
