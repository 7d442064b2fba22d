"""`jichitai check` and `explain`: what they print and write, and what they leave with."""

import io
import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from ckanext.jichitai.core.cli import main
from ckanext.jichitai.core.definitions.load import load
from ckanext.jichitai.core.definitions.sample import sample
from ckanext.jichitai.core.issues import Code

ITEM = next(iter(load().items.values()))
CODE = "131016"


def run(*arguments: object) -> tuple[int, str]:
    answer = CliRunner().invoke(main, [str(argument) for argument in arguments])
    return answer.exit_code, answer.output


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """clean.csv, bad.csv (a row without its name), page.csv (a web page), other.csv."""
    place = tmp_path_factory.mktemp("files")
    book = load()
    frame = sample(ITEM, book, book.municipalities[CODE], 3, 1)
    (place / "clean.csv").write_bytes(frame.write_csv().encode())
    lines = frame.write_csv().splitlines()
    cells = lines[2].split(",")
    bad = ",".join(
        "" if name in ITEM.identity else cell for name, cell in zip(frame.columns, cells, strict=False)
    )
    (place / "bad.csv").write_bytes("\n".join([*lines[:2], bad, *lines[3:]]).encode())
    (place / "page.csv").write_bytes(b"<!doctype html><title>404</title>")
    (place / "other.csv").write_bytes("年度,歳入\n2023,1\n2024,2\n".encode())
    return place


@pytest.mark.parametrize(
    ("names", "told", "code"),
    [
        (["clean.csv"], [], 0),
        (["other.csv"], [], 0),
        (["page.csv"], [], 0),
        (["bad.csv"], [], 1),
        (["clean.csv", "bad.csv"], [], 1),
        (["page.csv"], ["--item", ITEM.id], 2),
        (["clean.csv", "page.csv"], ["--item", ITEM.id], 2),
        (["nothing.csv"], [], 2),
        (["clean.csv"], ["--item", "nothing"], 2),
        (["clean.csv"], ["--municipality", "131017"], 2),
        (["clean.csv"], ["--accept", "nothing.json"], 2),
    ],
)
def test_exit_codes(names: list[str], told: list[str], code: int, folder: Path) -> None:
    assert run("check", *(folder / name for name in names), *told)[0] == code


def test_json_is_one_report_a_line(folder: Path) -> None:
    code, text = run("check", folder, "--format", "json")
    assert code == 1
    reports = [json.loads(line) for line in text.splitlines()]
    assert [one["file"]["name"] for one in reports] == ["bad.csv", "clean.csv", "other.csv", "page.csv"]
    assert all(one["report"] == 1 for one in reports)


def test_text_and_html_in_both_languages(folder: Path) -> None:
    assert "問題はありません" in run("check", folder / "clean.csv")[1]
    assert "No problems" in run("check", folder / "clean.csv", "--lang", "en")[1]
    page = run("check", folder / "bad.csv", "--format", "html", "--lang", "en")[1]
    assert '<html lang="en">' in page
    assert "identity_missing" in page
    assert "http" not in page.replace("https://", "").split("<body>")[0]


def test_what_it_writes(folder: Path, tmp_path: Path) -> None:
    names = {"--fixed": "f.csv", "--marked": "m.xlsx", "--findings": "all.csv"}
    options = [word for option, name in names.items() for word in (option, tmp_path / name)]
    assert run("check", folder / "bad.csv", *options)[0] == 1
    fixed = (tmp_path / "f.csv").read_text("utf-8-sig").splitlines()
    assert len(fixed) == 4
    book = openpyxl.load_workbook(io.BytesIO((tmp_path / "m.xlsx").read_bytes()))
    assert len(book.sheetnames) == 3
    assert book.worksheets[0].max_row == 4
    assert any(cell.comment for row in book.worksheets[0].iter_rows() for cell in row)
    assert "identity_missing" in (tmp_path / "all.csv").read_text("utf-8-sig")


def test_several_files_write_into_folders(folder: Path, tmp_path: Path) -> None:
    run("check", folder, "--fixed", tmp_path / "fixed", "--findings", tmp_path / "found")
    assert sorted(one.name for one in (tmp_path / "fixed").iterdir()) == ["bad.xlsx", "clean.xlsx"]
    assert len(list((tmp_path / "found").iterdir())) == 4


def test_accepted_fixes_from_a_file(folder: Path, tmp_path: Path) -> None:
    column = next(column.name for column in ITEM.columns if column.type == "phone")
    book = load()
    frame = sample(ITEM, book, book.municipalities[CODE], 3, 1)
    source = tmp_path / "phones.csv"
    published = frame[column].drop_nulls()[0]
    source.write_bytes(frame.write_csv().replace(published, "3211-4111").encode())
    fixes = tmp_path / "fixes.json"
    fixes.write_text(
        json.dumps([{"column": column, "found": "3211-4111", "value": "03-3211-4111"}]), encoding="utf-8"
    )
    report = json.loads(run("check", source, "--format", "json", "--accept", fixes)[1])
    assert report["verdict"] == "repaired"


@pytest.mark.parametrize("code", [str(code) for code in Code])
def test_explain(code: str) -> None:
    assert run("explain", code)[0] == 0


def test_explain_a_slip() -> None:
    code, text = run("explain", "value_mising")
    assert code == 2
    assert "value_missing" in text
