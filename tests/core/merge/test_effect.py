"""What a file would do, in counts and words."""

from ckanext.jichitai.core.merge.effect import effect
from ckanext.jichitai.core.merge.values import History
from tests.core.merge.made import file, merged
from tests.core.merge.test_guard import places


def test_counts_and_sentence():
    before = merged(file(*places(20)))
    rows = [{**place, "台数": "1"} if n < 7 else place for n, place in enumerate(places(22))][:22]
    after = merged(file(*rows[1:]), last=before.rows, now="2026-05-02", history=History())
    found = effect(before.rows, after, "131016")
    assert (found.added, found.changed, found.removed, found.held) == (2, 6, 1, False)
    assert "2行増え" in found.words.ja
    assert "gains 2 rows" in found.words.en


def test_nothing_changes():
    before = merged(file(*places(5)))
    after = merged(file(*places(5)), last=before.rows, now="2026-05-02", history=History())
    assert "stays as it is" in effect(before.rows, after, "131016").words.en


def test_what_the_guard_would_hold_is_said():
    before = merged(file(*places(40)))
    after = merged(file(*places(5)), last=before.rows, now="2026-05-02", history=History())
    found = effect(before.rows, after, "131016")
    assert found.held
    assert found.reasons == ("rows_fewer",)


def test_a_first_file():
    assert effect(None, merged(file(*places(3))), "131016").added == 3
