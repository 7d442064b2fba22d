"""/showcase: its pages answer, its works wait for an operator."""

import re

import pytest
from bs4 import BeautifulSoup
from ckan.plugins import toolkit
from ckan.tests import helpers

from ckanext.jichitai.bridge import rulebook
from ckanext.jichitai.core.definitions.sample import sample
from ckanext.jichitai.theme import config, showcase_cards, showcase_rate, showcase_views
from ckanext.jichitai.theme.showcase_uses import uses

PLUGINS = "jichitai_theme jichitai_merge jichitai_definitions scheming_datasets scheming_organizations datastore activity"
pytestmark = [
    pytest.mark.ckan_config("ckan.plugins", PLUGINS),
    pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index"),
]
WORK = {
    "title": "まちのトイレ",
    "maker": "市民の会",
    "url": "https://example.org/app",
    "mail": "maker@example.org",
    "licence": "AGPL-3.0",
}


@pytest.fixture(autouse=True)
def unhurried(monkeypatch):
    """Tests come from one address; the limit has a test of its own."""
    monkeypatch.setattr(showcase_rate, "too_many", lambda: False)


@pytest.fixture
def rows(monkeypatch):
    """Every item's table: ten clean rows of one town, as the search action gives them; what was asked."""
    book = rulebook.book()
    town = next(iter(book.municipalities.values()))
    asked = []

    def search(context, query):
        asked.append(query)
        item = book.items[query["item"]]
        made = sample(item, book, town, 10, 1).to_dicts()
        src = {"src_municipality_code": town.code, "src_municipality": town.name, "src_fetched": "2026-11-24"}
        full = [{**row, **src, "row_id": f"r{n}", "distance_m": n * 400.0} for n, row in enumerate(made)]
        return {
            "rows": full if query.get("near") else [{**r, "distance_m": None} for r in full],
            "next": None,
        }

    real = toolkit.get_action
    monkeypatch.setattr(
        toolkit, "get_action", lambda name: search if name == "jichitai_merged_search" else real(name)
    )
    return asked


def soup(answer):
    return BeautifulSoup(answer.body, "html.parser")


@pytest.mark.parametrize("lang", ["", "/en"])
def test_pages_before_anything_is_merged(app, lang):
    paths = ["/showcase", "/showcase/register", *(f"/showcase/{name}" for name in uses())]
    for path in paths:
        page = soup(app.get(lang + path))
        assert len(page.find_all("h1")) == 1, path
        assert not page.select("[onclick], [style], script:not([src]):not([type])"), path
    for name in uses():
        assert app.get(f"{lang}/showcase/{name}?m={town().slug}").status_code == 200
        assert app.get(f"{lang}/showcase/{name}?lat=35.69&lon=139.7&open=1&unknown=1").status_code == 200


def town():
    return next(iter(rulebook.book().municipalities.values()))


def test_a_town_that_publishes_nothing_is_named_first(app):
    name = next(use.name for use in uses().values() if use.absence)
    page = soup(app.get(f"/showcase/{name}?m={town().slug}"))
    notices = page.select(".jc-notice-warning")
    assert len(notices) == len(uses()[name].sections)
    assert all(town().name in notice.get_text() for notice in notices)
    assert page.select_one("form.js-form").find_previous(class_="jc-notice-warning")


def test_nearest_first_and_only_what_is_told(app, rows):
    use = next(use for use in uses().values() if use.sections[0].flags)
    flag = use.sections[0].flags[0]
    page = soup(app.get(f"/showcase/{use.name}?lat=35.69&lon=139.7&{flag.name}=1&unknown=1"))
    distances = [
        float(text.get_text().split()[0]) for text in page.select(".js-distance") if " m" in text.get_text()
    ]
    assert rows[0]["near"] == [35.69, 139.7, 1000]
    assert distances == sorted(distances)
    assert all(card.select_one("a[href*='?row=r']") for card in page.select(".js-place"))


def test_where_somebody_is_is_kept_by_no_cache(app, rows):
    name = next(iter(uses()))
    answer = app.get(f"/showcase/{name}?lat=35.69&lon=139.7")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert "Set-Cookie" not in answer.headers
    assert app.get(f"/showcase/{name}").headers["Cache-Control"].startswith("public")


def test_a_towns_list_is_printed_whole(app, rows):
    use = next(use for use in uses().values() if use.whole)
    page = soup(app.get(f"/showcase/{use.name}?m={town().slug}&whole=1"))
    assert len(page.select("tbody tr")) == 10 * len(use.sections)


