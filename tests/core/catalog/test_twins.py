"""Two sources of one municipality, one dataset: who is a twin, who writes it, who takes over."""

import msgspec
import pytest

from ckanext.jichitai.core.catalog.plan import plan
from ckanext.jichitai.core.catalog.planned import Other, Policy
from tests.core.catalog.ledger import LATER, NOW, SOURCE, applied, listing, record

UUID = "00000000-0000-4000-8000-000000000001"
PAGE = "https://www.sakura.example/open/aed"
FILES = ("https://www.sakura.example/aed.csv", "https://www.sakura.example/aed.xlsx")
OTHER = Other(
    "sakura-shi-old", 2, UUID, "the-dataset", "sakura-shi-old-aed", "live", landing=PAGE, files=FILES
)
WORSE = msgspec.structs.replace(SOURCE, rank=3)


def fate(source, *others, present=(), **more):
    made = plan(list(present), listing(record("1", **more)), source, NOW, Policy(others=others))
    return [(entry.action, entry.reason, entry.dataset_id) for entry in made.entries]


@pytest.mark.parametrize(
    ("more", "is_twin"),
    [
        ({"identifiers": (UUID,)}, True),
        ({"landing": PAGE + "/"}, True),
        ({"files": FILES}, True),
        ({"files": FILES[:1]}, False),  # a shared file is not a shared dataset
        ({"identifiers": ("1",)}, False),  # too short to tell anything
        ({"title": "同じ題名"}, False),
    ],
)
def test_what_makes_a_twin(more, is_twin):
    other = msgspec.structs.replace(OTHER, identifiers=("1",))
    assert (fate(WORSE, other, **more)[0][:2] == ("keep", "twin")) is is_twin


def test_the_better_rank_writes_the_dataset_under_its_id():
    assert fate(SOURCE, OTHER, landing=PAGE) == [("update", "took_over", "the-dataset")]
    assert fate(WORSE, OTHER, landing=PAGE) == [("keep", "twin", "the-dataset")]


def test_a_page_that_two_datasets_name_tells_nothing():
    second = msgspec.structs.replace(OTHER, dataset_id="another", remote_id="x" * 36, files=())
    assert fate(WORSE, OTHER, second, landing=PAGE)[0][1] == "new"


def test_a_page_that_two_of_our_records_name_tells_nothing():
    both = listing(record("1", landing=PAGE), record("2", landing=PAGE))
    made = plan([], both, WORSE, NOW, Policy(others=(OTHER,)))
    assert [entry.reason for entry in made.entries] == ["new", "new"]


def test_a_twin_takes_over_when_no_live_record_is_before_it():
    mine = [msgspec.structs.replace(row, state="twin", dataset_id="the-dataset") for row in rows()]
    assert fate(WORSE, OTHER, present=mine)[0][:2] == ("keep", "twin")
    gone = msgspec.structs.replace(OTHER, state="twin", misses=2)
    assert fate(WORSE, gone, present=mine)[0] == ("update", "took_over", "the-dataset")


def test_a_record_with_a_twin_is_handed_over_and_not_withdrawn():
    mine = [msgspec.structs.replace(row, dataset_id="the-dataset") for row in rows()]
    twin = Policy(others=(msgspec.structs.replace(OTHER, state="twin"),))
    mine = applied(mine, plan(mine, listing(), SOURCE, NOW, twin))
    (entry,) = plan(mine, listing(), SOURCE, LATER, twin).entries
    assert (entry.action, entry.reason) == ("keep", "handed_over")


def rows():
    return applied([], plan([], listing(record("1")), SOURCE, NOW))
