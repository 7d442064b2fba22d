"""Files of the merged tables at addresses that stay: always the newest release."""

import io
from typing import Any

import msgspec
from ckan.plugins import toolkit as tk
from flask import Blueprint, Response, request, send_file

from ckanext.jichitai.bridge import archive
from ckanext.jichitai.bridge.rulebook import book
from ckanext.jichitai.core.definitions.model import Item
from ckanext.jichitai.core.export import TABLES
from ckanext.jichitai.core.export.csv import write_frame
from ckanext.jichitai.core.export.jsonld_context import jsonld_context

from .. import asked, exports, kit, releases, search
from ..releases import Release
from . import answer

jichitai_files = Blueprint("jichitai_files", __name__)

SIDE = {"outcomes": "text/csv", "dropped": "text/csv", "missing": "text/csv", "attribution": "text/plain"}
LIMIT = 1000  # rows of rows.<format> where none is asked for


@jichitai_files.route("/item/<item>.<ending>")
def whole(item: str, ending: str) -> Response:
    """The table; m= one municipality, keys=term English columns, bom=0 plain CSV for machines."""
    known, one = _current(item)
    if ending not in exports.formats(known):
        return tk.abort(404, tk._("This table is not offered as {}.").format(ending))
    try:
        towns = search.town_codes(request.args.get("m"))
    except tk.ValidationError as error:
        return tk.abort(404, answer.said(error))
    if len(towns) > 1:
        return tk.abort(400, tk._("One municipality at a time."))
    wanted = exports.Variant(
        ending,
        towns[0] if towns else None,
        "term" if request.args.get("keys") == "term" else "name",
        request.args.get("bom") != "0",
    )
    name = "_".join(filter(None, [wanted.municipality, item])) + f".{TABLES[ending].ENDING}"
    if wanted.released:
        return _sent(one, one.files[ending], exports.media(ending), name)
    if wanted.tag(one) in request.if_none_match:
        made = Response(status=304)
        made.set_etag(wanted.tag(one))
        return answer.open_to_all(made)
    data = io.BytesIO(wanted.made(one, known))
    return _with_facts(one, data, wanted.tag(one), exports.media(ending), name)


@jichitai_files.route("/item/<item>/<any(outcomes, dropped, missing):kind>.csv")
@jichitai_files.route("/item/<item>/<any(attribution):kind>.txt")
def beside(item: str, kind: str) -> Response:
    """What stands beside a table: fates of files and of rows, missing rates, credit."""
    _, one = _current(item)
    ending = "txt" if kind == "attribution" else "csv"
    return _sent(one, one.files[kind], SIDE[kind], f"{item}_{kind}.{ending}")


@jichitai_files.route("/jichitai-all.zip")
def everything() -> Response:
    """All tables, definitions and outlines in one archive."""
    known = releases.all_current()
    if not known:
        return tk.abort(404, tk._("Nothing is merged yet."))
    newest = max(known.values(), key=lambda one: one.id)
    return _sent(newest, kit.file(), "application/zip", f"{kit.NAME}.zip")


@jichitai_files.route("/item/<item>/context.jsonld")
def context(item: str) -> Response:
    """The JSON-LD context of the item's terms."""
    known = _item(item)
    made = Response(_json(jsonld_context(known)), mimetype="application/ld+json")
    return answer.open_to_all(made)


@jichitai_files.route("/item/<item>/rows.<ending>")
def rows(item: str, ending: str) -> Response:
    """Rows by the parameters of jichitai_merged_search, in a format; the next page in the Link header."""
    known, one = _current(item)
    if ending != "json" and ending not in exports.formats(known):
        return tk.abort(404, tk._("This table is not offered as {}.").format(ending))
    try:
        query = asked.query({"limit": LIMIT, **request.args.to_dict()})
        page = search.search(one, known, query)
    except tk.ValidationError as error:
        made = Response(_json({"error": error.error_dict}), 400, mimetype="application/json")
        return answer.open_to_all(made, 0)
    made = Response(*_rows(page, known, query, ending))
    made.headers["X-Jichitai-Cursor"] = str(one.cursor)
    if page.next:
        args = {**request.args.to_dict(), "after": page.next}
        made.headers["Link"] = f'<{tk.h.url_for(request.path, **args)}>; rel="next"'
    return answer.open_to_all(made, 60)


def _rows(page: search.Page, item: Item, query: search.Query, ending: str) -> tuple[bytes, int, None, str]:
    if ending == "json":
        body = _json({"item": item.id, "total": page.total, "next": page.next, "rows": page.rows.to_dicts()})
        return body, 200, None, "application/json"
    out = io.BytesIO()
    people = request.args.get("bom") != "0"
    if ending == "csv":
        # A choice of columns is a table of its own.
        write_frame(page.rows, out, people=people)
    elif query.columns:
        tk.abort(400, tk._("A choice of columns is offered as json and csv."))
    else:
        form = exports.form(item, keys=request.args.get("keys", "name"), people=people)
        TABLES[ending].write(page.rows.drop(search.DISTANCE, strict=False), item, book(), out, form)
    return out.getvalue(), 200, None, exports.media(ending)


def _sent(one: Release, file: dict[str, Any], media: str, name: str) -> Response:
    """A stored file; its ETag is that of its content."""
    try:
        with archive.exports().path(file["name"]) as path:
            return _with_facts(one, path, file["sha256"], media, name)
    except KeyError:
        return tk.abort(404, tk._("This file has just been replaced. Load it again."))


def _with_facts(one: Release, source: Any, tag: str, media: str, name: str) -> Response:
    """A path or a stream with a strong ETag, ranges, a name for the disk and the cursor that it equals."""
    made = send_file(
        source,
        mimetype=media,
        download_name=name,
        conditional=True,
        etag=tag,
        last_modified=one.at,
        max_age=300,
    )
    made.headers["X-Jichitai-Cursor"] = str(one.cursor)
    return answer.open_to_all(made)


def _current(item: str) -> tuple[Item, Release]:
    known = _item(item)
    one = releases.current(item)
    if one is None:
        tk.abort(404, tk._("There is no merged table of this item yet."))
    return known, one


def _item(item: str) -> Item:
    known = book().items.get(item)
    if known is None:
        tk.abort(404, tk._("{} is not one of the standard items.").format(item))
    return known


def _json(value: Any) -> bytes:
    return msgspec.json.encode(value)
