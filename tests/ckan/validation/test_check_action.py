"""The action jichitai_check: a file, an address, a resource; and what it refuses."""

import http.server
import threading

import pytest
from ckan import model
from ckan.plugins import toolkit as tk
from ckan.tests.helpers import call_action

PLUGINS = (
    "jichitai_validation jichitai_definitions scheming_datasets scheming_organizations datastore activity"
)
pytestmark = [
    pytest.mark.ckan_config("ckan.plugins", PLUGINS),
    pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index", "clean_queues", "clean_redis"),
]


@pytest.fixture
def served(good):
    """The address of a server on loopback that hands out the good file."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200 if self.path == "/data.csv" else 404)
            self.end_headers()
            self.wfile.write(good if self.path == "/data.csv" else b"")

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def test_an_upload(file, good, item, town):
    answer = call_action(
        "jichitai_check", {"user": "", "ignore_auth": False}, upload=file(good), municipality=town.code
    )
    assert answer["report"]["verdict"] == "valid"
    assert answer["report"]["item"]["id"] == item.id
    assert answer["effect"] is None
    assert answer["files"]["page"].startswith("http://test.ckan.net/check/")
    assert set(answer["files"]) >= {"fixed_xlsx", "fixed_csv", "marked_xlsx", "findings_csv", "report_json"}


def test_nothing_enters_the_catalog(file, good):
    call_action("jichitai_check", upload=file(good))
    assert call_action("package_list") == []
    assert call_action("jichitai_report_list") == []


def test_an_address_that_may_be_asked(served, ckan_config, monkeypatch):
    monkeypatch.setitem(
        ckan_config, "ckanext.jichitai.fetch.allow", [f"127.0.0.0/8:{served.rpartition(':')[2]}"]
    )
    assert call_action("jichitai_check", url=f"{served}/data.csv")["report"]["verdict"] == "valid"
    with pytest.raises(tk.ValidationError) as refused:
        call_action("jichitai_check", url=f"{served}/none.csv")
    assert "404" in str(refused.value.error_dict["url"])


@pytest.mark.parametrize(
    "url", ["http://169.254.169.254/x", "http://127.0.0.1:1/x", "file:///etc/passwd", "x"]
)
def test_an_address_that_may_not(url, ckan_config, monkeypatch):
    monkeypatch.setitem(ckan_config, "ckanext.jichitai.fetch.contact", "someone@example.jp")
    with pytest.raises(tk.ValidationError) as refused:
        call_action("jichitai_check", url=url)
    assert "url" in refused.value.error_dict


def test_without_a_contact_nothing_is_fetched():
    with pytest.raises(tk.ValidationError):
        call_action("jichitai_check", url="https://example.jp/x.csv")


def test_a_resource_with_another_item(clerk, municipality, file, good, item):
    user = model.User.get(clerk["id"])
    context = {"user": user.name, "auth_user_obj": user, "ignore_auth": False}
    dataset = call_action(
        "package_create", context, name="made", title="made", owner_org=municipality["id"], item=item.id
    )
    made = call_action("resource_create", context, package_id=dataset["id"], upload=file(good), url="")
    assert call_action("jichitai_check", resource_id=made["id"])["report"]["item"]["id"] == item.id
    call_action("package_patch", context, id="made", private=True)
    with pytest.raises(tk.NotAuthorized):
        call_action("jichitai_check", {"user": "", "ignore_auth": False}, resource_id=made["id"])


@pytest.mark.parametrize(
    ("field", "value"),
    [("item", "none"), ("municipality", "999999"), ("accept", "all"), ("date", "yesterday")],
)
def test_wrong_choices_are_named(field, value, file, good):
    with pytest.raises(tk.ValidationError) as refused:
        call_action("jichitai_check", upload=file(good), **{field: value})
    assert field in refused.value.error_dict


def test_nothing_given():
    with pytest.raises(tk.ValidationError):
        call_action("jichitai_check")


def test_too_large(file, good, ckan_config, monkeypatch):
    monkeypatch.setitem(ckan_config, "ckanext.jichitai.check.max_bytes", 10)
    with pytest.raises(tk.ValidationError) as refused:
        call_action("jichitai_check", upload=file(good))
    assert "upload" in refused.value.error_dict
