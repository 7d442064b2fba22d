"""What differs between items is data: no item id and no column label stands in code."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from ckanext.jichitai.core import load

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "ckanext" / "jichitai"

# Words that are also words of something else: (file, literal) → why it is not an item id or a label there.
ALLOWED = {
    ("core/catalog/kinds/__init__.py", "open_data_list"): "name of the source type, not of the item",
    ("core/catalog/kinds/open_data_list.py", "open_data_list"): "this source type reads that item: its name",
    ("core/catalog/values.py", "open_data_list"): "name of the source type, not of the item",
}
# A word of everyday code that is also an item's id.
EVERYDAY = {"event": "an event of the change feed or of a test"}


def sources() -> list[Path]:
    return [path for path in sorted(PACKAGE.rglob("*.py")) if "migration" not in path.parts]


def literals(path: Path) -> Iterator[tuple[int, str]]:
    """String literals of a module that are values: docstrings and bare strings are words for people."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    bare = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in bare:
            yield node.lineno, node.value


@pytest.fixture(scope="module")
def forbidden() -> set[str]:
    book = load()
    labels = {column.name for item in book.items.values() for column in item.columns}
    # Two-letter words such as 緯度 are labels too; what is plain Latin (ID) is everyone's word.
    return (set(book.items) - set(EVERYDAY)) | {label for label in labels if not label.isascii()}


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_item_id_or_label_in_code(path: Path, forbidden: set[str]) -> None:
    name = str(path.relative_to(PACKAGE))
    found = [
        (line, text) for line, text in literals(path) if text in forbidden and (name, text) not in ALLOWED
    ]
    assert not found


@pytest.mark.parametrize(
    "path", sorted(PACKAGE.rglob("*.html")), ids=lambda path: str(path.relative_to(PACKAGE))
)
def test_no_label_in_templates(path: Path, forbidden: set[str]) -> None:
    text = path.read_text(encoding="utf-8")
    assert [word for word in forbidden if f"'{word}'" in text or f'"{word}"' in text] == []


def test_the_search_finds_what_it_should(tmp_path: Path, forbidden: set[str]) -> None:
    module = tmp_path / "guilty.py"
    module.write_text('"""緯度"""\nif column == "緯度":\n    pass\n', encoding="utf-8")
    assert [line for line, text in literals(module) if text in forbidden] == [2]
