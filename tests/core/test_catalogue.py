"""The words of issues: whole, the same in both languages, and refused when they are not."""

import re
import shutil
from pathlib import Path

import pytest

from ckanext.jichitai.core.data import folder
from ckanext.jichitai.core.issues import Code
from ckanext.jichitai.core.issues.catalogue import FILES, CatalogueError, Facts, load_catalogue

CATALOGUE = load_catalogue()
FULL = {
    "lines": (3, 5),
    "column": "名称",
    "column_en": "Name",
    "cell": "C3",
    "found": "８",
    "suggested": "8",
    "example": "9",
    "details": {
        "format": "csv",
        "item": "AED",
        "other": "住所",
        "note_ja": "呼び名。",
        "note_en": "What it is called.",
    },
}


def test_every_code_has_words() -> None:
    assert set(CATALOGUE) == set(Code)
    assert len(CATALOGUE) == len(Code)


@pytest.mark.parametrize("code", list(Code))
def test_both_languages_say_it_and_what_to_do(code: Code) -> None:
    block = CATALOGUE[code]
    for form in (block.ja.one, block.ja.many, block.ja.every, block.ja.remedy):
        assert form.endswith("。")
    for form in (block.en.one, block.en.many, block.en.every, block.en.remedy):
        assert form.endswith(".")
        assert not re.search("[ぁ-んァ-ヶ一-鿿]", form)
    assert re.search(r"(ください|ます|です|ません)(\{(example|about)\})?。", block.ja.remedy)
    assert block.example.before != block.example.after


@pytest.mark.parametrize("code", list(Code))
@pytest.mark.parametrize(("count", "every"), [(1, False), (1, True), (7, False), (7, True)])
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_sentence_can_be_filled(code: Code, count: int, every: bool, lang: str) -> None:
    message, remedy = CATALOGUE.sentence(Facts(code, count, every, **FULL), lang)
    assert not re.search("[{}]|「」|“”|  ", message + remedy)


@pytest.mark.parametrize(
    ("facts", "ja", "en"),
    [
        (
            Facts("column_missing", column="設置位置", column_en="position in the building"),
            "「設置位置」の列がありません。",
            "There is no column 設置位置 (position in the building).",
        ),
        (
            Facts("coordinates_swapped", 212, every=True),
            "緯度と経度が、値のある212行すべてで逆です。",
            "Latitude and longitude are exchanged in all 212 filled rows.",
        ),
        (
            Facts("coordinates_swapped", lines=(12,)),
            "12行目で緯度と経度が逆です。",
            "Latitude and longitude are exchanged in line 12.",
        ),
        (
            Facts("value_as_date", 42, cell="H12", found="8月16日"),
            "番地が日付になっています（H12「8月16日」ほか41件）。",
            "House numbers have become dates (H12 “8月16日” and 41 more).",
        ),
        (Facts("value_as_date"), "番地が日付になっています。", "A house number has become a date."),
        (
            Facts("phone_no_area_code", 12, cell="F3", found="45-1234"),
            "市外局番のない電話番号が12件あります（F3「45-1234」）。",
            "12 phone numbers lack the area code (F3 “45-1234”).",
        ),
        (
            Facts("encoding_not_utf8", details={"found": "Shift_JIS"}),
            "文字コードは Shift_JIS です。",
            "The file is in Shift_JIS.",
        ),
        (
            Facts("value_missing", 1200, column="名称", lines=(3, 4, 5, 6, 7, 8)),
            "「名称」が空白の行が1,200行あります（3、4、5、6、7…行目）。",
            "名称 is blank in 1,200 lines (3, 4, 5, 6, 7…).",
        ),
        (
            Facts("value_form", column="電話番号", cell="S229", found="0898542606", suggested="0898-54-2606"),
            "「電話番号」の書き方が標準と違います（S229「0898542606」→「0898-54-2606」）。",
            "A value of 電話番号 is not written in the standard way (S229 “0898542606” → “0898-54-2606”).",
        ),
        (
            Facts("markup_in_cell", column="説明", cell="A2", found="<p>" + "長い\n話" * 20),
            "「説明」にHTMLのタグや記号が入っています（A2「<p>長い 話長い 話長い 話長い 話長い 話長い 話長い 話長い 話長い 話長…」）。",
            "A cell of 説明 holds HTML tags (A2 “<p>長い 話長い 話長い 話長い 話長い 話長い 話長い 話長い 話長い 話長…”).",
        ),
        # Braces of a cell are text, and no placeholder.
        (
            Facts("item_unknown", found="{count}"),
            "標準データセット27項目のどれにも当たりません。",
            "The file is none of the 27 standard datasets.",
        ),
        (
            Facts("order_wrong", column="終", lines=(2,), found="{count}"),
            "「終」が、組になる列より前か、小さくなっています（2行目、{count}）。",
            "終 is earlier or smaller than it should be (line 2, {count}).",
        ),
    ],
)
def test_sentences(facts: Facts, ja: str, en: str) -> None:
    assert CATALOGUE.sentence(facts, "ja")[0] == ja
    assert CATALOGUE.sentence(facts, "en")[0] == en


