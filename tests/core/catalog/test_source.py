"""Rows of a source file, and what is refused with file, row and the word that was meant."""

from pathlib import Path

import pytest

import ckanext.jichitai.core
from ckanext.jichitai.core.catalog.source import SourceError, sources
from ckanext.jichitai.core.catalog.values import Expect, Source

TOKYO = Path(ckanext.jichitai.core.__file__).parents[1] / "harvest" / "sources" / "tokyo.yaml"
ROW = '- {id: sakura-shi, municipality: "131016", type: ckan, url: "https://data.sakura.example"%s}'


def test_a_row():
    (source,) = sources(ROW % ", rank: 2, expect: {min: 40}", "s.yaml", {"131016"})
    assert source == Source(
        "sakura-shi", "131016", "ckan", "https://data.sakura.example", rank=2, expect=Expect(min=40)
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (ROW % ", organisation: x", "unknown key 'organisation' (did you mean 'organization'?)"),
        (ROW.replace('"131016"', "131016") % "", "in quotes"),
        (ROW.replace("131016", "131017") % "", "did you mean '131016'"),
        (ROW.replace("type: ckan", "type: ckann") % "", "ckann"),
        (ROW.replace("type: ckan", "type: html_links") % ", selector: 'a['", "no CSS selector"),
        (ROW.replace("https://data.sakura.example", "data.sakura.example") % "", "http(s) address"),
        (ROW.replace("https://", "https://me:pw@") % "", "http(s) address"),
        (ROW.replace("sakura-shi", "Sakura") % "", "letters a-z"),
        (ROW.replace("https://data.sakura.example", "http://[::1") % "", "http(s) address"),
        (ROW % ", expect: {min: 5, max: 2}", "min is above max"),
        (ROW % ", expect: {least: 5}", "least"),
        (ROW % ", pause: -1", "pause"),
        (ROW % ", files: [{key: a, url: u, title: t}, {key: a, url: u, title: t}]", "key stands twice"),
        (f"{ROW % ''}\n{ROW % ''}", "stands twice"),
        ("a: 1", "list of rows"),
        ("- 5", "mapping of keys"),
        ("- [", "no YAML"),
    ],
)
def test_refused(text, said):
    with pytest.raises(SourceError) as found:
        sources(text, "s.yaml", {"131016"})
    assert said in str(found.value)
    assert str(found.value).startswith("s.yaml: ")


def test_an_empty_file_has_no_sources():
    assert sources("", "s.yaml") == ()


def test_tokyo():
    rows = sources(TOKYO.read_text("utf-8"), "tokyo.yaml")
    assert len([row for row in rows if row.rank == 1]) == 61
    assert all(row.organization == f"t{row.municipality}" for row in rows if row.rank == 1)
    assert [row.id for row in rows if row.rank == 2 and row.enabled] == [
        "minato-ku-ckan",
        "meguro-ku-bodik",
        "shibuya-ku-hub",
    ]
    assert len({row.municipality for row in rows}) == 62
