"""Plain values → values of the model, with errors that name the place and the word probably meant."""

import re
from typing import Literal, TypeVar, get_args, get_origin

import msgspec

from ..rules import Rule
from . import model
from .error import DefinitionError, nearest

T = TypeVar("T")
UNKNOWN = re.compile(r"Object contains unknown field `(?P<word>[^`]*)`")
NOT_ONE_OF = re.compile(r"Invalid (?:enum )?value '(?P<word>[^']*)'")
WANTS_TEXT = re.compile(r"Expected `str(?: \| null)?`, got `(?:int|float|bool)`")


def convert(value: object, kind: type[T], name: str, inside: str = "") -> T:
    """`value` as a `kind` of the model.

    name: the file, inside: where in it the value stands; both for the error.
    Raises DefinitionError for an unknown key, a missing one, or a value of another sort.
    """
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError as fault:
        said, _, at = str(fault).partition(" - at `$")
        place = at.removesuffix("`").replace("[...]", "[?]").lstrip(".")
        path = f"{inside}.{place}" if inside and place and not place.startswith("[") else inside + place
        raise DefinitionError(name, path, _explain(said)) from fault


def _explain(said: str) -> str:
    if found := UNKNOWN.search(said):
        return f"unknown key {found['word']!r}{nearest(found['word'], KEYS)}"
    if found := NOT_ONE_OF.search(said):
        return f"unknown word {found['word']!r}{nearest(found['word'], WORDS)}"
    if WANTS_TEXT.search(said):
        return f"{said}: put the value in quotes"
    return said


def _kinds() -> list[type]:
    """Every mapping that the grammar knows, rules included."""
    ours = [
        kind for kind in vars(model).values() if isinstance(kind, type) and issubclass(kind, model.Strict)
    ]
    return [*ours, *get_args(Rule)]


def _keys() -> set[str]:
    return {name for kind in _kinds() for name in kind.__struct_fields__} | {"rule"}


def _words() -> set[str]:
    """Words of closed choices: levels, evidence, kinds of layout, names of rules."""
    found: set[str] = set()
    for kind in _kinds():
        found |= {kind.__struct_config__.tag} if isinstance(kind.__struct_config__.tag, str) else set()
        for field in msgspec.structs.fields(kind):
            found |= set(get_args(field.type)) if get_origin(field.type) is Literal else set()
    return found


KEYS, WORDS = _keys(), _words()
