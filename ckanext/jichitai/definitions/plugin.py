"""jichitai_definitions: the types of dataset and organization, shared look and helpers, /developers, health."""

from typing import Any

from ckan import plugins as p
from ckan.common import CKANConfig
from ckan.plugins import toolkit as tk

from ckanext.jichitai.bridge import database
from ckanext.jichitai.bridge.part import Health, IPart
from ckanext.jichitai.bridge.storage import AtomicFsStorage

from . import extra, health, index, schema, translation
from .organizations import prepare

extra.require()


@tk.blanket.actions
@tk.blanket.auth_functions
@tk.blanket.blueprints
@tk.blanket.cli
@tk.blanket.config_declarations(schema.declare)
@tk.blanket.helpers
@tk.blanket.validators
class DefinitionsPlugin(p.SingletonPlugin):
    """Everything that the other four plugins share; any set of ours has it."""

    p.implements(p.IConfigurer)
    p.implements(p.IConfigurable)
    p.implements(p.ITranslation)
    p.implements(p.IPackageController, inherit=True)
    p.implements(p.IFacets, inherit=True)
    p.implements(p.IFiles, inherit=True)
    p.implements(IPart)

    def update_config(self, config: CKANConfig) -> None:
        """Templates and the look that all our pages share; a database that is not there ends the start."""
        database.require(config["sqlalchemy.url"])
        tk.add_template_directory(config, "templates")
        tk.add_resource("assets", "jichitai")

    def configure(self, config: CKANConfig) -> None:
        """Stop without the scheming plugins or with an option that says nothing; name what a schema lacks."""
        extra.require_plugins(config["ckan.plugins"])
        extra.require_organizations()
        schema.warn_of_missing_fields()

    i18n_directory = staticmethod(translation.directory)
    i18n_locales = staticmethod(translation.locales)
    i18n_domain = staticmethod(translation.domain)

    def before_dataset_index(self, pkg_dict: dict[str, Any]) -> dict[str, Any]:
        """Facet fields for item and area."""
        return index.add_facets(pkg_dict)

    def after_dataset_search(
        self, search_results: dict[str, Any], search_params: dict[str, Any]
    ) -> dict[str, Any]:
        """Facets that read as titles."""
        return index.facet_words(search_results)

    def dataset_facets(self, facets_dict: dict[str, Any], package_type: str) -> dict[str, Any]:
        """Facet by item, first."""
        return {index.ITEM: tk._("Standard items"), **facets_dict}

    def organization_facets(
        self, facets_dict: dict[str, Any], organization_type: str, package_type: str | None
    ) -> dict[str, Any]:
        """Facet by item on an organization's page too."""
        return {index.ITEM: tk._("Standard items"), **facets_dict}

    def files_get_storage_adapters(self) -> dict[str, Any]:
        """The storage type `jichitai:fs`: files that are never half written."""
        return {"jichitai:fs": AtomicFsStorage}

    def prepare(self) -> list[str]:
        """Organizations of the municipalities and of the merged tables."""
        return prepare()

    def health(self) -> list[Health]:
        """Database, search, queue, file storages, rule book."""
        return health.all_parts()
