"""Wheel, sdist and editable install carry the rule book and work; without CKAN and beside it."""

import os
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DATA = ("schemas/", "i18n/")


def tracked() -> set[str]:
    """Files of schemas/ and i18n/ and of the package that git knows."""
    listed = subprocess.run(
        ["git", "ls-files", "schemas", "i18n", "ckanext"], cwd=ROOT, capture_output=True, text=True
    )
    return set(listed.stdout.split())


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """(wheel, sdist), built from a clean copy of what git tracks."""
    copy = tmp_path_factory.mktemp("copy")
    archive = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    for name in filter(None, archive.decode().split("\0")):
        if (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            (copy / name).write_bytes((ROOT / name).read_bytes())
    out = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--outdir", str(out), str(copy)], check=True, capture_output=True
    )
    return next(out.glob("*.whl")), next(out.glob("*.tar.gz"))


def in_wheel(name: str) -> str:
    return f"ckanext/jichitai/{name}" if name.startswith(DATA) else name


def test_the_wheel_carries_every_tracked_file(built: tuple[Path, Path]) -> None:
    names = set(zipfile.ZipFile(built[0]).namelist())
    assert sorted(name for name in tracked() if in_wheel(name) not in names) == []


def test_the_sdist_carries_every_tracked_file(built: tuple[Path, Path]) -> None:
    with tarfile.open(built[1]) as package:
        names = {name.split("/", 1)[1] for name in package.getnames() if "/" in name}
    assert sorted(name for name in tracked() if name not in names) == []


def test_no_top_level_package_of_the_namespace(built: tuple[Path, Path]) -> None:
    assert "ckanext/__init__.py" not in zipfile.ZipFile(built[0]).namelist()


@pytest.mark.parametrize("kind", ["wheel", "sdist"])
def test_the_command_works_without_ckan(built: tuple[Path, Path], kind: str, tmp_path: Path) -> None:
    builder = venv.EnvBuilder(with_pip=True)
    builder.create(tmp_path / "venv")
    python = tmp_path / "venv" / "bin" / "python"
    package = built[0] if kind == "wheel" else built[1]
    pins = ["-c", str(ROOT / "constraints.txt")]
    subprocess.run(
        [python, "-m", "pip", "install", "-q", *pins, str(package)], check=True, capture_output=True
    )
    command = tmp_path / "venv" / "bin" / "jichitai"
    clean = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    listed = subprocess.run([command, "list"], capture_output=True, text=True, cwd=tmp_path, env=clean)
    assert listed.returncode == 0, listed.stderr
    assert len([line for line in listed.stdout.splitlines() if line.strip()]) >= 27
    absent = subprocess.run([python, "-c", "import ckan"], capture_output=True, cwd=tmp_path, env=clean)
    assert absent.returncode != 0


def test_the_wheel_works_beside_ckan_as_plugins(built: tuple[Path, Path], tmp_path: Path) -> None:
    pip = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "-q",
        "--no-deps",
        "--target",
        str(tmp_path / "site"),
        str(built[0]),
    ]
    subprocess.run(pip, check=True, capture_output=True)
    code = (
        "import importlib.metadata as m, ckanext.jichitai as j;"
        "points = [p for p in m.entry_points(group='ckan.plugins') if p.name.startswith('jichitai_')];"
        "print(j.__file__); print(sorted({p.name for p in points})); [p.load() for p in points];"
        "from ckanext.jichitai.core import load; print(len(load().items))"
    )
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "site")}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr
    assert str(tmp_path) in done.stdout
    assert done.stdout.count("jichitai_") >= 5
    assert done.stdout.strip().endswith("27")


def test_an_editable_install_finds_the_rule_book() -> None:
    """The environment of the tests is an editable install: its folders are those of the checkout."""
    from ckanext.jichitai.core.data import folder

    assert folder("schemas") == ROOT / "schemas"
