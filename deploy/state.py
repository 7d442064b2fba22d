"""What has been done in VAR, so that a run that was interrupted goes on where it stopped."""

from __future__ import annotations

import hashlib
import json

from deploy.problems import Problem
from deploy.settings import CHECKOUT, Settings, write


class State:
    """Names of finished steps, each with what it followed from. Kept in VAR/state.json."""

    def __init__(self, settings: Settings):
        self.path = settings.var / "state.json"
        self.done: dict[str, str] = json.loads(self.path.read_text()) if self.path.exists() else {}

    def has(self, step: str, of: str = "") -> bool:
        return self.done.get(step, None) == of

    def finish(self, step: str, of: str = "") -> None:
        self.done[step] = of
        write(self.path, json.dumps(self.done, indent=1))

    def same_kind(self, settings: Settings) -> None:
        """A demonstration and the real sources do not share a catalog."""
        kind = "live" if settings.live else "demonstration"
        if (known := self.done.get("kind", kind)) != kind:
            raise Problem(
                f"{settings.var} holds a {known} catalog; give the other one a folder, ports and sources of its own: "
                f"make {'live' if settings.live else 'up'} VAR=var-{kind} PORT={settings.port + 1}"
            )
        self.finish("kind", kind)


def migrations(settings: Settings) -> str:
    """Changes when a plugin brings a new table, a plugin is added, or CKAN or the database becomes another."""
    names = sorted(path.name for path in (CHECKOUT / "ckanext").glob("*/migration/*/versions/*.py"))
    pins = (CHECKOUT / "constraints.txt").read_text().splitlines()
    ckan = [line for line in pins if line.lower().startswith(("ckan==", "ckanext-"))]
    plugins = [
        line for line in settings.ini.read_text("utf-8").splitlines() if line.startswith("ckan.plugins")
    ]
    return hashlib.sha256("\n".join(names + ckan + plugins).encode()).hexdigest()[:16]


def words() -> str:
    """Changes when the interface's words do."""
    digest = hashlib.sha256()
    for path in sorted((CHECKOUT / "i18n").glob("*/LC_MESSAGES/*.po")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
