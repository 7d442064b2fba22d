"""Every class, refusal, hold and reason that code may name has its words."""

import re
from typing import get_args

import pytest

from ckanext.jichitai.core.catalog.guard import WAITS
from ckanext.jichitai.core.catalog.words import say, words
from ckanext.jichitai.net.answer import Cls

HOLE = re.compile(r"\{([a-z]+)\}")
REASONS = {
    "new",
    "updated",
    "reread",
    "recreated",
    "twin",
    "took_over",
    "handed_over",
    "returned",
    "purged",
    "absent",
    "missed",
    "unseen",
    "standing",
}
REASONS |= {"postponed", "kept", "unchanged", "withdrawn", "deleted_here"}


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("fault", {*get_args(Cls), "incomplete", "ours"}),
        ("refusal", {"foreign", "duplicate", "missing", "record", "too_large", "loop"}),
        ("hold", set(WAITS)),
        ("reason", REASONS),
    ],
)
def test_none_is_missing_and_none_too_many(kind, names):
    assert {name for name, word in words().items() if word.kind == kind} == names


@pytest.mark.parametrize("name", words())
def test_both_languages_say_the_same(name):
    word = words()[name]
    assert set(HOLE.findall(word.ja.sentence + word.ja.advice)) == set(
        HOLE.findall(word.en.sentence + word.en.advice)
    )
    assert bool(word.ja.advice) == bool(word.en.advice) == (word.kind != "reason")


def test_a_sentence_is_filled_in():
    assert say("http_error", "ja", status=404).sentence == "サーバーがエラー404を返しました。"
    assert say("http_error", "en").sentence == "The server answers with error ."
