"""jichitai_merge: 27 merged tables, the matrix, item and municipality pages, changes, downloads."""

from typing import Any

from ckan import plugins as p
from ckan.common import CKANConfig
from ckan.plugins import toolkit as tk

from ckanext.jichitai.bridge import signals
from ckanext.jichitai.bridge.part import Health, IEffect, IPart
from ckanext.jichitai.core.check.values import Examined, Told

from . import decide, effect, health
from .logic import auth


@tk.blanket.actions
@tk.blanket.auth_functions(auth.FUNCTIONS)
@tk.blanket.blueprints
@tk.blanket.cli
@tk.blanket.config_declarations
@tk.blanket.helpers
class MergePlugin(p.SingletonPlugin):
    """Merges what the catalog holds, and shows it."""

    p.implements(p.IConfigurer)
    p.implements(p.ISignal)
    p.implements(IPart)
    p.implements(IEffect)

    def update_config(self, config: CKANConfig) -> None:
        """Add the pages' templates, and what styles them beside the shared look."""
        tk.add_template_directory(config, "templates")
        tk.add_resource("assets", "jichitai_merge")
        tk.add_public_directory(config, "public")

    def get_signal_subscriptions(self) -> dict[Any, Any]:
        """A new report, and a dataset that came or went, ask for a merge."""
        return {signals.file_checked: [decide.due], signals.dataset_changed: [decide.due]}

    def prepare(self) -> list[str]:
        """Nothing: datasets come with the first release of their table."""
        return []

    def health(self) -> list[Health]:
        """Whether tables, files and DataStore agree, and whether something waits."""
        return health.all_parts()

    def effect(self, checked: Examined, told: Told, resource_id: str | None) -> dict[str, Any] | None:
        """What a checked file would do to its merged table."""
        return effect.of(checked, told, resource_id)
