"""On a phone: from the showcase to an ostomate's toilet near by, and the register."""

import pytest

from tests.browser.site import Site
from tests.browser.watch import Open

pytestmark = pytest.mark.browser


def test_to_a_toilet_from_where_one_stands(site: Site, open_page: Open) -> None:
    watch = open_page(360)
    page = watch.page
    page.context.grant_permissions(["geolocation"], origin=site.url)
    page.context.set_geolocation({"latitude": 35.6938, "longitude": 139.7535})
    page.goto(f"{site.url}/showcase")
    page.click("a[href$='/showcase/toilet']")
    page.check("[name=ostomate]")
    page.click("[data-js-here]")
    page.wait_for_function("document.querySelector('[name=lat]').value !== ''")
    assert "lat=" not in page.url  # nothing is sent before the button is pressed
    page.click("form.js-form [type=submit]")
    page.wait_for_url("**ostomate=1**")
    assert "lat=35.6938" in page.url
    places = page.locator(".js-place")
    assert places.count() > 0
    assert page.locator(".js-distance").count() == places.count()
    assert watch.faults(reading=True) == []
    places.first.locator("h3 a").click()
    page.wait_for_url("**row=**")


def test_without_javascript(site: Site, browser) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 800}, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.url}/showcase/nearest")
    assert not page.locator("[data-js-here]").is_visible()
    town = page.locator("#m option").nth(1).get_attribute("value")
    page.select_option("#m", town)
    page.click("form.js-form [type=submit]")
    assert f"m={town}" in page.url
    assert page.locator("[role=status] strong").first.is_visible()
    context.close()
