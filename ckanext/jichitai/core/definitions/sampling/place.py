"""Points on the land of a municipality, near its office."""

from functools import lru_cache
from random import Random

import numpy as np

from ...rules import Outlines, load_outlines
from ..model import Municipality

REACH = 0.03  # degrees around the office, some 3 km; small islands are found by halving it
SMALLEST = 0.002
TRIES = 200  # points thrown for each one wanted, before the reach is halved


@lru_cache(maxsize=1)
def _outlines() -> Outlines:
    return load_outlines()


def points(municipality: Municipality, count: int, random: Random) -> list[tuple[str, str]]:
    """`count` different (latitude, longitude), degrees with six decimals, inside the outline.

    A municipality without an outline gets points close to its office.
    """
    found: dict[tuple[str, str], None] = {}
    reach = REACH
    while len(found) < count:
        for point in _thrown(municipality, reach, TRIES + 2 * count, random):
            if len(found) < count:
                found[point] = None
        reach = max(reach / 2, SMALLEST)
    return list(found)


def _thrown(municipality: Municipality, reach: float, count: int, random: Random) -> list[tuple[str, str]]:
    latitude = np.array([municipality.latitude + random.uniform(-reach, reach) for _ in range(count)])
    longitude = np.array([municipality.longitude + random.uniform(-reach, reach) for _ in range(count)])
    outlines = _outlines()
    if municipality.code in outlines:
        inside = outlines.holds(municipality.code, longitude, latitude)
        latitude, longitude = latitude[inside], longitude[inside]
    return [(f"{y:.6f}", f"{x:.6f}") for y, x in zip(latitude, longitude, strict=True)]
