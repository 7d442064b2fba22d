"""Whether what the plugins need is there: packages, neighbours, options that mean something."""

from importlib.util import find_spec

from ckan.exceptions import CkanConfigurationException

from . import config

NEEDED = ("ckanext.scheming", "bs4", "protego", "rdflib", "requests")


def require() -> None:
    """Raise CkanConfigurationException, in one sentence, when the extra `ckan` is not installed."""
    missing = [name for name in NEEDED if not _found(name)]
    if missing:
        raise CkanConfigurationException(
            f"jichitai_definitions needs {', '.join(missing)}: run pip install 'ckanext-jichitai[ckan]'."
        )


def require_plugins(plugins: list[str]) -> None:
    """Raise CkanConfigurationException, in one sentence, when a scheming plugin is not switched on."""
    missing = [name for name in ("scheming_datasets", "scheming_organizations") if name not in plugins]
    if missing:
        raise CkanConfigurationException(
            f"jichitai_definitions needs {' and '.join(missing)}: add to ckan.plugins after jichitai_definitions."
        )


def require_organizations() -> None:
    """Raise CkanConfigurationException, naming the entry, when the mapping of organizations is not one."""
    try:
        config.organizations()
    except ValueError as error:
        raise CkanConfigurationException(str(error)) from None


def _found(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except ModuleNotFoundError:
        return False
