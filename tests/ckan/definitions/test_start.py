"""What a site is told that cannot start: one sentence, and the exit code that means our own failure."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PLUGINS = "jichitai_definitions scheming_datasets scheming_organizations"


def start(tmp_path: Path, *lines: str, **environment: str) -> subprocess.CompletedProcess[str]:
    ini = tmp_path / "site.ini"
    ini.write_text(
        f"[app:main]\nuse = config:{ROOT / 'test.ini'}\nckan.plugins = {PLUGINS}\n" + "\n".join(lines),
        encoding="utf-8",
    )
    ckan = Path(sys.executable).with_name("ckan")
    return subprocess.run(
        [ckan, "-c", ini, "jichitai", "status"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, **environment},
    )


def test_a_database_that_is_not_there(tmp_path: Path) -> None:
    done = start(tmp_path, CKAN_SQLALCHEMY_URL="postgresql://someone:secret@127.0.0.1:1/nowhere")
    assert done.returncode == 3
    last = done.stderr.strip().splitlines()[-1]
    assert "Start PostgreSQL" in last
    assert "secret" not in last
    assert "Traceback" not in done.stderr


def test_a_wrong_option_is_named(tmp_path: Path) -> None:
    done = start(tmp_path, "ckanext.jichitai.organizations = nonsense")
    assert done.returncode != 0
    assert "ckanext.jichitai.organizations" in done.stderr + done.stdout
    assert "Traceback" not in done.stderr
