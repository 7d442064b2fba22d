"""How the harvest is, for status, /healthz and /metrics."""

import datetime as dt

from ckanext.jichitai.bridge.part import Health
from ckanext.jichitai.bridge.rulebook import now

from . import index, plans, runs, sources

LONGEST = dt.timedelta(hours=26)  # a day's round and a while; then cron is dead


def all_parts() -> list[Health]:
    """The harvest as one part. Failed when no run has ended for 26 hours."""
    known = [one for one in sources.every() if one.enabled]
    failing = [one.id for one in known if one.state == "failing"]
    ended, waiting, held = runs.last_end(), index.waiting(), len(plans.held())
    figures = {
        "sources": len(known),
        "failing": len(failing),
        "held": held,
        "index_waiting": waiting,
        "last_end": ended.isoformat() if ended else None,
    }
    if not known:
        return [Health("harvest", "ok", "No source is turned on.", figures)]
    since = ended or min(one.since for one in known)
    if now() - since > LONGEST:
        words = f"No harvest has ended since {since:%Y-%m-%d %H:%M} UTC. Does cron run `ckan jichitai harvest --due`?"
        return [Health("harvest", "failed", words, figures)]
    if ended is None:
        return [Health("harvest", "degraded", "No harvest has ended yet.", figures)]
    troubles = [
        f"{len(failing)} sources fail" if failing else "",
        f"{held} plans wait" if held else "",
        f"{waiting} datasets wait for the search index" if waiting else "",
    ]
    words = ", ".join(trouble for trouble in troubles if trouble)
    return [Health("harvest", "degraded" if words else "ok", words, figures)]
