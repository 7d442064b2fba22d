"""Folding: cells and headings to one form, twice as once."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ckanext.jichitai.core.fold import dashes, fold, fold_label, half

TEXT = st.text() | st.text(
    "_x000D \r\n\t\u3000\u200b\ufeff()必須※標記表゛か\u3099-ーAＡ[]{}\u00ad", max_size=20
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  中央公園　", "中央公園"),
        ("1行目\r\n2行目\r3行目", "1行目\n2行目\n3行目"),
        ("1行目_x000D_\n2行目", "1行目\n2行目"),
        ("中央\u00a0公園", "中央 公園"),
        ("中央\t公園", "中央 公園"),
        ("\ufeff中央\u200b公園", "中央公園"),
        ("中央\x00公園\x1f", "中央公園"),
        ("３０人", "３０人"),  # width is the types' matter
        ("か\u3099", "か\u3099"),
        (" \n ", ""),
    ],
)
def test_a_cell(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("label", "same"),
    [
        ("名称＿ｶﾅ", "名称_カナ"),
        ("名称 カナ", "名称_カナ"),
        ("建物名等（方書）", "建物名等(方書)"),
        ("建物名等【方書】", "建物名等(方書)"),
        ("コ―ド", "コード"),
        ("コ-ド", "コード"),
        ("所在地_連結標記", "所在地_連結表記"),
        ("名称(必須)", "名称"),
        ("名称（任意）※", "名称"),
        ("※名称", "名称"),
        ("【必須】名称", "名称"),
        ("●名称", "名称"),
        ("名称\n_カナ", "名称_カナ"),
        ("Ｎｏ", "NO"),
    ],
)
def test_headings_that_are_the_same(label: str, same: str) -> None:
    assert fold_label(label) == fold_label(same)


@pytest.mark.parametrize(
    ("label", "other"), [("名称", "名称_カナ"), ("緯度", "経度"), ("ID", "ID2"), ("必須", "任意")]
)
def test_headings_that_are_not(label: str, other: str) -> None:
    assert fold_label(label) != fold_label(other)


@given(TEXT)
@settings(max_examples=300, deadline=None)
def test_folding_twice_is_folding_once(text: str) -> None:
    for step in (fold, half, dashes, fold_label):
        assert step(step(text)) == step(text), step


@given(TEXT)
@settings(max_examples=300, deadline=None)
def test_a_folded_cell_has_no_outer_blanks_and_no_control_characters(text: str) -> None:
    folded = fold(text)
    assert folded == folded.strip(" \u3000\n")
    assert not {letter for letter in folded if ord(letter) < 0x20} - {"\n"}
