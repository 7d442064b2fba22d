"""The rule book: what loads, what is refused and in which words, what it says of itself."""

import shutil
from pathlib import Path

import pytest

from ckanext.jichitai.core.data import folder
from ckanext.jichitai.core.definitions.grammar import grammar
from ckanext.jichitai.core.definitions.lint import lint
from ckanext.jichitai.core.definitions.load import DefinitionError, load
from ckanext.jichitai.core.definitions.model import Item, RuleBook
from ckanext.jichitai.core.definitions.resolve import value_type, word_list
from tests.core.small_book import PART, WHOLE, rulebook


@pytest.fixture(scope="session")
def book() -> RuleBook:
    return load()


def test_ours_has_27_items_in_order(book: RuleBook) -> None:
    assert [item.number for item in book.items.values()] == list(range(1, 28))
    assert len(book.municipalities) == 63
    assert [town.code for town in book.municipalities.values() if not town.matrix] == ["130001"]


def test_ours_is_without_a_fault(book: RuleBook) -> None:
    assert lint(book) == []


def test_a_book_of_one_item(tmp_path: Path) -> None:
    found = load(rulebook(tmp_path))
    item = found.items["well"]
    assert [column.name for column in item.columns] == ["緯度", "経度", "名称", "深さ", "手押し"]
    assert item.short == item.title
    assert item.by_term("depth") == item.column("深さ")
    assert item.by_term("height") is None
    assert value_type(item.column("手押し"), found).parse("有").value == "有"
    assert word_list(item.column("深さ"), found) is None
    assert found.municipalities["991015"].prefecture == "架空県"
    with pytest.raises(KeyError):
        item.column("高さ")


# What is written instead of which text → where it is refused, and words of the refusal.
REFUSED = [
    ("type: decimal", "tpye: decimal", "columns[2]", "unknown key 'tpye' (did you mean 'type'?)"),
    ("type: decimal", "type: decimla", "columns[深さ]", "unknown type 'decimla' (did you mean 'decimal'?)"),
    ("part: place", "part: plaec", "columns[0].part", "no part 'plaec' (did you mean 'place'?)"),
    ("part: place", "{part: place, need: {緯渡: {}}}", "columns[0].need", "has no column '緯渡'"),
    (
        "type: yes_no",
        "type: choice, list: yesno",
        "columns[手押し]",
        "no list 'yesno' (did you mean 'yes_no'?)",
    ),
    ("type: decimal", "type: decimal, list: yes_no", "columns[深さ]", "`list` belongs to the types choice"),
    ("type: decimal", "type: list", "columns[深さ]", "a list needs `of`"),
    ("type: decimal", "type: decimal, of: text", "columns[深さ]", "`of` belongs to the type list"),
    ("rule: together", "rule: togther", "rules[0].rule", "unknown word 'togther' (did you mean 'together'?)"),
    ("[緯度, 経度]", "[緯度, 経度数]", "rules[0]", "no column '経度数' (did you mean '経度'?)"),
    ("identity: [名称]", "identity: [名]", "identity", "no column '名'"),
    ("{井戸の名: 名称}", "{井戸の名: 名前}", "layouts[0].labels[井戸の名]", "no column '名前'"),
    ("label: 井戸名", "label: 深さ", "columns[名称].aliases", "the heading '深さ' also leads to '深さ'"),
    ("term: pump", "term: depth", "columns[手押し].term", "'depth' is also the term of '深さ'"),
    ("name: 手押し", "name: 深さ", "columns[深さ]", "the column stands twice"),
    ("name: 手押し", "name: row_pump", "columns[row_pump]", "kept for merged tables"),
    ("name: 手押し", f"name: {'井' * 22}", f"columns[{'井' * 22}]", "the name has 66 bytes, 63 at most"),
    ('example: "12.5"', "example: 12m5", "columns[深さ].example", "is not in the form of type 'decimal'"),
    ('example: "12.5"', "example: 12.5", "columns[2].example", "put the value in quotes"),
    ("number: 28", "number: 28\nnumber: 29", "number", "the key stands twice"),
    ("number: 28", "number: 131016", "number", "put 131016 in quotes"),
    ('national: "none"', "national: 08", "national", "put 08 in quotes"),
    ("井戸の名: 名称", "NO: 名称", "layouts[0].labels", "put NO in quotes"),
    ("井戸の名: 名称", "12: 名称", "layouts[0].labels", "put the key 12 in quotes"),
    (
        "edition: {name: own}",
        "edition: {name: own, date: 2026-08-01}",
        "edition.date",
        "put 2026-08-01 in quotes",
    ),
    ("edition: former", "edition: older", "layouts[0].edition", "unknown word 'older'"),
    ("edition: {name: own}", "", "", "missing required field `edition`"),
    (WHOLE, "", "", "the file is empty"),
    (WHOLE, "[a", "", "not readable as YAML"),
]