@pytest.mark.parametrize("label", ["ja", "easy", "en"])
def test_names_keep_their_language(app, rows, label):
    use = next(use for use in uses().values() if use.english)
    page = soup(app.get(f"/showcase/{use.name}?m={town().slug}&label={label}"))
    names = page.select(".js-place h3 a")
    assert {name["lang"] for name in names} <= ({"en", "ja"} if label == "en" else {"ja"})
    assert names
    for name in names:
        assert (name["lang"] == "en") == (not re.search("[ぁ-鿿]", name.get_text()))


def test_unknown_pages_and_towns(app):
    app.get("/showcase/no-such-use", status=404)
    app.get(f"/showcase/{next(iter(uses()))}?m=atlantis", status=400)


def test_without_merged_tables_there_are_only_works(app, monkeypatch):
    monkeypatch.setattr(showcase_views, "NEEDED", ("no_such_action",))
    assert showcase_views.live() == {}
    assert app.get("/showcase").status_code == 200
    app.get(f"/showcase/{next(iter(uses()))}", status=404)


def test_yields_to_the_extension_of_that_name(monkeypatch):
    assert config.showcase()
    monkeypatch.setitem(toolkit.config, "ckan.plugins", [*PLUGINS.split(), "showcase"])
    assert not config.showcase()


def test_a_work_is_shown_once_it_is_approved(app, operator):
    answer = app.post(
        "/showcase/register",
        data={**WORK, "items": uses()["toilet"].sections[0].item},
        follow_redirects=False,
    )
    assert answer.status_code == 303
    assert WORK["title"] not in app.get("/showcase").body
    app.get("/showcase/queue", status=403)
    headers = {"Authorization": operator["token"]}
    queue = app.get("/showcase/queue", headers=headers).body
    assert WORK["title"] in queue
    assert WORK["mail"] in queue
    (card,) = showcase_cards.listed("pending")
    app.post(f"/showcase/queue/{card['id']}", data={"decision": "approve"}, status=403)
    app.post(
        f"/showcase/queue/{card['id']}", data={"decision": "approve"}, headers=headers, follow_redirects=False
    )
    page = app.get("/showcase").body
    assert WORK["title"] in page
    assert WORK["mail"] not in page
    assert showcase_cards.listed("approved")[0]["mail"] == ""
    app.post(
        f"/showcase/queue/{card['id']}", data={"decision": "reject"}, headers=headers, follow_redirects=False
    )
    assert WORK["title"] not in app.get("/showcase").body
    app.post("/showcase/queue/999999", data={"decision": "reject"}, headers=headers, status=404)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("maker", " "),
        ("url", "javascript:alert(1)"),
        ("repository", "ftp://example.org"),
        ("mail", "nobody"),
        ("title", "x" * 201),
        ("items", "no-such-item"),
    ],
)
def test_what_a_work_must_say(app, field, value):
    answer = app.post("/showcase/register", data={**WORK, field: value}, status=400)
    assert soup(answer).select_one("[role=alert]")
    assert showcase_cards.listed("pending") == []


def test_machines_are_thanked_and_forgotten(app):
    answer = app.post("/showcase/register", data={**WORK, "homepage": "x"}, follow_redirects=False)
    assert answer.status_code == 303
    assert showcase_cards.listed("pending") == []


def test_too_often(app, monkeypatch):
    monkeypatch.setattr(showcase_rate, "too_many", lambda: True)
    app.post("/showcase/register", data=WORK, status=429)


def test_too_many_wait(monkeypatch):
    monkeypatch.setattr(showcase_cards, "MOST_WAITING", 0)
    with pytest.raises(toolkit.ValidationError):
        helpers.call_action("jichitai_showcase_create", **WORK)


def test_what_waits_is_not_for_everybody():
    helpers.call_action("jichitai_showcase_create", **WORK)
    for state in ("pending", "rejected"):
        with pytest.raises(toolkit.NotAuthorized):
            helpers.call_action("jichitai_showcase_list", {"ignore_auth": False, "user": ""}, state=state)
    assert helpers.call_action("jichitai_showcase_list") == []


def test_the_forms_need_their_token(app, operator, monkeypatch):
    helpers.call_action("jichitai_showcase_create", **WORK)
    (card,) = showcase_cards.listed("pending")
    monkeypatch.setitem(toolkit.config, "WTF_CSRF_ENABLED", True)
    app.post("/showcase/register", data=WORK, status=400)
    app.post(f"/showcase/queue/{card['id']}", data={"decision": "approve"}, status=400)
    assert showcase_cards.listed("pending")[0]["id"] == card["id"]
