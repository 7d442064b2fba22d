"""What a benchmark says: our seconds, the other's, the ratio, and the bar that it should reach."""

import statistics
import time
from collections.abc import Callable
from typing import Literal

import msgspec


class Claim(msgspec.Struct, frozen=True):
    """One line of the table.

    ours, other: medians in seconds. bar: for `times_faster` at least so many times as fast as the other;
    for `times_slower` at most so many times as slow.
    """

    name: str
    other_is: str
    ours: float
    other: float
    kind: Literal["times_faster", "times_slower"]
    bar: float

    @property
    def ratio(self) -> float:
        """How many times as fast, or as slow."""
        return self.other / self.ours if self.kind == "times_faster" else self.ours / self.other

    @property
    def holds(self) -> bool:
        """Whether the bar is reached."""
        return self.ratio >= self.bar if self.kind == "times_faster" else self.ratio <= self.bar


def seconds(work: Callable[[], object], rounds: int = 3) -> float:
    """Median wall time of some runs, after one that warms caches."""
    if rounds > 1:
        work()
    taken = []
    for _ in range(rounds):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)
