"""Every address of ours that takes a POST asks for the form's token itself."""

import pytest
from ckan.plugins import toolkit

PLUGINS = (
    "jichitai_theme jichitai_merge jichitai_harvest jichitai_validation jichitai_definitions "
    "scheming_datasets scheming_organizations datastore activity"
)


def posts(app) -> list[str]:
    """Addresses of our blueprints that take a POST, with 1 for every part that varies."""
    found = []
    for rule in app.flask_app.url_map.iter_rules():
        if rule.endpoint.startswith("jichitai_") and "POST" in rule.methods:
            with app.flask_app.test_request_context():
                parts = dict.fromkeys(rule.arguments, 1)
                found.append(rule.rule.replace("<int:number>", "1") if not parts else rule.build(parts)[1])
    return found


@pytest.mark.ckan_config("ckan.plugins", PLUGINS)
@pytest.mark.usefixtures("with_plugins")
def test_a_post_without_the_token_is_refused_even_after_a_strangers(app, monkeypatch):
    monkeypatch.setitem(toolkit.config, "WTF_CSRF_ENABLED", True)
    monkeypatch.setitem(app.flask_app.config, "WTF_CSRF_ENABLED", True)
    addresses = posts(app)
    assert len(addresses) >= 10
    for address in addresses:
        for _ in range(2):  # the first stranger makes CKAN exempt the view
            assert app.post(address).status_code == 400, address
