"""Files of schemas/ → RuleBook, in two passes: read each file as it is, then resolve them together.

The order of the whole stands here. What a file may say: model.py. What is refused: convert.py for
shape, refuse.py for sense.
"""

from pathlib import Path
from typing import TypeVar

import msgspec

from ..data import folder as data_folder
from . import refuse
from .convert import convert
from .digest import digest
from .error import DefinitionError
from .model import Item, ItemSource, Municipality, MunicipalityFile, Part, RuleBook, WordList
from .resolve import resolve
from .strict_yaml import read_yaml

__all__ = ["DefinitionError", "load"]

T = TypeVar("T")


def load(folder: Path | None = None) -> RuleBook:
    """The rule book of a folder laid out like schemas/, by default our own.

    Reads the files anew each time: the caller keeps the answer.
    Raises DefinitionError for the first thing wrong.
    """
    folder = folder or data_folder("schemas")
    lists = {
        name: msgspec.structs.replace(words, id=name)
        for name, words in _files(folder, "lists", WordList).items()
    }
    parts = _files(folder, "parts", Part)
    sources = _files(folder, "", ItemSource)
    if not sources:
        raise DefinitionError(folder.name, "", "no item: the folder holds no <id>.yaml")
    items = _in_order({name: resolve(name, source, parts, lists) for name, source in sources.items()})
    municipalities = _municipalities(folder)
    book = RuleBook(items=items, lists=lists, municipalities=municipalities, digest="")
    for item in items.values():
        refuse.refuse(item, book)
    return msgspec.structs.replace(book, digest=digest(book, folder))


def _files(folder: Path, below: str, kind: type[T]) -> dict[str, T]:
    """Every YAML file of a sub-folder as a value of that kind, by its name without ending."""
    found: dict[str, T] = {}
    for path in sorted((folder / below).glob("*.yaml")):
        name = f"{below}/{path.name}" if below else path.name
        found[path.stem] = convert(read_yaml(path, name), kind, name)
    return found


def _in_order(items: dict[str, Item]) -> dict[str, Item]:
    return dict(sorted(items.items(), key=lambda pair: (pair[1].number, pair[0])))


def _municipalities(folder: Path) -> dict[str, Municipality]:
    found: dict[str, Municipality] = {}
    for name, file in _files(folder, "municipalities", MunicipalityFile).items():
        for number, row in enumerate(file.municipalities):
            if row.code in found:
                raise DefinitionError(
                    f"municipalities/{name}.yaml",
                    f"municipalities[{number}].code",
                    f"{row.code} stands twice",
                )
            found[row.code] = msgspec.structs.replace(row, prefecture=row.prefecture or file.prefecture.ja)
    return found
