"""Any set of our plugins that has jichitai_definitions in it runs, on CKAN's stock theme too."""

import itertools
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OURS = ("jichitai_theme", "jichitai_merge", "jichitai_harvest", "jichitai_validation")
BESIDE = "jichitai_definitions scheming_datasets scheming_organizations datastore activity"

# Pages that must answer, by the plugin that brings them.
PAGES = {
    "": ("/", "/dataset/", "/organization/", "/about", "/developers", "/openapi.json", "/en/dataset/"),
    "jichitai_theme": ("/sitemap.xml", "/robots.txt", "/showcase", "/showcase/register"),
    "jichitai_merge": ("/matrix", "/item", "/municipality", "/changes"),
    "jichitai_harvest": ("/sources",),
    "jichitai_validation": ("/check",),
}

ASK = """
import sys
from ckan.cli import CKANConfigLoader
from ckan.config.middleware import make_app
from ckan.common import CKANConfig
conf = CKANConfig(CKANConfigLoader(sys.argv[1]).get_config())
conf["ckan.plugins"] = sys.argv[2]
client = make_app(conf).test_client()
bad = [(page, answer.status_code) for page in sys.argv[3:] if (answer := client.get(page)).status_code != 200]
assert not bad, bad
print("answered", len(sys.argv[3:]))
"""


def sets() -> list[tuple[str, ...]]:
    """All sixteen."""
    return [chosen for size in range(len(OURS) + 1) for chosen in itertools.combinations(OURS, size)]


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The tables of all plugins, in the tests' own database."""
    ini = tmp_path_factory.mktemp("ini") / "all.ini"
    plugins = " ".join([*OURS, BESIDE])
    ini.write_text(
        f"[app:main]\nuse = config:{ROOT / 'test.ini'}\nckan.plugins = {plugins}\n", encoding="utf-8"
    )
    for words in (["db", "init"], ["db", "upgrade"]):
        done = subprocess.run(
            [Path(sys.executable).with_name("ckan"), "-c", ini, *words],
            capture_output=True,
            text=True,
            cwd=ROOT,
        )
        assert done.returncode == 0, done.stderr[-3000:]


@pytest.mark.usefixtures("tables")
@pytest.mark.parametrize("chosen", sets(), ids=lambda chosen: "+".join(chosen) or "definitions alone")
def test_the_pages_of_a_set_answer(chosen: tuple[str, ...]) -> None:
    plugins = " ".join([*chosen, BESIDE])
    pages = [page for plugin in ("", *chosen) for page in PAGES[plugin]]
    done = subprocess.run(
        [sys.executable, "-c", ASK, str(ROOT / "test.ini"), plugins, *pages],
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert f"answered {len(pages)}" in done.stdout


def test_without_scheming_a_plugin_fails_in_one_sentence() -> None:
    done = subprocess.run(
        [sys.executable, "-c", ASK, str(ROOT / "test.ini"), "jichitai_definitions", "/"],
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    assert done.returncode != 0
    assert "scheming" in done.stderr.strip().splitlines()[-1]
