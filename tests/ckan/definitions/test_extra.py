"""Without what it needs the plugin fails in one sentence."""

import pytest
from ckan.exceptions import CkanConfigurationException

from ckanext.jichitai.definitions import era, extra


def test_a_missing_package_is_named(monkeypatch):
    monkeypatch.setattr(extra, "NEEDED", ("ckanext.no_such_extension",))
    with pytest.raises(CkanConfigurationException, match=r"ckanext\.no_such_extension.*pip install"):
        extra.require()


def test_a_missing_plugin_is_named():
    with pytest.raises(CkanConfigurationException, match="scheming_organizations"):
        extra.require_plugins(["jichitai_definitions", "scheming_datasets"])


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2019-05-01", "令和元年"),
        ("2019-04-30", "平成31年"),
        ("1989-01-07", "昭和64年"),
        ("2026-11-24", "令和8年"),
        ("1920-01-01", None),
    ],
)
def test_era(day, name):
    import datetime as dt

    assert era.name(dt.date.fromisoformat(day)) == name
