"""`jichitai list`, `show`, `template`: what they print, and what they leave with."""

import json
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from ckanext.jichitai.core.cli import COMMANDS, main
from ckanext.jichitai.core.definitions.load import load


def run(*arguments: str) -> tuple[int, str]:
    answer = CliRunner().invoke(main, arguments)
    return answer.exit_code, answer.output


def test_help_names_every_command_without_importing_one() -> None:
    code, text = run("--help")
    assert code == 0
    assert all(name in text for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_is_there(name: str) -> None:
    assert run(name, "--help")[0] == 0


def test_list() -> None:
    code, text = run("list")
    assert code == 0
    assert len(text.splitlines()) == 27
    items = json.loads(run("list", "--json")[1])
    assert [item["number"] for item in items] == list(range(1, 28))


@pytest.mark.parametrize("form", ["yaml", "json", "table-schema", "jsonld-context"])
def test_show(form: str) -> None:
    name = next(iter(load().items))
    code, text = run("show", name, "--as", form)
    assert code == 0
    assert yaml.safe_load(text) == (yaml.safe_load(text) if form == "yaml" else json.loads(text))


@pytest.mark.parametrize("word", ["1", "01", "PUBLIC_FACILITY"])
def test_an_item_by_number_or_name(word: str) -> None:
    assert run("show", word)[0] == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("show", "public_facilty"), "did you mean 'public_facility'"),
        (("show", "28"), "no item '28'"),
        (("show", "1", "--as", "xml"), "'xml' is not one of"),
        (("template", "1", "-o", "a.txt"), ".xlsx or .csv, not .txt"),
        (("template", "1", "-o", "nowhere/a.csv"), "nowhere/a.csv"),
        (("template", "1", "-o", "a.csv", "--municipality", "131017"), "no municipality '131017'"),
        (("template", "1"), "Missing option '-o'"),
        (("chekc",), "No such command 'chekc'"),
    ],
)
def test_wrong_usage_leaves_with_2(arguments: tuple[str, ...], said: str) -> None:
    code, text = run(*arguments)
    assert code == 2
    assert said in text


@pytest.mark.parametrize("name", ["form.xlsx", "form.csv"])
def test_template(tmp_path: Path, name: str) -> None:
    place = tmp_path / name
    code, text = run("template", "8", "--municipality", "131016", "-o", str(place))
    assert (code, text.strip()) == (0, str(place))
    assert place.stat().st_size > 100


def test_a_broken_rule_book_is_our_fault(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("ckanext.jichitai.core.definitions.load.data_folder", lambda name: tmp_path)
    code, text = run("list")
    assert code == 3
    assert "The rule book cannot be used" in text


def test_a_crash_is_our_fault_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def crash() -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("ckanext.jichitai.core.cli.items.load", crash)
    code, text = run("list")
    assert code == 3
    assert "not of your files" in text
    assert "ZeroDivisionError" in text


def test_embedded_it_raises_instead_of_leaving() -> None:
    assert main.main(["list"], standalone_mode=False) is None
