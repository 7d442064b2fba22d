"""jichitai_theme: frame, home, about, showcase, robots and sitemap, each with a switch."""

from typing import Any

from ckan import plugins
from ckan.common import CKANConfig
from ckan.plugins import toolkit

from . import config, helpers, showcase_register, showcase_views, views
from .logic import auth

PARTS = {
    "frame": config.frame,
    "home": config.home,
    "about": config.about,
    "robots": config.robots,
    "showcase": config.showcase,
}


@toolkit.blanket.actions
@toolkit.blanket.auth_functions(auth.FUNCTIONS)
@toolkit.blanket.config_declarations
class ThemePlugin(plugins.SingletonPlugin):
    """The look of the site on CKAN's base theme `templates`."""

    plugins.implements(plugins.IConfigurer)
    plugins.implements(plugins.ITemplateHelpers)
    plugins.implements(plugins.IBlueprint)

    def update_config(self, config: CKANConfig) -> None:
        """Put the templates of each part that is switched on in front of CKAN's."""
        for part, wanted in PARTS.items():
            if wanted():
                toolkit.add_template_directory(config, f"templates/{part}")
        toolkit.add_resource("assets", "jichitai_theme")

    def get_helpers(self) -> dict[str, Any]:
        """Helpers of the theme's templates."""
        return helpers.HELPERS

    def get_blueprint(self) -> list[Any]:
        """The sitemap and the showcase, where they are wanted."""
        showcase = [showcase_register.jichitai_register, showcase_views.jichitai_showcase]
        return [*([views.sitemap] if config.sitemap() else []), *(showcase if config.showcase() else [])]
