"""Health of the parts in Prometheus' text format."""

from collections.abc import Iterator
from typing import Any

from ckanext.jichitai.bridge.part import Health

LEVEL = {"ok": 1.0, "degraded": 0.5, "failed": 0.0}


def text(parts: list[Health]) -> str:
    """One line a figure: jichitai_part_up{part="…"} and jichitai_<figure>{part="…",name="…"}."""
    lines = ["# HELP jichitai_part_up 1 ok, 0.5 degraded, 0 failed", "# TYPE jichitai_part_up gauge"]
    lines += [f'jichitai_part_up{{part="{_label(part.part)}"}} {LEVEL[part.state]}' for part in parts]
    for part in parts:
        for name, figure in part.figures.items():
            lines += _figure(part.part, name, figure)
    return "\n".join(lines) + "\n"


def _figure(part: str, name: str, figure: Any) -> Iterator[str]:
    """A number, or numbers by name; anything else is for people and left out."""
    key = "".join(letter if letter.isascii() and letter.isalnum() else "_" for letter in name.lower())
    if isinstance(figure, int | float):
        yield f'jichitai_{key}{{part="{_label(part)}"}} {float(figure):g}'
    elif isinstance(figure, dict):
        for entry, value in figure.items():
            if isinstance(value, int | float):
                yield f'jichitai_{key}{{part="{_label(part)}",name="{_label(entry)}"}} {float(value):g}'


def _label(value: str) -> str:
    return str(value).replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
