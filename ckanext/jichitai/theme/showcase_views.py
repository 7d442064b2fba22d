"""/showcase and its live uses. Pages read without JavaScript; a reader's position is kept by nobody."""

import re
from typing import Any

from ckan.plugins import toolkit
from flask import Blueprint, Response, make_response, request
from markupsafe import Markup, escape

from . import showcase_search, showcase_towns
from .helpers import jichitai_answer
from .showcase_asked import STEP, address, asked
from .showcase_hours import days
from .showcase_uses import Use, Words, uses

# What a live use lives on. Without them there is none.
NEEDED = ("jichitai_item_show", "jichitai_merged_search", "jichitai_merged_list", "jichitai_coverage_show")

READING = re.compile("([一-鿿々]+)（([ぁ-ん]+)）")

jichitai_showcase = Blueprint("jichitai_showcase", __name__)


@jichitai_showcase.route("/showcase")
def index() -> Response:
    """The live uses, and what others have made."""
    made = {"uses": live(), "cards": toolkit.get_action("jichitai_showcase_list")({}, {})}
    return _kept(toolkit.render("jichitai/showcase/index.html", made))


@jichitai_showcase.route("/showcase/<name>")
def use(name: str) -> Response:
    """One live use."""
    one = live().get(name)
    if one is None:
        return toolkit.abort(404, toolkit._("There is no such page in the showcase."))
    try:
        page = toolkit.render("jichitai/showcase/use.html", _shown(one))
    except toolkit.ValidationError as error:
        return toolkit.abort(
            400, " ".join(str(word) for words in error.error_dict.values() for word in words)
        )
    return _kept(page)


def live() -> dict[str, Use]:
    """The uses that this site has the data for."""
    for action in NEEDED:
        try:
            toolkit.get_action(action)
        except KeyError:
            return {}
    return uses()


def _shown(one: Use) -> dict[str, Any]:
    """What the page of a use prints."""
    said = {name: value for name, value in request.args.items() if value}
    page = toolkit.h.jichitai_lang()
    wants = asked(one, said, page)
    moment = showcase_search.here_and_now()
    towns = showcase_towns.asked_towns(wants)
    sections = [one.sections[wants.section]] if one.pick else list(one.sections)
    found = [showcase_search.find(section, wants, moment) for section in sections]
    return {
        "use": one,
        "asked": wants,
        "moment": moment,
        "here": towns,
        "found": found,
        "towns": showcase_towns.towns(),
        "absent": showcase_towns.absent(one, towns) if one.absence else [],
        "publishers": [] if found[0].chosen else showcase_towns.publishers(sections[0].item),
        "shares": showcase_towns.shares(one) if one.english else [],
        "label": wants.label,
        "label_lang": "en" if wants.label == "en" else "ja",
        "again": lambda **changed: address(toolkit.h.url_for(request.path), said, **changed),
        "step": STEP,
        "distance": distance,
        "days": days,
        "read": read,
        "cells": {table["item"]: table for table in jichitai_answer("jichitai_merged_list") or []},
    }


def read(words: Words, label: str) -> str | Markup:
    """Words in one of LABELS; the readings of plain Japanese stand above their kanji."""
    text = words.text(label)
    if label != "easy":
        return text
    return Markup(READING.sub(r"<ruby>\1<rp>（</rp><rt>\2</rt><rp>）</rp></ruby>", str(escape(text))))


def distance(metres: float) -> str:
    """A distance as people say it."""
    return f"{metres:.0f} m" if metres < 1000 else f"{metres / 1000:.1f} km"


def _kept(page: str) -> Response:
    """Kept by caches for a minute, unless it says where somebody is or is somebody's own."""
    answer = make_response(page)
    private = toolkit.current_user.is_authenticated or request.args.get("lat")
    answer.headers["Cache-Control"] = "private, no-store" if private else "public, max-age=60"
    if request.args:
        answer.headers["X-Robots-Tag"] = "noindex"
    return answer
