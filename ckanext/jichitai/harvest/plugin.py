"""jichitai_harvest: sources in, datasets out; /sources; withdrawn datasets answer 410."""

from ckan import plugins as p
from ckan.common import CKANConfig
from ckan.plugins import toolkit as tk
from flask import Blueprint

from ckanext.jichitai.bridge.part import Health, IPart

from . import health, licences
from .logic import auth
from .prepare import prepare
from .views import jichitai_harvest
from .views_operate import jichitai_operate


@tk.blanket.actions
@tk.blanket.auth_functions(auth.FUNCTIONS)
@tk.blanket.cli
@tk.blanket.config_declarations
@tk.blanket.helpers
class HarvestPlugin(p.SingletonPlugin):
    """Harvests what the list of sources names, and shows how it goes."""

    p.implements(p.IBlueprint)
    p.implements(p.IConfigurable)
    p.implements(p.IConfigurer)
    p.implements(IPart)

    def get_blueprint(self) -> list[Blueprint]:
        """/sources for all, and what operators do there."""
        return [jichitai_operate, jichitai_harvest]

    def update_config(self, config: CKANConfig) -> None:
        """Add the pages' templates."""
        tk.add_template_directory(config, "templates")

    def configure(self, config: CKANConfig) -> None:
        """Licences that CKAN's list lacks."""
        licences.register()

    def prepare(self) -> list[str]:
        """The list of sources into the table."""
        return prepare()

    def health(self) -> list[Health]:
        """Whether runs end, sources answer, plans wait."""
        return health.all_parts()
