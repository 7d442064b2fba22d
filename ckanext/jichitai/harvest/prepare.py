"""What `ckan jichitai init` does for the harvest: the list of sources into the table."""

from importlib.resources import files
from pathlib import Path

from ckan import model

from ckanext.jichitai.bridge.rulebook import book
from ckanext.jichitai.core.catalog.source import sources as read
from ckanext.jichitai.core.catalog.values import Source

from . import config, sources


def listed() -> list[Source]:
    """The sources that the option names. Raises SourceError, FileNotFoundError with what to do."""
    name = config.sources()
    if "/" in name or name.endswith((".yaml", ".yml")):
        place = Path(name)
        if not place.is_file():
            raise FileNotFoundError(
                f"ckanext.jichitai.harvest.sources names {name}, and there is no such file."
            )
        text = place.read_text(encoding="utf-8")
    else:
        packaged = files(__package__) / "sources" / f"{name}.yaml"
        if not packaged.is_file():
            raise FileNotFoundError(f"ckanext.jichitai.harvest.sources names {name}: there is no such list.")
        text = packaged.read_text(encoding="utf-8")
    return list(read(text, name, frozenset(book().municipalities)))


def prepare() -> list[str]:
    """Load the list; sentences of what changed."""
    done = sources.load(listed())
    model.repo.commit()
    return done
