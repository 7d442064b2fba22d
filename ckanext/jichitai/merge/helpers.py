"""Helpers of the merge's templates."""

from typing import Any

from ckan.plugins import toolkit as tk

from ckanext.jichitai.core.merge.fate import words

from . import packages

__all__ = ["jichitai_address", "jichitai_matrix", "jichitai_merge_words", "jichitai_percent"]


def jichitai_matrix() -> dict[str, Any]:
    """The whole matrix, for a page of another plugin."""
    from .views.matrix import snippet

    return snippet()


def jichitai_percent(share: float | None) -> str:
    """A share (0–1) in percent; a dash where it is not known."""
    return "–" if share is None else f"{share * 100:.0f}%"


def jichitai_merge_words(name: str | None) -> str:
    """A fate or reason in words of the page's language."""
    known = words().get(name or "")
    return tk.h.jichitai_text(known) if known else (name or "")


def jichitai_address(item: str, kind: str) -> str:
    """Where a file of a merged table always is."""
    return packages.address(item, kind)
