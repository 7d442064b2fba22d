"""Exit codes of `jichitai`, in one table.

| code | check | merge, coverage | diff |
|---|---|---|---|
| 0 | every file valid, repaired or other | done, even with rows dropped | equal |
| 1 | some partial or invalid | nothing usable | different |
| 2 | some unreadable, or wrong usage | wrong usage | wrong usage |
| 3 | our own failure | our own failure | our own failure |
"""

from enum import IntEnum


class Exit(IntEnum):
    """What a command leaves with; see the table above."""

    GOOD = 0
    FAULTS = 1
    DIFFERENT = 1
    NOTHING = 1
    USAGE = 2
    UNREADABLE = 2
    OURS = 3
