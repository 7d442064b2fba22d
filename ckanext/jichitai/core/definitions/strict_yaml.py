"""YAML with one reading only: no key twice, nothing that another reader would take for a number.

Node trees are turned into plain values here, not by PyYAML's own constructors, which let the
last of two equal keys win, and turn 08, 9:00, NO and 2026-08-01 into 8, 540, False and a date.
"""

import re
from pathlib import Path

import yaml

from .error import DefinitionError

PLAIN = {"null": None, "true": True, "false": False}
INTEGER = re.compile("-?(?:0|[1-9][0-9]{0,3})")  # five digits and more are codes: in quotes
DIGITS = re.compile("[0-9]+")  # 08 is a text by the YAML of 2005, 8 by that of 2009
DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]+")
TEXT, NUMBERS = "tag:yaml.org,2002:str", {"tag:yaml.org,2002:int", "tag:yaml.org,2002:float"}


def read_yaml(path: Path, name: str) -> object:
    """The file's content as dict, list, str, int, float, bool and None.

    name: what the file is called in an error.
    Raises DefinitionError where it is not YAML, a key stands twice, or a word needs quotes.
    """
    try:
        node = yaml.compose(path.read_bytes(), Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError) as fault:
        raise DefinitionError(name, "", f"not readable as YAML: {fault}") from fault
    if node is None:
        raise DefinitionError(name, "", "the file is empty")
    return _value(node, name, "")


def _value(node: yaml.Node, name: str, path: str) -> object:
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node, name, path)
    if isinstance(node, yaml.SequenceNode):
        return [_value(part, name, f"{path}[{number}]") for number, part in enumerate(node.value)]
    found: dict[str, object] = {}
    for key_node, part in node.value:
        key = _value(key_node, name, path)
        if not isinstance(key, str):
            raise DefinitionError(
                name, path, f"line {key_node.start_mark.line + 1}: put the key {key!r} in quotes"
            )
        if key in found:
            raise DefinitionError(
                name, _join(path, key), f"line {key_node.start_mark.line + 1}: the key stands twice"
            )
        found[key] = _value(part, name, _join(path, key))
    return found


def _scalar(node: yaml.ScalarNode, name: str, path: str) -> object:
    text: str = node.value
    if node.tag == TEXT and not (not node.style and DIGITS.fullmatch(text)):
        return text
    if text in PLAIN:
        return PLAIN[text]
    if node.tag in NUMBERS:
        if INTEGER.fullmatch(text):
            return int(text)
        if DECIMAL.fullmatch(text):
            return float(text)
    raise DefinitionError(
        name, path, f"line {node.start_mark.line + 1}: put {text or 'an empty value'} in quotes"
    )


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key
