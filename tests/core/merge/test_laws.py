"""Any set of files: nothing lost, nothing made, and the order of files changes nothing."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.merge.made import file, merged, row

NAMES = st.sampled_from(["北公園", "南会館", "東図書館", "西プール", None])
CELLS = st.fixed_dictionaries(
    {
        "住所": st.sampled_from(["甲町1", "乙町2", None]),
        "番号": st.sampled_from(["1", "2", "3", None]),
        "緯度": st.sampled_from(["35.690000", None]),
        "経度": st.sampled_from(["139.750000", None]),
        "台数": st.sampled_from(["1", "2", None]),
        "row_verdict": st.sampled_from(["valid", "valid", "repaired", "quarantined"]),
    }
)
ROWS = st.lists(st.builds(lambda name, cells: row(name, **cells), NAMES, CELLS), max_size=6)
FACTS = st.fixed_dictionaries(
    {
        "town": st.sampled_from(["131016", "131032"]),
        "date": st.sampled_from(["", "2025-01-01", "2026-01-01"]),
        "staff": st.booleans(),
        "format": st.sampled_from(["csv", "xlsx"]),
        "verdict": st.sampled_from(["valid", "partial", "invalid", "other", "unchecked"]),
        "aside": st.integers(0, 2),
    }
)
FILES = st.lists(st.tuples(ROWS, FACTS), max_size=5)


def built(said):
    files = []
    for number, (rows, facts) in enumerate(said):
        aside = facts["aside"]
        known = {name: value for name, value in facts.items() if name != "aside"}
        files.append(file(*rows, resource=f"r{number}", rows_total=len(rows) + aside, **known))
    return files


@settings(max_examples=150, deadline=None)
@given(FILES, st.randoms(use_true_random=False))
def test_rows_and_files_are_conserved_in_any_order(said, random):
    files = built(said)
    result = merged(*files)  # raises Unbalanced where a sum does not hold
    read = [one for one in files if one.verdict not in ("other", "unchecked")]
    assert result.rows.height + result.dropped.height == sum(one.rows_total for one in read)
    assert result.outcomes.height == len(files)
    random.shuffle(files)
    other = merged(*files)
    assert other.rows.equals(result.rows)
    assert other.dropped.equals(result.dropped)
    assert other.outcomes.equals(result.outcomes)


@settings(max_examples=100, deadline=None)
@given(FILES)
def test_every_winner_stands_in_the_table(said):
    result = merged(*built(said))
    there = set(result.rows["row_id"])
    assert set(result.dropped["winner"].drop_nulls()) <= there
    assert set(result.rows["row_duplicate_of"].drop_nulls()) <= there


@settings(max_examples=100, deadline=None)
@given(FILES)
def test_merging_the_same_again_changes_nothing(said):
    files = built(said)
    first = merged(*files)
    again = merged(*files, last=first.rows, now="2030-01-01")
    assert again.rows.equals(first.rows)


@settings(max_examples=100, deadline=None)
@given(FILES, FILES)
def test_an_id_is_never_given_to_two_rows(before, after):
    first = merged(*built(before))
    second = merged(*built(after), last=first.rows, now="2030-01-01")
    assert second.rows["row_id"].n_unique() == second.rows.height
