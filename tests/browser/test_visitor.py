"""What a visitor does: find an item, read the matrix, open a report, mend a bad file, take the merged table."""

import io
import re
from pathlib import Path

import pandas
import pytest
from playwright.sync_api import Page, expect

from tests.browser.site import Facts, Site
from tests.browser.watch import WIDTHS, Open

pytestmark = pytest.mark.browser


def test_from_home_to_a_report(site: Site, facts: Facts, open_page: Open) -> None:
    watch = open_page(1280)
    page = watch.page
    page.goto(f"{site.url}/")
    matrix = page.get_by_role("table", name=re.compile("どの自治体が何を公開"))
    expect(matrix.locator("tbody th[scope=row]")).to_have_count(62)
    expect(matrix.locator("thead th")).to_have_count(29)

    cell = matrix.locator(f"td a[href='/municipality/{facts.town}?item={facts.item}']")
    name = cell.inner_text()
    assert re.search("そのまま使える|自動修正で使える|一部の行だけ", name), name
    cell.click()

    expect(page).to_have_url(re.compile(f"/municipality/{facts.town}"))
    page.get_by_role("link", name="ファイルと検査結果").first.click()
    page.get_by_role("link", name="検査結果", exact=True).first.click()
    expect(page.get_by_role("heading", name="結果", exact=True)).to_be_visible()
    assert watch.faults(reading=True) == []


def test_the_matrix_is_one_tab_stop(site: Site, open_page: Open) -> None:
    page = open_page(1280).page
    page.goto(f"{site.url}/matrix?view=matrix")
    assert page.locator("[data-jm-grid] a[tabindex='0']").count() == 1
    page.locator("[data-jm-grid] a[tabindex='0']").focus()
    for key in ("ArrowDown", "ArrowDown", "ArrowRight", "End", "ArrowUp", "Control+End", "Control+Home"):
        page.keyboard.press(key)
        assert page.evaluate("document.activeElement.closest('[data-jm-grid]') !== null")
    assert page.locator("[data-jm-grid] a[tabindex='0']").count() == 1


def test_on_a_phone_the_matrix_is_read_by_item(site: Site, facts: Facts, open_page: Open) -> None:
    page = open_page(WIDTHS[0]).page
    page.goto(f"{site.url}/matrix")
    expect(page.locator(".jm-matrix")).to_be_hidden()
    page.locator(f".jm-items a[href*='item={facts.item}']").click()
    towns = page.locator(".jm-towns li")
    expect(towns).to_have_count(62)


def test_search_finds_and_filters_without_scripts(site: Site, open_page: Open) -> None:
    watch = open_page(1280)
    page = watch.page
    page.goto(f"{site.url}/")
    page.get_by_role("searchbox", name="何を探していますか").fill("避難所")
    page.get_by_role("main").get_by_role("button", name="検索").click()
    expect(page.locator(".dataset-item").first).to_be_visible()
    page.locator(".nav-facet a").first.click()
    expect(page.locator(".filter-list .pill")).to_have_count(1)
    page.locator(".filter-list .remove").click()
    expect(page.locator(".filter-list .pill")).to_have_count(0)


def test_a_bad_file_is_mended(site: Site, open_page: Open, tmp_path: Path) -> None:
    watch = open_page(1280)
    page = watch.page
    bad = tmp_path / "aed.csv"
    bad.write_bytes(_bad().encode("cp932"))
    page.goto(f"{site.url}/check")
    page.get_by_label("ファイル", exact=True).set_input_files(bad)
    page.get_by_role("button", name="検査する").click()
    expect(page.get_by_role("heading", name="結果", exact=True)).to_be_visible(timeout=60_000)
    expect(page.get_by_role("heading", name="直す", exact=True)).to_be_visible()
    assert page.locator(".jc-issues > li").count() > 0
    assert watch.faults() == []

    with page.expect_download() as taken:
        page.get_by_role("link", name="直したCSV").click()
    mended = pandas.read_csv(taken.value.path(), dtype=str)
    assert len(mended) == 2
    assert "09:00" in mended.to_numpy().ravel().tolist()

    page.get_by_role("button", name="今すぐ削除").click()
    page.wait_for_load_state()
    answer = page.goto(page.url)
    assert answer is not None


def test_the_merged_table_opens_in_pandas(site: Site, facts: Facts, open_page: Open) -> None:
    page = open_page(1280).page
    page.goto(f"{site.url}/item")
    page.locator(f"a[href='/item/{facts.item}']").first.click()
    with page.expect_download() as taken:
        page.locator(".jm-downloads a", has_text="CSV").first.click()
    table = pandas.read_csv(io.BytesIO(Path(taken.value.path()).read_bytes()), dtype=str)
    shown = page.locator(".jc-stats strong").nth(1).inner_text()
    assert len(table) == int(shown.replace(",", ""))


def test_the_map_is_opened_and_left_by_keyboard(site: Site, facts: Facts, open_page: Open) -> None:
    watch = open_page(1280)
    page = watch.page
    page.goto(f"{site.url}/item/{facts.item}")
    page.get_by_role("button", name="地図を開く").press("Enter")
    first = page.locator("[data-jm-list] button").first
    expect(first).to_be_visible()
    label = first.inner_text()
    first.press("Enter")
    expect(page.locator(".leaflet-popup a", has_text="詳しく")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("[data-jm-list] button", has_text=label).first).to_be_focused()
    expect(page.locator(".leaflet-control-attribution")).to_contain_text("国土数値情報")
    assert watch.faults(reading=True) == []


def _bad() -> str:
    """Two rows with full-width digits, an hour in words, and coordinates the wrong way round in one."""
    lines = [
        "全国地方公共団体コード,ID,地方公共団体名,名称,所在地_連結表記,緯度,経度,設置位置,利用可能曜日,開始時間,終了時間",
        "131016,1,千代田区,区役所,東京都千代田区九段南一丁目2-1,139.753600,35.694000,１階,月火水木金,9時,17時半",
        "131016,2,千代田区,図書館,東京都千代田区九段南一丁目2-1,35.694100,139.753700,2階,月火水,8:30,17:00",
    ]
    return "\r\n".join(lines) + "\r\n"


def test_pages_are_read_without_scripts(site: Site, facts: Facts, browser) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 900})
    page: Page = context.new_page()
    page.goto(f"{site.url}/item/{facts.item}")
    expect(page.locator(".jm-rows tbody tr").first).to_be_visible()
    page.goto(f"{site.url}/matrix?view=item&item={facts.item}")
    expect(page.locator(".jm-towns li").first).to_be_visible()
    page.goto(f"{site.url}/dataset/?q=AED")
    expect(page.locator(".dataset-item").first).to_be_visible()
    context.close()
