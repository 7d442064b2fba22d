"""The interfaces by which plugins loop over each other without knowing who answers."""

from typing import Any, Literal

import msgspec
from ckan.plugins import Interface

from ..core.check.values import Examined, Told


class Health(msgspec.Struct, frozen=True):
    """State of one part: name, ok, degraded or failed, a sentence, and figures (JSON values)."""

    part: str
    state: Literal["ok", "degraded", "failed"]
    sentence: str = ""
    figures: dict[str, Any] = {}


class IPart(Interface):
    """A plugin of ours takes part in `ckan jichitai init`, `status`, `/healthz` and `/metrics`."""

    def prepare(self) -> list[str]:
        """Make what this plugin needs in the catalog (safe to repeat); sentences of what was done."""
        return []

    def health(self) -> list[Health]:
        """How this plugin's parts are, now."""
        return []


class IEffect(Interface):
    """A plugin of ours can say what a checked file would do, were it published."""

    def effect(self, checked: Examined, told: Told, resource_id: str | None) -> dict[str, Any] | None:
        """What it would change; None where nothing can be said.

        resource_id: the resource whose file it would replace; None for a file that comes anew.
        """
        return None