@pytest.mark.parametrize(("written", "instead", "path", "message"), REFUSED)
def test_what_is_refused(tmp_path: Path, written: str, instead: str, path: str, message: str) -> None:
    assert written in WHOLE
    with pytest.raises(DefinitionError) as refusal:
        load(rulebook(tmp_path, WHOLE.replace(written, instead, 1)))
    fault = refusal.value
    assert fault.file == "well.yaml"
    assert path in fault.path or path == ""
    assert message in fault.message
    assert str(fault).startswith("well.yaml: ")


def test_two_headings_of_one_layout(tmp_path: Path) -> None:
    item = WHOLE.replace("{井戸の名: 名称}", "{井戸の名: 名称}, ask: {井戸の 名: 深さ}")
    with pytest.raises(DefinitionError, match="leads to '名称' and '深さ'"):
        load(rulebook(tmp_path, item))


def test_a_fault_in_a_part_names_the_part(tmp_path: Path) -> None:
    (rulebook(tmp_path) / "parts/place.yaml").write_text(
        PART.replace("term: latitude", "trem: latitude"), "utf-8"
    )
    with pytest.raises(DefinitionError, match=r"parts/place\.yaml: columns\[0\]: unknown key 'trem'.*'term'"):
        load(tmp_path)


def test_a_municipality_twice(tmp_path: Path) -> None:
    shutil.copy(rulebook(tmp_path) / "municipalities/kaku.yaml", tmp_path / "municipalities/other.yaml")
    with pytest.raises(DefinitionError, match="991015 stands twice"):
        load(tmp_path)


def test_a_folder_without_items(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError, match="no item"):
        load(tmp_path)


def test_the_prefix_of_a_part_keeps_the_bare_name(tmp_path: Path) -> None:
    item = WHOLE.replace(
        "part: place", "{part: place, prefix: 井戸_, own: true, example: {緯度: '35.000000'}}"
    )
    columns = (
        load(rulebook(tmp_path, item.replace("[緯度, 経度]", "[井戸_緯度, 井戸_経度]"))).items["well"].columns
    )
    assert [column.name for column in columns[:2]] == ["井戸_緯度", "井戸_経度"]
    assert columns[0].aliases[0].label == "緯度"
    assert columns[0].own
    assert columns[0].example == "35.000000"


@pytest.mark.parametrize(
    ("change", "same"),
    [
        (lambda text: "# a remark\n" + text.replace(", en: Wells", ",   en: Wells"), True),
        (lambda text: text.replace("en: Wells", "en: Pumps"), False),
        (lambda text: text.replace("井戸の名", "井戸の名まえ"), False),
    ],
)
def test_the_digest_is_of_what_is_said(tmp_path: Path, change, same: bool) -> None:
    first = load(rulebook(tmp_path)).digest
    assert (load(rulebook(tmp_path, change(WHOLE))).digest == first) is same


def test_the_digest_covers_the_words_of_issues(tmp_path: Path) -> None:
    first = load(rulebook(tmp_path)).digest
    (tmp_path / "issues").mkdir()
    (tmp_path / "issues/cell.yaml").write_text("value_form: {severity: warning}\n", "utf-8")
    assert load(tmp_path).digest != first


def test_the_grammar_page_is_up_to_date() -> None:
    assert (folder("schemas") / "README.md").read_text("utf-8") == grammar()


def items() -> list[Item]:
    return list(load().items.values())


@pytest.mark.parametrize("item", items(), ids=lambda item: item.id)
def test_an_item_is_short_enough_to_read(item: Item) -> None:
    lines = (folder("schemas") / f"{item.id}.yaml").read_text("utf-8").count("\n")
    assert lines < 300


@pytest.mark.parametrize("item", items(), ids=lambda item: item.id)
def test_only_the_standard_s_own_word_is_official(item: Item) -> None:
    """Two sheets of the standard could be read; a column of another one that says official is a slip."""
    official = [column.name for column in item.columns if column.need.evidence == "official"]
    assert len(official) in (0, len(item.columns))
