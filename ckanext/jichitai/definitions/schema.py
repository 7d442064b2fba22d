"""Our fields in ckanext-scheming: its options filled in where unset, missing fields named at start."""

import logging
from pathlib import Path
from typing import Any

import yaml
from ckan.common import CKANConfig
from ckan.config.declaration import Declaration, Key
from ckan.plugins import toolkit as tk

from ckanext.jichitai.core.data import folder

from . import config as options

log = logging.getLogger(__name__)

DECLARATION = Path(__file__).with_name("config_declaration.yaml")

# Fields without which harvest, check and merge cannot say what they know.
DATASET = ("item", "source_id", "source_remote_id", "source_url", "withdrawn_on")
RESOURCE = ("item", "file_format", "source_resource_id", "verdict", "sha256", "checked")
ORGANIZATION = ("municipality_code", "strict_mode")


def declare(declaration: Declaration, key: Key) -> None:
    """Declare our options, and fill in scheming's where the site leaves them unset.

    Here and not in update_config: CKAN asks the plugins for that from the last listed to the first,
    so scheming, listed after us, would have read its options already.
    """
    declaration.load_dict(yaml.safe_load(DECLARATION.read_text(encoding="utf-8")))
    fill_in(tk.config)


def fill_in(config: CKANConfig) -> None:
    """Point scheming at our schemas where the site names none.

    By file:// address: scheming's module form fails on a folder without __init__.py. The options are
    scheming's own, so they are set, never declared (a second declaration stops CKAN).
    """
    place = folder("schemas") / "scheming"
    ours = (place / "presets.yaml").as_uri()
    presets = config.get("scheming.presets", None) or "ckanext.scheming:presets.json"
    if ours not in presets.split():
        config["scheming.presets"] = f"{presets} {ours}"
    for name in ("dataset", "organization"):
        if not config.get(f"scheming.{name}_schemas", None):
            config[f"scheming.{name}_schemas"] = (place / f"{name}.yaml").as_uri()


def missing_fields() -> dict[str, list[str]]:
    """Fields that the site's own schema lacks: {dataset, resource, organization: names}."""
    kind = options.dataset_type()
    dataset = tk.h.scheming_get_dataset_schema(kind) or {}
    organization = tk.h.scheming_get_organization_schema("organization") or {}
    return {
        "dataset": _lacking(DATASET, dataset.get("dataset_fields", [])),
        "resource": _lacking(RESOURCE, dataset.get("resource_fields", [])),
        "organization": _lacking(ORGANIZATION, organization.get("fields", [])),
    }


def warn_of_missing_fields() -> None:
    """Log one line for each part of the schema that lacks fields of ours."""
    for part, names in missing_fields().items():
        if names:
            log.warning(
                "The %s schema lacks %s: add them by our presets, see schemas/scheming/presets.yaml",
                part,
                ", ".join(names),
            )


def _lacking(wanted: tuple[str, ...], fields: list[dict[str, Any]]) -> list[str]:
    present = {field["field_name"] for field in fields}
    return [name for name in wanted if name not in present]
