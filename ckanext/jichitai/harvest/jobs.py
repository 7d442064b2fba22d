"""Work for CKAN's queue."""

from . import run, sources


def harvest(names: list[str], by: str | None) -> None:
    """Harvest these sources, after the run that may be going."""
    there = {one.id: one for one in sources.every() if one.enabled}
    run.harvest([there[name] for name in names if name in there], trigger="source", by=by, wait=True)
