"""jichitai_validation: uploads are checked where they arrive, reports kept and shown, /check, /issue."""

from typing import Any

from ckan import plugins as p
from ckan.common import CKANConfig
from ckan.plugins import toolkit as tk
from ckan.types import Context

from ckanext.jichitai.bridge import files, signals
from ckanext.jichitai.bridge.part import Health, IPart

from . import checking, health, recheck, shown, tasks, uploads
from .logic.chain import CHECKED


@tk.blanket.actions
@tk.blanket.auth_functions
@tk.blanket.blueprints
@tk.blanket.cli
@tk.blanket.config_declarations
@tk.blanket.helpers
class ValidationPlugin(p.SingletonPlugin):
    """One engine, one word: what upload, harvest, page and action say about a file is the same."""

    p.implements(p.IConfigurer)
    p.implements(p.IFacets, inherit=True)
    p.implements(p.IPackageController, inherit=True)
    p.implements(p.ISignal)
    p.implements(IPart)

    def update_config(self, config: CKANConfig) -> None:
        """Templates; the look is definitions'."""
        tk.add_template_directory(config, "templates")

    def get_signal_subscriptions(self) -> dict[Any, list[Any]]:
        """New bytes from a harvest are checked soon."""
        return {signals.file_arrived: [tasks.file_arrived]}

    def after_dataset_update(self, context: Context, pkg_dict: dict[str, Any]) -> None:
        """Inside CKAN's transaction: keep and check what was uploaded; ask anew what is told otherwise."""
        checked = uploads.keep(context, pkg_dict["id"])
        context.setdefault(CHECKED, []).extend(checked)
        recheck.uploaded(uploads.let_go(files.of_dataset(pkg_dict["id"])))

    def after_dataset_show(self, context: Context, pkg_dict: dict[str, Any]) -> None:
        """Verdict, sha256, checked of each file."""
        shown.fill([pkg_dict])

    def after_dataset_search(
        self, search_results: dict[str, Any], search_params: dict[str, Any]
    ) -> dict[str, Any]:
        """The same for the hits of a search."""
        shown.fill([hit for hit in search_results["results"] if isinstance(hit, dict)])
        return shown.facet_words(search_results)

    def before_dataset_index(self, pkg_dict: dict[str, Any]) -> dict[str, Any]:
        """Facets by verdict and by recognised item."""
        return shown.add_facets(pkg_dict)

    def dataset_facets(self, facets_dict: dict[str, Any], package_type: str) -> dict[str, Any]:
        """Facet by verdict."""
        return {**facets_dict, shown.VERDICT: tk._("Verdicts")}

    def organization_facets(
        self, facets_dict: dict[str, Any], organization_type: str, package_type: str | None
    ) -> dict[str, Any]:
        """Facet by verdict on an organization's page too."""
        return {**facets_dict, shown.VERDICT: tk._("Verdicts")}

    def prepare(self) -> list[str]:
        """Nothing to make; what is due, after the rules changed for instance, is put on the queue."""
        tasks.sweep()
        waiting = checking.count_due()
        if not waiting:
            return []
        tasks.file_arrived("prepare")
        return [f"{waiting} files wait for a check; a worker does it."]

    def health(self) -> list[Health]:
        """Files by verdict, and how many wait."""
        return [health.checks()]
