"""What must wait for a person: plans that lose, gain or change too much at once.

A held plan still does what need not wait. Nothing approves itself.
"""

from hashlib import sha256
from typing import Literal

import msgspec

from .planned import Entry, History, Plan
from .values import Source

Waits = Literal["withdrawals", "all"]
WAITS: dict[str, Waits] = {
    "empty": "withdrawals",
    "shrunk": "withdrawals",
    "host_shrunk": "withdrawals",
    "grown": "all",
    "changed": "all",
    "reidentified": "all",
    "mapping": "all",
    "refused": "all",
    "first": "all",
    "links": "withdrawals",
}
UNKNOWN = History()
LOST = ("missed", "absent")  # reasons of a live record that a complete listing does not name


def guard(plan: Plan, source: Source, history: History = UNKNOWN) -> Plan:
    """The plan with its holds, and `held` on each entry that waits.

    Where absences wait, they become withdrawals already at the first miss, so that an approval can
    stand for the second one.
    """
    holds = tuple(reason for reason, held in _reasons(plan, source, history).items() if held)
    entries = tuple(_held(entry, holds) for entry in plan.entries)
    return msgspec.structs.replace(plan, entries=entries, holds=holds)


def missing(plan: Plan, history: History) -> int:
    """Live records absent now, from the first miss, and those withdrawn since the peak."""
    return sum(entry.reason in LOST for entry in plan.entries) + history.withdrawn


def mark(plan: Plan) -> str:
    """Digest of what is held; equal for the same set, so that a discarded plan stays silent."""
    lines = sorted(f"{e.action} {e.remote_id} {e.digest}" for e in plan.entries if e.held)
    return sha256("\n".join([*plan.holds, *lines]).encode("utf-8", "replace")).hexdigest()


def _reasons(plan: Plan, source: Source, history: History) -> dict[str, bool]:
    n, gone = history.peak, missing(plan, history)
    made = sum(entry.action == "create" for entry in plan.entries)
    anew = sum(entry.reason == "recreated" for entry in plan.entries)
    seen = sum(
        entry.record is not None or entry.reason in ("unchanged", "deleted_here") for entry in plan.entries
    )
    refused = sum(refusal.reason != "duplicate" for refusal in plan.refusals)
    changed = [entry for entry in plan.entries if entry.reason == "updated" and _deeply(entry)]
    mapped = [entry for entry in plan.entries if entry.reason == "reread" and _emptied(entry)]
    host, host_gone = n + history.host_peak, gone + history.host_missing
    low, high = source.expect.min, source.expect.max
    # Only a whole listing says how many there are.
    counted = plan.complete
    return {
        "empty": counted and seen == 0 and refused == 0 and n >= 1,
        "shrunk": gone > max(2, n / 10) or gone > 50 or gone * 2 > n > 0,
        "host_shrunk": host_gone > max(20, host / 20) and history.host_peak > 0,
        "grown": (n > 0 and made > max(50, n))
        or (counted and ((low is not None and seen < low) or (high is not None and seen > high))),
        "changed": len(changed) > max(10, n * 3 / 10),
        "reidentified": anew > max(10, n * 3 / 10),
        "mapping": len(mapped) * 10 > n > 0,
        "refused": refused > (seen + refused) * 3 / 10,
        "first": source.first and not history.planned,
        # A page that no longer links a file says nothing about the file.
        "links": source.type == "html_links" and any(entry.reason in LOST for entry in plan.entries),
    }


def _held(entry: Entry, holds: tuple[str, ...]) -> Entry:
    lost = entry.reason in LOST
    reason = next((hold for hold in holds if WAITS[hold] == "all" or lost), None)
    if reason is None or (entry.action == "keep" and not lost):
        return entry
    return msgspec.structs.replace(entry, action="withdraw" if lost else entry.action, held=reason)


def _deeply(entry: Entry) -> bool:
    """Title or licence differ, or no file is left of those before."""
    if "title" in entry.changes or "licence" in entry.changes:
        return True
    before, after = (set(text.split("\n")) for text in entry.changes.get("files", ("", "")))
    return before.isdisjoint(after) and "files" in entry.changes


def _emptied(entry: Entry) -> bool:
    """Our own mapping lost a title, a licence or all files."""
    return any(before and not after for before, after in entry.changes.values())
