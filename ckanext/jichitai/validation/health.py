"""Health of checking: files by verdict, and those that wait for theirs."""

from ckanext.jichitai.bridge.part import Health

from . import checking, reports


def checks() -> Health:
    """Degraded while files wait for a check under the present rules; figures: verdicts, checks_waiting."""
    verdicts, waiting = reports.counts(), checking.count_due()
    figures = {"verdicts": verdicts, "checks_waiting": waiting}
    if waiting:
        return Health("checks", "degraded", f"{waiting} files wait for a check.", figures)
    return Health("checks", "ok", f"{sum(verdicts.values())} files checked.", figures)
