"""The HTML report in a real browser: it loads nothing, filters, prints, and hostile text stays text."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from command_line import GOOD
from hostile import ATTACKS, table
from perftarget.linter.run import Run
from perftarget.reporters.options import ReportOptions
from perftarget.reporters.registry import render_report
from perftarget.text.control_characters import escape_invisible
from report_run import run_on
from repository import DATA

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
BROKEN = "项目名称: 甲\n  主管部门: 乙\n"
WAIVED = GOOD.replace("项目属性: 延续项目", "项目属性:") + "豁免:\n  - {规则: blank-field, 理由: 待编码}\n"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield browser
        browser.close()


class Opened:
    """A page opened from the disk, with its requests and its messages."""

    def __init__(self, browser: Browser, run: Run, path: Path, **context: object) -> None:
        path.write_text(
            render_report(run, "html", ReportOptions(root=str(path.parent), today=date(2025, 6, 30))), encoding="utf-8"
        )
        self.page: Page = browser.new_context(**context).new_page()
        self.requests: list[str] = []
        self.messages: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.messages.append(message.text))
        self.page.on("pageerror", lambda error: self.messages.append(str(error)))
        self.page.on("dialog", lambda dialog: self.messages.append(dialog.message))
        self.url = path.as_uri()
        self.page.goto(self.url)

    def shown(self) -> list[str]:
        return self.page.locator(".findings > li:visible").evaluate_all("all => all.map(one => one.id)")

    def counted(self) -> str:
        return self.page.locator("#shown").inner_text()


@pytest.fixture
def real(browser: Browser, tmp_path: Path) -> Iterator[Opened]:
    opened = Opened(browser, run_on(str(DATA), draw=True), tmp_path / "report.html")
    yield opened
    assert opened.requests == [opened.url]
    assert opened.messages == []
    opened.page.context.close()


def test_every_finding_is_marked_at_its_cell(real: Opened) -> None:
    numbers = real.page.locator(".findings > li").evaluate_all("all => all.map(one => one.id)")
    assert numbers == [f"f{number}" for number in range(1, 40)]
    marked = real.page.locator(".form .mark:not(.seen)").evaluate_all("all => all.map(one => one.hash.slice(1))")
    assert set(marked) == set(numbers)
    cell = real.page.locator("td.at.warning", has_text="1320 万元")
    cell.locator(".mark").click()
    target = real.page.locator(".findings > li:target")
    assert "718 人 × 2050 元/月 × 12 个月 = 17,662,800 元" in target.text_content()
    headcount = real.page.locator("td.target", has_text="718").locator(".mark.seen")
    assert headcount.get_attribute("aria-label") == "参与第 10 条的比较：项目年度金额与测算不符"


def test_a_category_that_no_rule_checks_says_so(real: Opened) -> None:
    counts = {
        box.get_attribute("data-box"): box.locator(".count").inner_text()
        for box in real.page.locator("section.box").all()
    }
    assert {name for name, count in counts.items() if count == "本工具不检查"} == {"实现可能性", "条件充分性"}


def test_amounts_are_drawn_to_scale(real: Opened) -> None:
    row = real.page.locator(".amounts tbody tr").nth(1)
    assert row.locator("td").all_inner_texts()[1:] == ["1320 万元", "1766.28 万元", "−25.27%", "0", "5", "3"]
    assert row.locator("svg").get_attribute("aria-label") == "申报 1320 万元，测算 1766.28 万元"
    widths = [category["width"] for rect in row.locator("rect").all() if (category := rect.bounding_box())]
    assert widths[0] / widths[1] == pytest.approx(1320 / 1766.28, rel=0.02)
    foot = real.page.locator(".amounts tfoot td").all_inner_texts()
    assert foot[1] == "5366.57 万元"


def test_filters_hide_findings_marks_and_tables(real: Opened) -> None:
    assert real.counted() == "显示 39 条，共 39 条"
    real.page.get_by_label("警告", exact=True).uncheck()
    assert real.counted() == "显示 16 条，共 39 条"
    assert real.page.locator(".mark.warning:visible").count() == 0
    lit = real.page.locator(".form .at.warning:not(.unlit)")
    assert lit.count() == real.page.locator(".form .at.warning:has(.mark:visible)").count()
    real.page.get_by_label("审核项").select_option("目标相关性")
    assert {real.page.locator(f"#{one}").get_attribute("data-box") for one in real.shown()} == {"目标相关性"}
    assert real.page.locator("section.box:visible").count() == 1
    real.page.get_by_label("项目", exact=True).select_option("2")
    assert real.page.locator("article:visible").count() == 1
    assert real.page.locator(".amounts tbody tr:visible").count() == 1
    real.page.get_by_label("警告", exact=True).check()
    real.page.get_by_label("审核项").select_option("")
    real.page.get_by_label("项目", exact=True).select_option("")
    assert real.counted() == "显示 39 条，共 39 条"
    assert real.page.locator(".unlit").count() == 0


def test_the_page_is_usable_by_keyboard(real: Opened) -> None:
    real.page.keyboard.press("Tab")
    assert real.page.evaluate("document.activeElement.textContent") == "跳到审核意见"
    real.page.keyboard.press("Enter")
    assert real.page.evaluate("document.activeElement.id") == "opinion"
    real.page.keyboard.press("Tab")
    real.page.keyboard.press("Enter")
    assert real.page.evaluate("document.activeElement.id") == "f1"
    real.page.get_by_label("错误", exact=True).focus()
    real.page.keyboard.press("Space")
    assert not real.page.get_by_label("错误", exact=True).is_checked()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_accessible(browser: Browser, tmp_path: Path, scheme: str) -> None:
    """axe finds no violation of WCAG in the light and the dark scheme."""
    for name, text in {"a.yaml": table(), "b.yaml": WAIVED, "c.yaml": BROKEN}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    run = run_on(*(str(tmp_path / name) for name in ("a.yaml", "b.yaml", "c.yaml")), draw=True)
    opened = Opened(browser, run, tmp_path / "report.html", color_scheme=scheme, bypass_csp=True)
    found = Axe().run(opened.page)
    assert found.violations_count == 0, found.generate_report()
    dark = opened.page.evaluate("getComputedStyle(document.body).backgroundColor") != "rgb(255, 255, 255)"
    assert dark == (scheme == "dark")
    opened.page.get_by_label("外观").select_option("light")
    assert opened.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    opened.page.context.close()


def test_hostile_text_stays_text(browser: Browser, tmp_path: Path) -> None:
    files = {"<b>&amp;.yaml": table(), "b.yaml": BROKEN, "c.yaml": WAIVED}
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    opened = Opened(browser, run_on(*(str(tmp_path / name) for name in files), draw=True), tmp_path / "report.html")
    page = opened.page
    assert page.title() == "绩效目标表审核意见"
    assert page.locator("script").count() == 1
    assert page.locator("img, iframe, object, embed, base, :not(head) > link").count() == 0
    assert set(page.locator("a").evaluate_all("all => all.map(one => one.getAttribute('href')[0])")) == {"#"}
    texts = page.locator(".form td.name bdi").all_text_contents()
    for attack in ATTACKS[:9]:
        assert attack in texts
    assert escape_invisible("1. one\u202etxt\u200b\x1b[31mred\x1b[0m") in texts
    assert page.locator("article").count() == 3
    assert page.locator("article pre").text_content() == BROKEN.splitlines()[1]
    suppressed = page.locator('.findings > li[data-level="waived"]')
    assert "已豁免：待编码" in suppressed.last.text_content()
    assert opened.requests == [opened.url]
    assert opened.messages == []
    page.context.close()


def test_the_page_fits_on_paper(real: Opened, tmp_path: Path) -> None:
    real.page.emulate_media(media="print", color_scheme="dark")
    assert real.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert not real.page.locator(".filter").is_visible()
    assert real.page.locator(".signed").is_visible()
    pages = real.page.pdf(path=tmp_path / "report.pdf", prefer_css_page_size=True)
    assert b"/MediaBox [0 0 594.95996 841.91998]" in pages or b"/MediaBox [0 0 595" in pages
    wide = real.page.evaluate("Math.max(...Array.from(document.querySelectorAll('table'), one => one.scrollWidth))")
    assert wide <= real.page.viewport_size["width"]
