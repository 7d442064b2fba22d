"""Faults of the collection, one a row: what is written instead, and what lint says."""

from pathlib import Path

import pytest

from ckanext.jichitai.core.definitions.lint import lint
from ckanext.jichitai.core.definitions.load import load
from tests.core.small_book import LIST, WHOLE, rulebook

NOTED = WHOLE.replace("label: {en: Name}", "label: {en: Name}, note: {ja: 名, en: Its name}")


@pytest.mark.parametrize(
    ("written", "instead", "fault"),
    [
        ("en: Its name", 'en: " "', "名称: note: nothing in en"),
        ("en: Its name", "en: Its 名", "名称: note: Japanese in the English text"),
        ("en: Wells", "en: 井戸", "well: title: Japanese in the English text"),
        ("label: {en: Depth}", 'label: {en: ""}', "深さ: no English label"),
        ('type: decimal, example: "12.5"', "type: decimal", "深さ: no example"),
        ("term: depth", "term: depth, own: true, need: {level: required}", "asked of everybody, but our own"),
        ("identity: [名称]", "identity: []", "no row could be refused"),
        ("identity: [名称]", "identity: [名称]\nposition: [経度, 緯度]", "not latitude and longitude"),
        ("identity: [名称]", "identity: [名称]\nperiod: 名称\nkeeps: series", "名称 is no date"),
        ("identity: [名称]", "identity: [名称]\nkeeps: series", "a series has a period"),
        ("井戸の名: 名称", "井戸名: 深さ", "is '深さ' in a layout and '名称' as an alias"),
        ("number: 28", "number: 27", "no item has the number 26"),
    ],
)
def test_one_fault(tmp_path: Path, written: str, instead: str, fault: str) -> None:
    assert written in NOTED
    said = lint(load(rulebook(tmp_path, NOTED.replace(written, instead, 1))))
    assert any(fault in line for line in said), said


def test_a_term_has_one_type_in_all_items(tmp_path: Path) -> None:
    other = WHOLE.replace("number: 28", "number: 29").replace(
        'decimal, example: "12.5"', 'integer, example: "12"'
    )
    (rulebook(tmp_path) / "pump.yaml").write_text(other, "utf-8")
    assert any("the term 'depth' has another type at well: 深さ" in line for line in lint(load(tmp_path)))


def test_text_is_a_looser_way_to_write_the_same(tmp_path: Path) -> None:
    other = WHOLE.replace("number: 28", "number: 29").replace(
        'decimal, example: "12.5"', "text, example: 約12"
    )
    (rulebook(tmp_path) / "pump.yaml").write_text(other, "utf-8")
    assert not any("another type" in line for line in lint(load(tmp_path)))


def test_a_number_stands_once(tmp_path: Path) -> None:
    (rulebook(tmp_path) / "pump.yaml").write_text(WHOLE, "utf-8")
    assert any("number 28 is also that of pump" in line for line in lint(load(tmp_path)))


def test_a_spelling_stands_for_one_word(tmp_path: Path) -> None:
    words = LIST.replace('{en: "yes"}', '{en: "yes", spellings: [可]}').replace(
        '{en: "no"}', '{en: "no", likely: [可]}'
    )
    (rulebook(tmp_path) / "lists/yes_no.yaml").write_text(words, "utf-8")
    assert any("'可' stands for '有' and '無'" in line for line in lint(load(tmp_path)))
