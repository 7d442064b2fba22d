"""How the merge is, for status, /healthz and /metrics."""

from ckanext.jichitai.bridge.part import Health

from . import holds, packages, releases, store


def all_parts() -> list[Health]:
    """The merged tables as one part."""
    known = releases.all_current()
    waiting = holds.listed()
    figures = {"items": len(known), "rows": sum(one.rows for one in known.values()), "held": len(waiting)}
    troubles = [f"{len(waiting)} holds wait for a person" if waiting else ""]
    if store.is_on():
        apart = [
            item
            for item, one in known.items()
            if store.rows_in(packages.resource_id(item, packages.TABLE)) != one.rows
        ]
        troubles.append(
            f"the DataStore differs for {', '.join(apart)}: run `ckan jichitai merge`" if apart else ""
        )
    words = "; ".join(trouble for trouble in troubles if trouble)
    return [Health("merge", "degraded" if words else "ok", words, figures)]
