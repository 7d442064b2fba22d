"""What a clerk does: log in, publish a file of an item by the ordinary form, read its verdict, take it back."""

import re
import secrets
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.site import Facts, Site
from tests.browser.watch import Open

pytestmark = pytest.mark.browser

FILE = "\r\n".join(
    (
        "全国地方公共団体コード,ID,地方公共団体名,名称,所在地_連結表記,緯度,経度,設置位置",
        "131016,A1,千代田区,試験の公会堂,東京都千代田区九段南一丁目2-1,35.694000,139.753600,１階",
    )
)


def test_a_dataset_of_an_item_by_the_form(site: Site, facts: Facts, open_page: Open, tmp_path: Path) -> None:
    watch = open_page(1280, "clerk")
    page = watch.page
    name = f"clerk-{secrets.token_hex(4)}"
    file = tmp_path / "aed.csv"
    file.write_bytes(FILE.encode("utf-8-sig"))
    page.goto(f"{site.url}/dataset/new")
    page.get_by_label("タイトル", exact=True).fill(name)
    page.get_by_role("button", name="編集").click()
    page.locator("input[name=name]").fill(name)
    _choose(page, "#field-organizations", re.compile("千代田区"))
    page.locator("select[name=item]").select_option("aed")
    page.locator("select[name=private]").select_option("False")
    _choose(page, "#field-license_id", re.compile("CC BY|Creative Commons|クリエイティブ"))
    page.locator("button[name=save]").first.click()

    page.locator("input[name=upload]").set_input_files(file)
    page.get_by_label("名前", exact=True).fill("AEDの一覧")
    page.locator("button[name=save][value=go-metadata]").click()
    page.wait_for_url(re.compile(f"/dataset/{name}$"))
    try:
        expect(page.locator(".resource-item .jc-badge")).to_contain_text(re.compile("使える"))
        page.locator(".resource-item .jc-badge").click()
        expect(page.get_by_role("heading", name="結果", exact=True)).to_be_visible()
        assert watch.faults() == []
    finally:
        page.goto(f"{site.url}/dataset/delete/{name}")
        page.locator("button[name=delete]").click()


def test_a_stranger_has_no_forms(site: Site, facts: Facts, open_page: Open) -> None:
    page = open_page(1280).page
    page.goto(f"{site.url}/dataset/{facts.dataset}")
    assert page.locator("a[href*='/edit']").count() == 0
    page.goto(f"{site.url}/dataset/new")
    expect(page.get_by_role("heading", name="表示できません")).to_be_visible()


def _choose(page: Page, select: str, label: re.Pattern[str]) -> None:
    """Choose in a select that CKAN's scripts hide behind a box of their own."""
    options = page.locator(f"{select} option")
    values = [
        one.get_attribute("value")
        for one in options.all()
        if label.search(one.inner_text() or one.text_content() or "")
    ]
    page.locator(select).select_option(values[0], force=True)
