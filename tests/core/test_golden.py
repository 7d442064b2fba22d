"""One folder a code: an input that raises this code alone, its report, its corrected file.

`GOLDEN=write` writes reports and corrected files anew; read the difference before you keep it.
told.json: the file's name, what was told, and `also`: codes that cannot but come along.
"""

import json
import os
from pathlib import Path
from typing import Any

import msgspec
import pytest

from ckanext.jichitai.core import examine
from ckanext.jichitai.core.check.values import Examined, Told
from ckanext.jichitai.core.definitions.load import load
from ckanext.jichitai.core.definitions.model import RuleBook
from ckanext.jichitai.core.export import REPORTS
from ckanext.jichitai.core.issues import Code

GOLDEN = Path(__file__).parents[1] / "golden"
# What no file can raise, and why.
WITHOUT = {
    Code.CHECK_FAILED: "our own failure or a time-out, reported by the caller of the engine",
    Code.REFERENCE_MISSING: "no definition uses the rule `refers` yet; tests/core/test_rules.py raises it",
}
WRITE = os.environ.get("GOLDEN") == "write"


@pytest.fixture(scope="module")
def book() -> RuleBook:
    return load()


def check(code: str, book: RuleBook) -> tuple[Examined, dict[str, Any]]:
    folder = GOLDEN / code
    told = json.loads((folder / "told.json").read_text("utf-8"))
    [source] = folder.glob("input.*")
    known = {key: value for key, value in told.items() if key not in ("name", "also")}
    return examine(told["name"], source.read_bytes(), book, msgspec.convert(known, Told)), told


def test_every_code_has_a_folder_or_a_reason() -> None:
    folders = {folder.name for folder in GOLDEN.iterdir() if folder.is_dir()}
    assert folders | {str(code) for code in WITHOUT} == {str(code) for code in Code}
    assert not folders & {str(code) for code in WITHOUT}


@pytest.mark.parametrize("code", [str(code) for code in Code if code not in WITHOUT])
def test_golden(code: str, book: RuleBook) -> None:
    done, told = check(code, book)
    codes = {issue.code for issue in done.report.issues}
    assert codes == {code, *told.get("also", ())}
    report = json.loads(REPORTS["json"].render(done.report))
    report.pop("definitions")
    fixed = REPORTS["fixed"].render(done, book, "csv")
    folder = GOLDEN / code
    if WRITE:
        text = json.dumps(report, ensure_ascii=False, indent=1)
        (folder / "report.json").write_text(f"{text}\n", encoding="utf-8")
        if fixed is not None:
            (folder / "corrected.csv").write_bytes(fixed)
    assert report == json.loads((folder / "report.json").read_text("utf-8"))
    assert (fixed is not None) == (folder / "corrected.csv").exists()
    if fixed is not None:
        assert fixed == (folder / "corrected.csv").read_bytes()


@pytest.mark.parametrize("code", [str(code) for code in Code if code not in WITHOUT])
def test_a_corrected_file_needs_no_safe_repair(code: str, book: RuleBook) -> None:
    done, told = check(code, book)
    fixed = REPORTS["fixed"].render(done, book, "csv")
    if fixed is None or done.report.item is None:
        return
    again = examine(
        told["name"].rsplit(".", 1)[0] + ".csv",
        fixed,
        book,
        Told(item=done.report.item.id, municipality=told["municipality"], date=told["date"]),
    )
    assert again.findings.filter(again.findings["confidence"] == "safe").height == 0
    assert again.report.rows.total == done.report.rows.total
