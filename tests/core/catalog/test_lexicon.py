"""Publishers' words in ours: what is known, and what stays as written."""

import pytest

from ckanext.jichitai.core.catalog.lexicon import Lexicon
from ckanext.jichitai.core.definitions.load import load


@pytest.fixture(scope="module")
def lexicon():
    return Lexicon(load())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("年１回（３月頃）", "ANNUAL"),
        ("１月ごと", "MONTHLY"),
        ("1ヶ月に1回", "MONTHLY"),
        ("月1回", "MONTHLY"),
        ("公開時のみ", "NEVER"),
        ("随時", "IRREG"),
        ("隔年", "BIENNIAL"),
        ("年４回", "QUARTERLY"),
        ("5年に1回", "QUINQUENNIAL"),
        ("http://publications.europa.eu/resource/authority/frequency/ANNUAL", "ANNUAL"),
        ("気が向いたら", None),
        ("", None),
    ],
)
def test_frequency(lexicon, text, code):
    assert lexicon.frequency(text) == code


@pytest.mark.parametrize(
    ("texts", "name"),
    [
        (("CC-BY-4.0",), "CC BY 4.0"),
        (
            ("", "クリエイティブ・コモンズ", "https://creativecommons.org/licenses/by/4.0/deed.ja"),
            "CC BY 4.0",
        ),
        (("http://creativecommons.org/licenses/by/4.0/",), "CC BY 4.0"),
        (("独自の規約",), None),
        (("",), None),
    ],
)
def test_licence(lexicon, texts, name):
    assert lexicon.licence(*texts) == name


@pytest.mark.parametrize(
    ("url", "label", "name"),
    [
        ("https://a.example/x.csv", "XCSV", "CSV"),
        ("https://a.example/download?id=1", "xisx", "XLSX"),
        ("https://a.example/x.html", "JPEG", "HTML"),  # a page about a picture
        ("https://a.example/x.json", "GeoJSON", "GeoJSON"),
        ("https://a.example/x.CSV?v=2", "", "CSV"),
        ("https://a.example/", "HTML-", "HTML"),
        ("https://a.example/list", "", ""),
    ],
)
def test_format(lexicon, url, label, name):
    assert lexicon.format(url, label) == name
