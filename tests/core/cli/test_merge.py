"""`jichitai merge`, `diff` and `coverage` on small files of a real item."""

import csv

import pytest
from click.testing import CliRunner

from ckanext.jichitai.core import load
from ckanext.jichitai.core.cli.exit import Exit
from ckanext.jichitai.core.cli.gather import found, town_of
from ckanext.jichitai.core.cli.merge import coverage, diff, merge
from ckanext.jichitai.core.definitions.sample import sample


def run(command, *args):
    return CliRunner().invoke(command, [str(arg) for arg in args], standalone_mode=False)


@pytest.fixture(scope="module")
def book():
    return load()


@pytest.fixture
def folder(tmp_path, book):
    """Two towns' files of the first item with positions, a file twice, and one that is no table."""
    item = next(item for item in book.items.values() if item.position)
    towns = [town for town in book.municipalities.values() if town.matrix][:2]
    for seed, town in enumerate(towns):
        rows = sample(item, book, town, 12, seed)
        (tmp_path / "in" / town.slug).mkdir(parents=True)
        rows.write_csv(tmp_path / "in" / town.slug / f"{town.code}_{item.id}.csv")
    rows.write_csv(tmp_path / "in" / town.slug / f"{town.code}_again.csv")
    (tmp_path / "in" / "notes.txt").write_text("no table here", "utf-8")
    (tmp_path / "in" / ".hidden").write_text("x", "utf-8")
    return tmp_path


def lines(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_every_file_and_row_has_its_fate(folder):
    assert (
        run(merge, folder / "in", "-o", folder / "out", "--as", "csv,parquet,geojson").return_value
        == Exit.GOOD
    )
    outcomes = lines(folder / "out" / "outcomes.csv")
    assert sorted(line["fate"] for line in outcomes) == ["included", "included", "other", "twin"]
    assert len(lines(folder / "out" / "dropped.csv")) == 12
    (table,) = (path for path in (folder / "out").glob("*.csv") if path.stem not in ("outcomes", "dropped"))
    rows = lines(table)
    assert len(rows) == 24
    assert len({row["row_id"] for row in rows}) == 24
    assert {row["src_municipality_code"] for row in rows} == {
        line["municipality_code"] for line in outcomes if line["item"]
    }


def test_the_same_again_gives_the_same_bytes_and_no_difference(folder):
    for name in ("a", "b"):
        run(merge, folder / "in", "-o", folder / name, "--as", "csv,parquet,xlsx,geojson,jsonld,ngsi-ld")
    for one in (folder / "a").iterdir():
        assert one.read_bytes() == (folder / "b" / one.name).read_bytes(), one.name
    (table,) = (folder / "a").glob("*.parquet")
    assert run(diff, table, folder / "b" / table.name).return_value == Exit.GOOD


def test_diff_tells_what_changed(folder):
    run(merge, folder / "in", "-o", folder / "a")
    for town in (folder / "in").iterdir():
        for path in town.glob("*.csv") if town.is_dir() else ():
            text = path.read_text("utf-8").splitlines(keepends=True)
            path.write_text("".join(text[:-1]), "utf-8")
    run(merge, folder / "in", "-o", folder / "b")
    (table,) = (path for path in (folder / "a").glob("*.csv") if path.stem not in ("outcomes", "dropped"))
    result = run(diff, table, folder / "b" / table.name)
    assert result.return_value == Exit.DIFFERENT
    assert result.output.count("removed") == 2


def test_nothing_usable(tmp_path):
    (tmp_path / "a.txt").write_text("nothing", "utf-8")
    assert run(merge, tmp_path, "-o", tmp_path / "out").return_value == Exit.NOTHING


def test_an_unknown_format_is_wrong_usage(tmp_path):
    result = CliRunner().invoke(merge, [str(tmp_path), "-o", str(tmp_path / "out"), "--as", "csv,docx"])
    assert result.exit_code == Exit.USAGE
    assert "docx" in result.output


def test_coverage(folder):
    result = run(coverage, folder / "in")
    assert result.output.count("◎") + result.output.count("○") == 2
    assert len(result.stdout.splitlines()) == 62


@pytest.mark.parametrize(
    ("path", "slug"),
    [
        ("in/131016_aed.csv", "chiyoda-ku"),
        ("in/chiyoda-ku/aed.csv", "chiyoda-ku"),
        ("131032/千代田区_AED.csv", "chiyoda-ku"),  # the name that is nearest
        ("in/20240101_aed.csv", None),
        ("in/aed.csv", None),
    ],
)
def test_whose_file_it_is(path, slug, tmp_path, book):
    town = town_of(tmp_path / path, book)
    assert (town.slug if town else None) == slug


def test_hidden_files_are_not_data(folder):
    assert ".hidden" not in {path.name for path in found([folder / "in"])}
