"""/sitemap.xml: items, municipalities and datasets, with the time of their last change."""

from collections.abc import Iterator
from xml.etree import ElementTree

from ckan.plugins import toolkit
from flask import Blueprint, Response

from .helpers import jichitai_answer, jichitai_page_exists

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
LIMIT = 50_000  # addresses in one sitemap, by its specification
PAGE = 1000  # datasets asked for at once, CKAN's own bound

sitemap = Blueprint("jichitai_theme", __name__)


@sitemap.route("/sitemap.xml")
def index() -> Response:
    """The sitemap as XML."""
    root = ElementTree.Element("urlset", xmlns=NAMESPACE)
    for number, (path, changed) in enumerate(_pages()):
        if number == LIMIT:
            break
        entry = ElementTree.SubElement(root, "url")
        ElementTree.SubElement(entry, "loc").text = toolkit.h.url_for(path, _external=True, locale="default")
        if changed:
            ElementTree.SubElement(entry, "lastmod").text = changed[:19] + "Z"
    body = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return Response(body, mimetype="application/xml")


def _pages() -> Iterator[tuple[str, str | None]]:
    """Address and last change (UTC, ISO) of each public page."""
    for path in (
        "/",
        "/matrix",
        "/item",
        "/municipality",
        "/dataset/",
        "/sources",
        "/developers",
        "/showcase",
        "/about",
    ):
        if jichitai_page_exists(path):
            yield path, None
    for item in jichitai_answer("jichitai_item_list") or []:
        if jichitai_page_exists(f"/item/{item['id']}"):
            yield f"/item/{item['id']}", None
    start = 0
    while True:
        query = {"rows": PAGE, "start": start, "fl": "name,metadata_modified", "sort": "name asc"}
        found = toolkit.get_action("package_search")({}, query)["results"]
        for dataset in found:
            yield f"/dataset/{dataset['name']}", dataset.get("metadata_modified")
        if len(found) < PAGE:
            return
        start += PAGE
