"""A run's report: what became of each source, as values and as text."""

import msgspec

from ckanext.jichitai.core.catalog.planned import Plan

from .files import Came
from .runs import Outcome

OURS = 3  # exit code: database, search, disk, locks
WRONG = 1  # a source failed, is incomplete, or has a plan that waits

ACTIONS = ("create", "update", "withdraw", "restore", "refused")


class Report(msgspec.Struct):
    """What a run did. outcomes in the order in which sources were done; seconds by step."""

    run_id: int | None = None
    outcomes: list[Outcome] = msgspec.field(default_factory=list)
    plans: list[Plan] = msgspec.field(default_factory=list)
    files: Came = msgspec.field(default_factory=Came)
    seconds: dict[str, float] = msgspec.field(default_factory=dict)
    indexed: int = 0
    memory: int = 0
    down: str = ""

    @property
    def exit_code(self) -> int:
        """As `ckan jichitai harvest` ends: 0, 1 or 3."""
        if self.down or any(one.fault == "ours" for one in self.outcomes):
            return OURS
        troubled = any(
            one.outcome in ("failed", "held") or one.fault == "incomplete" for one in self.outcomes
        )
        return WRONG if troubled else 0

    def counts(self) -> dict[str, int]:
        """Sources by outcome, datasets by what was done, files."""
        found: dict[str, int] = {}
        for one in self.outcomes:
            found[one.outcome] = found.get(one.outcome, 0) + 1
            for action in ("create", "update", "withdraw", "restore", "refused"):
                found[action] = found.get(action, 0) + one.counts.get(action, 0)
        return found | {"files": self.files.new, "files_asked": self.files.asked, "indexed": self.indexed}


def sentence(outcome: Outcome) -> str:
    """One line about a source: id, outcome, and the numbers that are not zero."""
    counts = ", ".join(
        f"{outcome.counts[name]} {name}"
        for name in ("create", "update", "withdraw", "restore", "held", "refused")
        if outcome.counts.get(name)
    )
    words = " ".join(part for part in (outcome.fault, outcome.detail) if part)
    tail = "; ".join(part for part in (counts, words) if part)
    return f"{outcome.source_id}: {outcome.outcome}" + (f" ({tail})" if tail else "")


def troubles(report: Report) -> list[str]:
    """A line for each source that failed, is incomplete, or has a plan that waits; and what is down."""
    lines = [
        sentence(one)
        for one in report.outcomes
        if one.outcome in ("failed", "held") or one.fault == "incomplete"
    ]
    return [*lines, report.down] if report.down else lines


def text(report: Report) -> str:
    """The whole report for a terminal."""
    counts = report.counts()
    outcomes = ("changed", "unchanged", "held", "deferred", "failed")
    sources = ", ".join(f"{counts[name]} {name}" for name in outcomes if counts.get(name))
    datasets = ", ".join(f"{counts[name]} {name}" for name in ACTIONS if counts.get(name)) or "no change"
    lines = [f"{len(report.outcomes)} sources: {sources or 'none due'}", f"datasets: {datasets}"]
    if report.files.asked:
        failed = ", ".join(f"{count} {cls}" for cls, count in sorted(report.files.failed.items()))
        tail = f", {failed}" if failed else ""
        lines.append(f"files: {report.files.new} new, {report.files.same} as before{tail}")
    rate = _rate(report)
    took = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in report.seconds.items())
    if took:
        lines.append(f"{took}{rate}; peak memory {report.memory / 1e6:.0f} MB")
    return "\n".join(lines)


def _rate(report: Report) -> str:
    """Packages a second, from the first question to the index."""
    written = sum(
        len(names) for one in report.outcomes for kind, names in one.names.items() if kind == "created"
    )
    seconds = report.seconds.get("sources", 0) + report.seconds.get("index", 0)
    return f"; {written / seconds:.1f} packages/s" if written and seconds else ""
