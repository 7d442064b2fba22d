"""Template helpers about verdicts of datasets and files."""

from typing import Any

__all__ = ["jichitai_best_verdict"]

# From what a reader can use best to worst.
ORDER = ("valid", "repaired", "partial", "invalid", "unreadable", "unchecked")


def jichitai_best_verdict(dataset: dict[str, Any]) -> str | None:
    """The best verdict among a dataset's files; None where none is judged (`other` carries no badge)."""
    verdicts = {resource.get("verdict") for resource in dataset.get("resources") or []}
    return next((verdict for verdict in ORDER if verdict in verdicts), None)