@pytest.mark.parametrize(
    ("facts", "ja", "en"),
    [
        (
            Facts(
                "column_missing",
                column="ID",
                column_en="ID",
                details={"note_ja": "番号。", "note_en": "A number."},
                example="1",
            ),
            "見出しに「ID」を加えて、値を書いてください（番号。例：1）。",
            "Add the heading ID and fill in the values (A number; for example 1).",
        ),
        (
            Facts("column_missing", column="名称", details={"example": "公園"}),
            "見出しに「名称」を加えて、値を書いてください（例：公園）。",
            "Add the heading 名称 and fill in the values (for example 公園).",
        ),
        (Facts("value_missing", column="名称"), "「名称」を書いてください。", "Fill in 名称."),
    ],
)
def test_remedies(facts: Facts, ja: str, en: str) -> None:
    assert CATALOGUE.sentence(facts, "ja")[1] == ja
    assert CATALOGUE.sentence(facts, "en")[1] == en


@pytest.mark.parametrize(
    ("code", "circumstances", "severity"),
    [
        ("column_missing", {}, "warning"),
        ("column_missing", {"official": True}, "error"),
        ("column_missing", {"soft": True}, "info"),
        ("column_missing", {"official": True, "soft": True}, "error"),
        ("item_unknown", {}, "info"),
        ("item_unknown", {"told": True}, "error"),
        ("value_form", {"official": True, "told": True, "soft": True}, "warning"),
    ],
)
def test_severity(code: str, circumstances: dict[str, bool], severity: str) -> None:
    assert CATALOGUE[code].graded(**circumstances) == severity


def test_only_our_own_faults_and_gaps_are_ours() -> None:
    assert {code for code in CATALOGUE if CATALOGUE[code].owner == "platform"} == {
        Code.CHECK_FAILED,
        Code.DEFINITION_INCOMPLETE,
    }


@pytest.fixture
def words(tmp_path: Path) -> Path:
    """A copy of our words to spoil."""
    for name in FILES:
        shutil.copy(folder("schemas") / "issues" / f"{name}.yaml", tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("order_wrong:", "order_worng:", "row.yaml: order_worng: no such code"),
        ("order_wrong:", "id_all_same:", "table.yaml: id_all_same: stands twice"),
        ("severity: warning", "severity: dreadful", "row.yaml: group_incomplete: .*dreadful"),
        ("severity: warning", "severity: warning\n  colour: red", "row.yaml: group_incomplete: .*colour"),
        ("（{line}行目、{found}）。", "（{row}行目、{found}）。", "order_wrong.one: nothing fills row"),
        (
            "（{line}行目、{found}）。",
            "（{found}）。",
            "order_wrong.one: ja and en name different things: line",
        ),
    ],
)
def test_refused(words: Path, old: str, new: str, message: str) -> None:
    file = words / "row.yaml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(CatalogueError, match=message):
        load_catalogue(words)


def test_a_code_without_words_is_refused(words: Path) -> None:
    (words / "table.yaml").write_text("", "utf-8")
    with pytest.raises(CatalogueError, match="no words for coordinates_missing"):
        load_catalogue(words)
