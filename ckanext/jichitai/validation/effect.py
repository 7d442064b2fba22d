"""What a checked file would do, were it published: asked of whoever can say it."""

from typing import Any

from ckan import plugins as p

from ckanext.jichitai.bridge.part import IEffect

from . import drafts
from .drafts import Draft


def of(draft: Draft) -> dict[str, Any] | None:
    """The effect; None where nobody can say it, the file claims no item, or its bytes are gone."""
    parts = list(p.PluginImplementations(IEffect))
    if not parts or draft.report is None or draft.report.item is None or not draft.told.municipality:
        return None
    try:
        checked = drafts.examined(draft)
    except KeyError:
        return None
    return next(
        (found for part in parts if (found := part.effect(checked, draft.told, draft.resource_id))), None
    )
