"""A TopoJSON of municipalities, as far as it is used here: arcs that neighbours share, and their rings.

Source: the TopoJSON format; positions are whole numbers, scaled and moved, each arc in steps.
"""

import msgspec
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Box = tuple[float, float, float, float]


class Transform(msgspec.Struct, frozen=True):
    """Quantisation of a TopoJSON: position = integer * scale + translate."""

    scale: tuple[float, float]
    translate: tuple[float, float]


class Properties(msgspec.Struct, frozen=True):
    """code: 6-digit code, None for land of no municipality. box: counts instead of the outline."""

    prefecture: str
    code: str | None = None
    box: Box | None = None


class Polygon(msgspec.Struct, frozen=True, tag_field="type", tag="Polygon"):
    """Rings of arcs."""

    properties: Properties
    arcs: list[list[int]]

    def rings(self) -> list[list[int]]:
        """Every ring; holes need no word of their own, ray casting counts them out."""
        return self.arcs


class MultiPolygon(msgspec.Struct, frozen=True, tag_field="type", tag="MultiPolygon"):
    """Polygons of rings of arcs."""

    properties: Properties
    arcs: list[list[list[int]]]

    def rings(self) -> list[list[int]]:
        """Every ring of every polygon."""
        return [ring for rings in self.arcs for ring in rings]


class Collection(msgspec.Struct, frozen=True):
    """The one object of our file."""

    geometries: list[Polygon | MultiPolygon]


class Objects(msgspec.Struct, frozen=True):
    """The file's objects; ours holds one."""

    municipalities: Collection


class Topology(msgspec.Struct, frozen=True):
    """A TopoJSON file as far as it is used here."""

    arcs: list[list[tuple[int, int]]]
    transform: Transform
    objects: Objects


def degrees(arc: list[tuple[int, int]], transform: Transform) -> Floats:
    """An arc's points; TopoJSON writes the first whole and the rest as steps."""
    return np.cumsum(np.array(arc), axis=0) * np.array(transform.scale) + np.array(transform.translate)


def edges(ring: list[int], arcs: list[Floats]) -> Floats:
    """The ring's edges; ~n is arc n backwards."""
    parts = [arcs[~index][::-1] if index < 0 else arcs[index] for index in ring]
    points = np.concatenate(parts)
    return np.hstack([points[:-1], points[1:]])
