"""What the map of an item draws: the points of its table and the outlines of the municipalities."""

import hashlib
from functools import cache

import msgspec
import polars as pl
from ckan.plugins import toolkit as tk
from flask import Blueprint, Response, request

from ckanext.jichitai.bridge.rulebook import book
from ckanext.jichitai.core.data import folder

from .. import releases
from . import answer

jichitai_map = Blueprint("jichitai_map", __name__)


@jichitai_map.route("/item/<item>/points.json")
def points(item: str) -> Response:
    """Places of a merged table: {towns: [name], points: [[latitude, longitude, name, row_id, town's index]]}.

    Degrees with six decimals, a tenth of a metre. Rows without a position are left out.
    """
    known = book().items.get(item)
    one = releases.current(item) if known else None
    if known is None or known.position is None or one is None:
        return tk.abort(404, tk._("This item has no positions."))
    tag = one.files["rows"]["sha256"]
    if request.if_none_match.contains(tag):
        return _kept(Response(status=304), tag)
    latitude, longitude = (pl.col(name).cast(pl.Float64, strict=False).round(6) for name in known.position)
    name = pl.coalesce(*known.identity).fill_null("")
    rows = releases.rows_of(one)
    assert rows is not None
    placed = rows.select(
        latitude.alias("latitude"),
        longitude.alias("longitude"),
        name.alias("name"),
        "row_id",
        pl.col("src_municipality").alias("town"),
    ).drop_nulls(("latitude", "longitude"))
    towns = placed["town"].unique(maintain_order=True).to_list()
    index = {town: number for number, town in enumerate(towns)}
    drawn = [(*row[:4], index[row[4]]) for row in placed.iter_rows()]
    body = msgspec.json.encode({"towns": towns, "points": drawn})
    return _kept(Response(body, mimetype="application/json"), tag)


@jichitai_map.route("/municipality/outlines.json")
def outlines() -> Response:
    """Outlines of all municipalities: a list of TopoJSON topologies, each with its credit."""
    body, tag = _outlines()
    if request.if_none_match.contains(tag):
        return _kept(Response(status=304), tag)
    return _kept(Response(body, mimetype="application/json"), tag)


def _kept(made: Response, tag: str) -> Response:
    made.set_etag(tag)
    return answer.open_to_all(made)


@cache
def _outlines() -> tuple[bytes, str]:
    files = sorted((folder("schemas") / "municipalities").glob("*.topojson"))
    body = b"[" + b",".join(file.read_bytes() for file in files) + b"]"
    return body, hashlib.sha256(body).hexdigest()
