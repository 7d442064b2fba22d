"""Where municipalities lie: outlines from TopoJSON, and whether a point is inside, widened by 300 m.

Source: schemas/municipalities/*.topojson, each with its credit inside. Degrees, JGD2011.
A geometry with a `box` (west, south, east, north) counts as that box instead of its outline:
islands, whose landing stages, rocks and waters an outline leaves out.
"""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from ..data import folder
from .topojson import Box, Floats, MultiPolygon, Polygon, Topology, degrees, edges

Flags = NDArray[np.bool_]

MARGIN = 300.0  # metres: the outlines are simplified
METRES = 111_320.0  # one degree of latitude; 0.5 % is enough for a margin


class Shape(msgspec.Struct, frozen=True):
    """Land of one code: its edges as rows (x1, y1, x2, y2) in degrees, and its boxes."""

    edges: Floats
    boxes: tuple[Box, ...] = ()


class Outlines(msgspec.Struct, frozen=True):
    """Shapes by 6-digit code; a prefecture's own code holds all of it. `free`: land of no
    municipality by prefecture's code, which passes for everyone there."""

    shapes: dict[str, Shape]
    free: dict[str, Shape]
    prefecture: dict[str, str]

    def __contains__(self, code: object) -> bool:
        return code in self.shapes

    def holds(self, code: str, longitude: Floats, latitude: Floats) -> Flags:
        """Whether each point lies in the municipality's land or within 300 m of it.

        Raises KeyError for a code without a shape.
        """
        inside = _within(self.shapes[code], longitude, latitude)
        rest = ~inside
        if rest.any() and (free := self.free.get(self.prefecture[code])) is not None:
            inside[rest] = _within(free, longitude[rest], latitude[rest])
        return inside


def load_outlines(place: Path | None = None) -> Outlines:
    """All outlines of schemas/municipalities (or of another folder of that form).

    Raises msgspec.ValidationError when a file is not a TopoJSON of our form.
    """
    shapes: dict[str, list[Shape]] = {}
    free: dict[str, list[Shape]] = {}
    prefecture: dict[str, str] = {}
    for file in sorted((place or folder("schemas") / "municipalities").glob("*.topojson")):
        topology = msgspec.json.decode(file.read_bytes(), type=Topology)
        arcs = [degrees(arc, topology.transform) for arc in topology.arcs]
        for geometry in topology.objects.municipalities.geometries:
            about, shape = geometry.properties, _shape(geometry, arcs)
            prefecture[about.prefecture] = about.prefecture
            shapes.setdefault(about.prefecture, []).append(shape)
            if about.code is None:
                free.setdefault(about.prefecture, []).append(shape)
            else:
                prefecture[about.code] = about.prefecture
                shapes.setdefault(about.code, []).append(shape)
    return Outlines(_joined(shapes), _joined(free), prefecture)


def _joined(shapes: dict[str, list[Shape]]) -> dict[str, Shape]:
    return {
        code: Shape(np.concatenate([s.edges for s in parts]), tuple(box for s in parts for box in s.boxes))
        for code, parts in shapes.items()
    }


def _shape(geometry: Polygon | MultiPolygon, arcs: list[Floats]) -> Shape:
    if geometry.properties.box is not None:
        return Shape(np.empty((0, 4)), (geometry.properties.box,))
    return Shape(np.concatenate([edges(ring, arcs) for ring in geometry.rings()]))


def _within(shape: Shape, x: Floats, y: Floats) -> Flags:
    """Whether each point lies in a box, inside the edges, or near one of them."""
    inside = np.zeros(len(x), dtype=np.bool_)
    for west, south, east, north in shape.boxes:
        inside |= (x >= west) & (x <= east) & (y >= south) & (y <= north)
    # From south to north, so that each edge meets only the points of its own band.
    rest = np.flatnonzero(~inside)
    rest = rest[np.argsort(y[rest], kind="stable")]
    inside[rest] = _crossed(shape.edges, x[rest], y[rest])
    rest = rest[~inside[rest]]
    inside[rest] = _near(shape.edges, x[rest], y[rest])
    return inside


def _met(edges: Floats, y: Floats, beyond: float) -> Iterator[tuple[list[float], int, int]]:
    """Edges whose band, widened by so many degrees, holds points, with the first point and the one behind the last."""
    starts = np.searchsorted(y, np.minimum(edges[:, 1], edges[:, 3]) - beyond)
    ends = np.searchsorted(y, np.maximum(edges[:, 1], edges[:, 3]) + beyond)
    for at in np.flatnonzero(starts < ends).tolist():
        yield edges[at].tolist(), int(starts[at]), int(ends[at])


def _crossed(edges: Floats, x: Floats, y: Floats) -> Flags:
    """Ray casting: whether a ray to the east meets an odd number of edges. y ascends."""
    odd = np.zeros(len(x), dtype=np.bool_)
    for (x1, y1, x2, y2), start, end in _met(edges, y, 0.0):
        if y1 != y2:
            odd[start:end] ^= x[start:end] < (x2 - x1) * (y[start:end] - y1) / (y2 - y1) + x1
    return odd


def _near(edges: Floats, x: Floats, y: Floats) -> Flags:
    """Whether a point lies within MARGIN of an edge, on a plane that is true at its latitude. y ascends."""
    near = np.zeros(len(x), dtype=np.bool_)
    for (x1, y1, x2, y2), start, end in _met(edges, y, MARGIN / METRES):
        across = np.cos(np.radians(y[start:end]))
        dx, dy = (x2 - x1) * across, y2 - y1
        px, py = (x[start:end] - x1) * across, y[start:end] - y1
        length = dx * dx + dy * dy
        share = np.clip(np.divide(px * dx + py * dy, length, out=np.zeros_like(px), where=length > 0), 0, 1)
        near[start:end] |= np.hypot(px - share * dx, py - share * dy) * METRES <= MARGIN
    return near
