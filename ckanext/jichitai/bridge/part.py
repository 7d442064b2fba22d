"""The interface by which `init`, `status` and `/healthz` loop over plugins without knowing them."""

from typing import Any, Literal

import msgspec
from ckan.plugins import Interface


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
