"""The page in a real browser: on a phone and on a PC, by eye, by keyboard and by a screen reader's rules."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright
from web.a_day import Day

from broadcaster.station.board import PLAN_LASTS_S
from broadcaster.station.render import Renderer
from broadcaster.web.server import watched

pytestmark = pytest.mark.needs("chromium")

FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
)
PHONE, PC = (360, 740), (1280, 900)
LEAST_TARGET_PX = 44
TWO_ROUNDS_MS = 15_000


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture
def complaints() -> list[str]:
    """What the browser's console says: a page without faults says nothing."""
    return []


@pytest.fixture
def page(browser: Browser, complaints: list[str]) -> Iterator[Page]:
    def heard(message: ConsoleMessage) -> None:
        complaints.append(message.text)

    shown = browser.new_page()
    shown.on("console", heard)
    shown.on("pageerror", lambda error: complaints.append(str(error)))
    yield shown
    shown.close()


def opened(page: Page, url: str, size: tuple[int, int]) -> Page:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(url)
    return page


@pytest.mark.parametrize("size", [PHONE, PC], ids=["phone", "PC"])
def test_nothing_sticks_out_and_the_console_is_silent(
    page: Page, url: str, size: tuple[int, int], complaints: list[str]
) -> None:
    opened(page, url, size)

    assert page.evaluate("document.documentElement.scrollWidth") == size[0]
    expect(page.get_by_role("heading", name="Hôm nay")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="Mời họp thôn")).to_contain_text("Sắp phát")
    assert complaints == []


@pytest.mark.parametrize("size", [PHONE, PC], ids=["phone", "PC"])
def test_it_breaks_no_rule_of_accessibility(page: Page, url: str, size: tuple[int, int]) -> None:
    """axe: contrast of AA, landmarks, headings in order, lists, names."""
    found = Axe().run(opened(page, url, size))

    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("size", [PHONE, PC], ids=["phone", "PC"])
def test_a_time_to_the_second_stays_on_one_line_in_its_column(page: Page, url: str, size: tuple[int, int]) -> None:
    opened(page, url, size)

    misplaced = page.evaluate("""() => [...document.querySelectorAll('.luc')].filter(cell => {
        const time = cell.querySelector('time');
        if (!time) return false;
        time.textContent = '20:08:28';
        const outside = time.getBoundingClientRect().right > cell.getBoundingClientRect().right;
        return outside || time.getClientRects().length > 1;
    }).length""")
    assert misplaced == 0
    assert page.locator(".luc time").count() > 0


def test_on_a_pc_the_outcome_stands_beside_the_title(page: Page, url: str, day: Day) -> None:
    """With a cue sheet below both, too."""
    Renderer(day.station).programme(day.at("05:50"))
    day.clock.advance(PLAN_LASTS_S)
    opened(page, url, PC)
    expect(page.locator(".luot summary").first).to_be_visible()

    for airing in page.locator(".luot > li").all():
        time, outcome = airing.locator(".luc").bounding_box(), airing.locator(".tinh-trang").bounding_box()
        assert time is not None
        assert outcome is not None
        assert outcome["x"] > time["x"] + time["width"]
        assert abs(outcome["y"] - time["y"]) < time["height"]


def test_words_are_big_enough_to_read_and_links_to_touch(page: Page, url: str) -> None:
    opened(page, url, PHONE)

    sizes = "[...document.querySelectorAll('main p, main h3')].map(e => parseFloat(getComputedStyle(e).fontSize))"
    assert min(page.evaluate(sizes)) >= 16
    heights = [box["height"] for link in page.get_by_role("link").all() if (box := link.bounding_box())]
    assert len(heights) == 3
    assert min(heights) >= LEAST_TARGET_PX


def test_it_keeps_up_by_itself(page: Page, url: str, day: Day) -> None:
    opened(page, url, PHONE)
    expect(page.locator("#gio")).to_contain_text("05:30:20")
    day.sound(day.at("05:30"), "trung-tam", seconds=14.0)
    day.clock.advance(5)

    expect(page.locator("#gio")).to_contain_text("05:30:25", timeout=TWO_ROUNDS_MS)
    expect(page.locator("#bay-gio")).to_contain_text("Được 14 giây trên 1 phút")


def test_a_page_that_has_grown_old_says_so(page: Page, day: Day, port: int) -> None:
    """The station was stopped or lost power: what is shown is no longer true."""
    with watched(day.station, port=port, tell=lambda _: None) as url:
        opened(page, url, PHONE)
        expect(page.get_by_role("alert")).to_be_hidden()

    expect(page.get_by_role("alert")).to_contain_text("trang này đã cũ", timeout=TWO_ROUNDS_MS)


def test_without_scripts_it_reloads_by_itself(browser: Browser, url: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(url)
        assert page.locator("noscript meta[http-equiv=refresh]").count() == 1
        expect(page.get_by_role("heading", name="Xã Hoằng Đạo")).to_be_visible()


@pytest.mark.parametrize("size", [PHONE, PC], ids=["phone", "PC"])
def test_a_programme_opens_to_its_cue_sheet_and_stays_open(
    page: Page, url: str, day: Day, size: tuple[int, int], complaints: list[str]
) -> None:
    Renderer(day.station).programme(day.at("05:50"))
    day.clock.advance(PLAN_LASTS_S)
    opened(page, url, size)
    airing = page.get_by_role("listitem").filter(has_text="Mời họp thôn")
    expect(airing.get_by_text("Chuông báo")).to_be_hidden()

    airing.locator("summary").focus()
    page.keyboard.press("Enter")

    expect(airing.get_by_text("Chuông báo")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == size[0]
    assert Axe().run(page).violations_count == 0
    day.clock.advance(5)
    expect(page.locator("#gio")).to_contain_text("05:30:45", timeout=TWO_ROUNDS_MS)
    expect(airing.get_by_text("Chuông báo")).to_be_visible()
    airing.get_by_role("link", name="Từng câu").click()
    expect(page.get_by_role("heading", level=2).first).to_contain_text("Chuông báo")
    assert page.evaluate("document.documentElement.scrollWidth") == size[0]
    assert Axe().run(page).violations_count == 0
    assert complaints == []
