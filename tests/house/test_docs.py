"""Documentation is tested: generated pages are up to date, and names in prose exist."""

import importlib.util
import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "ckanext" / "jichitai"


def generator() -> object:
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_generated_pages_are_up_to_date() -> None:
    assert generator().differing() == []


def test_every_option_is_described() -> None:
    for path in PACKAGE.glob("*/config_declaration.yaml"):
        for group in yaml.safe_load(path.read_text(encoding="utf-8"))["groups"]:
            for option in group["options"]:
                assert option["key"].startswith("ckanext.jichitai."), option["key"]
                assert len(option.get("description", "")) > 20, option["key"]


@pytest.mark.parametrize(
    "page", ["README.md", "CONTRIBUTING.md", "docs/operation.md", "docs/architecture.md"]
)
def test_paths_named_in_prose_exist(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    named = re.findall(r"`((?:ckanext|schemas|tests|docs|deploy|solr|demo|benchmarks|i18n)/[\w./-]*)`", text)
    missing = [name for name in named if "<" not in name and not list(ROOT.glob(name.rstrip("/")))]
    assert missing == []


def test_options_named_in_prose_exist() -> None:
    known = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    for page in [ROOT / "README.md", *ROOT.glob("docs/*.md")]:
        for option in re.findall(r"`(ckanext\.jichitai\.[\w.]+)`", page.read_text(encoding="utf-8")):
            assert f"`{option}`" in known, (page.name, option)
