"""Text, dates and addresses of foreign origin."""

from datetime import UTC

import pytest

from ckanext.jichitai.core.catalog.wash import JST, address, is_internal, moment, wash


@pytest.mark.parametrize(
    ("found", "kept"),
    [
        (None, ""),
        ("  一覧\r\n表 ", "一覧\n表"),
        ("a\x00b\ud800c", "abc"),  # neither can be stored
        ("か\u3099", "が"),
        (12, "12"),
        (True, ""),  # a flag is no text
        ({"a": 1}, ""),
    ],
)
def test_text(found, kept):
    assert wash(found) == kept


@pytest.mark.parametrize(
    ("found", "zone", "kept"),
    [
        ("2021-05-11T15:00:00", UTC, "2021-05-11T15:00:00Z"),  # CKAN: the next midnight in JST
        ("2021-05-11T15:00:00", JST, "2021-05-11T06:00:00Z"),
        ("2021-05-11T15:00:00+09:00", UTC, "2021-05-11T06:00:00Z"),
        ("2022-03-08T04:11:52.395633", UTC, "2022-03-08T04:11:52Z"),
        ("2022-04-01", UTC, "2022-03-31T15:00:00Z"),  # a day is a day in Japan
        ("2022/4/1", JST, "2022-03-31T15:00:00Z"),
        ("2099-01-01", JST, "2098-12-31T15:00:00Z"),
        ("2022-02-30", JST, None),
        ("0001-01-01T00:00:00+14:00", JST, None),  # before time begins
        ("随時", JST, None),
        (None, JST, None),
    ],
)
def test_dates(found, zone, kept):
    assert moment(found, zone) == kept


@pytest.mark.parametrize(
    ("found", "kept"),
    [
        ("https://a.example/b.csv", "https://a.example/b.csv"),
        ("data/一覧 1.csv", "https://city.example/open/data/%E4%B8%80%E8%A6%A7%201.csv"),
        ("/data/a.csv?x=あ", "https://city.example/data/a.csv?x=%E3%81%82"),
        ("https://a.example/100%.csv", "https://a.example/100%25.csv"),
        ("https://a.example/%E4%B8%80.csv", "https://a.example/%E4%B8%80.csv"),  # quoted once
        ("https://user:pw@a.example:8443/b", "https://a.example:8443/b"),
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
        ("mailto:a@b.example", ""),
        ("http://[::1", ""),
        ("http://a.example:port/", ""),
        ("", ""),
    ],
)
def test_addresses(found, kept):
    assert address(found, "https://city.example/open/") == kept


@pytest.mark.parametrize(
    ("url", "internal"),
    [
        ("http://bsvcms01/a.csv", True),
        ("http://city.example/a", False),
        ("http://[2001:db8::1]/", False),
        ("", False),
    ],
)
def test_a_bare_name_is_internal(url, internal):
    assert is_internal(url) is internal
