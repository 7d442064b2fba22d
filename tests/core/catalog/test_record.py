"""Ids, names and digests of records."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.jichitai.core.catalog.record import LONGEST, dataset_id, dataset_name, digest, resource_id
from ckanext.jichitai.core.catalog.values import Record, RemoteFile

RECORD = Record(
    "1",
    "aed",
    "AED",
    tags=("a", "b"),
    files=(RemoteFile("x", "https://a.example/x.csv"), RemoteFile("y", "https://a.example/y.csv")),
    extras={"k": "v", "l": "w"},
)


def other(**changes):
    return msgspec.structs.replace(RECORD, **changes)


@pytest.mark.parametrize(
    "same",
    [
        other(tags=("b", "a")),
        other(tags=("b", "a", "a")),
        other(files=RECORD.files[::-1]),
        other(extras={"l": "w", "k": "v"}),
        other(raw="f" * 64),
        other(notices=("title_cut",)),
    ],
)
def test_order_and_origin_are_no_change(same):
    assert digest(same) == digest(RECORD)


@pytest.mark.parametrize(
    "changed",
    [other(title="AED 2"), other(tags=("a",)), other(files=RECORD.files[:1]), other(licence="CC0 1.0")],
)
def test_content_is_a_change(changed):
    assert digest(changed) != digest(RECORD)


def test_both_forms_of_a_letter_are_one():
    assert digest(other(title="か\u3099")) == digest(other(title="が"))


def test_ids_never_change():
    assert dataset_id("chiyoda-ku", "1") == "f166ba94-cb3f-57c2-8d9d-e8e2969a7c0f"
    assert resource_id(dataset_id("chiyoda-ku", "1"), "r") == "76ef37d3-c39d-560e-9915-a0defe8773ba"
    assert dataset_id("chiyoda-ku", "1") == dataset_id("chiyoda-ku", " 1 ")
    assert dataset_id("chiyoda-ku", "a") != dataset_id("chiyoda-ku", "A")
    assert dataset_id("chiyoda-ku", "1") != dataset_id("chuo-ku", "1")
    assert resource_id(dataset_id("a", "1"), "r") != resource_id(dataset_id("a", "2"), "r")


@pytest.mark.parametrize(
    ("remote", "name"),
    [
        ("t131016d0000000001", "chiyoda-ku-t131016d0000000001"),
        ("AED", "chiyoda-ku-aed-"),  # changed to be legal: 8 hex digits follow
        ("避難所", "chiyoda-ku-"),
        ("", "chiyoda-ku-"),
        ("x" * 300, "chiyoda-ku-xxx"),
    ],
)
def test_names(remote, name):
    made = dataset_name("chiyoda-ku", remote, "id-1")
    assert made.startswith(name)
    assert len(made) <= LONGEST


def test_a_taken_name_gets_a_mark():
    assert dataset_name("a-b", "c", "1", frozenset({"a-b-c"})).startswith("a-b-c-")


@given(st.text(max_size=300), st.text(min_size=1, max_size=40))
def test_every_name_is_legal(remote, remote_id):
    made = dataset_name("chiyoda-ku", remote, remote_id)
    assert 2 <= len(made) <= LONGEST
    assert set(made) <= set("abcdefghijklmnopqrstuvwxyz0123456789-_")


@given(st.text(max_size=200), st.text(max_size=200))
def test_names_differ_whatever_came_first(one, two):
    names = {dataset_name("s", one, "id-1"), dataset_name("s", two, "id-2")}
    # Equal legal names are the source's own clash; the plan marks the second as taken.
    assert (
        len(names) == 2 or one.strip() == two.strip() or {one, two} & names or names == {f"s-{one.strip()}"}
    )
