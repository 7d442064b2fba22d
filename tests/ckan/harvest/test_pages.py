"""/sources on CKAN's stock theme: read by all, operated by operators."""

import pytest

from ckanext.jichitai.harvest import runs

pytestmark = pytest.mark.usefixtures("source", "clean_index")


@pytest.fixture
def held(portal, harvest):
    for name in ("a-a", "b-b", "c-c"):
        portal.put(name, name)
    harvest()
    portal.records.clear()
    report = harvest()
    return report.outcomes[0].plan_id


@pytest.mark.parametrize("lang", ["", "/en"])
def test_a_visitor_reads_every_page(app, held, lang):
    for page in (
        "/sources",
        "/sources?state=held&sort=misses",
        "/sources/one-ckan",
        f"/sources/one-ckan/run/{runs.newest(1)[0]['id']}",
        f"/sources/one-ckan/plan/{held}",
        f"/sources/one-ckan/plan/{held}?action=withdraw",
    ):
        answer = app.get(lang + page, status=200)
        assert "one-ckan" in answer.body
        assert "Set-Cookie" not in answer.headers
        assert 'method="post"' not in answer.body


def test_a_dataset_says_where_it_comes_from(app, portal, harvest):
    portal.put("toilet", "公衆トイレ一覧")
    harvest()
    assert "/sources/one-ckan" in app.get("/dataset/one-ckan-toilet", status=200).body


def test_the_list_is_a_file_too(app, held):
    answer = app.get("/sources?format=csv", status=200)
    assert answer.body.splitlines()[1].startswith("one-ckan,")
    assert "withdraw" in app.get(f"/sources/one-ckan/plan/{held}?format=csv", status=200).body


@pytest.mark.parametrize("page", ["/sources/none", "/sources/one-ckan/run/99", "/sources/one-ckan/plan/99"])
def test_what_is_not_there_is_404(app, page):
    app.get(page, status=404)


def test_a_visitor_does_not_operate(app):
    app.get("/sources/new", status=403)
    app.post("/sources/one-ckan/turn", data={"enabled": "false"}, status=403)


def test_an_operator_approves_a_plan_on_its_page(app, operator, held):
    headers = {"Authorization": operator["token"]}
    page = f"/sources/one-ckan/plan/{held}"
    assert "/approve" in app.get(page, headers=headers).body
    unticked = app.post(f"{page}/approve", data={}, headers=headers, follow_redirects=True)
    assert "/approve" in unticked.body
    done = app.post(f"{page}/approve", data={"sure": "true", "comment": "checked"}, headers=headers)
    assert done.status_code == 200
    after = app.get(page, headers=headers).body
    assert "checked" in after
    assert "/undo" in after


def test_an_operator_makes_and_tries_a_source(app, operator, portal, town):
    headers = {"Authorization": operator["token"]}
    portal.put("toilet", "公衆トイレ一覧")
    given = {"id": "new-ckan", "municipality": town.code, "type": "ckan", "url": portal.url}
    assert "new-ckan" in app.post("/sources/new", data=given, headers=headers).body
    assert "公衆トイレ一覧" in app.post("/sources/new-ckan/preview", headers=headers).body
    assert "new-ckan" in app.post("/sources/new-ckan/turn", data={"enabled": "true"}, headers=headers).body
    wrong = app.post("/sources/new", data={**given, "id": "Not An Id"}, headers=headers)
    assert "Not An Id" in wrong.body
