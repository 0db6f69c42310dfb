"""One person at a browser. Presses are counted as the product counts clicks."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error, Locator, Page, Request

NARROW, WIDE = 390, 1280


@dataclass
class Visit:
    """A click is any press that acts or navigates, by mouse or key; typing and choosing a file are not counted."""

    page: Page
    clicks: int = 0
    failures: list[str] = field(default_factory=list)
    under_way: bool = False

    def __post_init__(self) -> None:
        self.page.on("request", self._leaves)
        for arrival in ("load", "download", "requestfailed"):
            self.page.on(arrival, self._arrives)
        self.page.on("pageerror", lambda error: self.failures.append(str(error)))
        self.page.on("console", lambda message: self.failures.append(message.text) if message.type == "error" else None)

    def _leaves(self, request: Request) -> None:
        if request.is_navigation_request() and request.frame == self.page.main_frame:
            self.under_way = True

    def _arrives(self, *_: object) -> None:
        self.under_way = False

    def _acted(self) -> None:
        """One click; wait for the page that it leads to, if it leads to one."""
        self.clicks += 1
        self.page.wait_for_timeout(100)
        for _ in range(750):
            if not self.under_way:
                return
            self.page.wait_for_timeout(20)
        raise AssertionError(f"No answer from {self.page.url}")

    def open(self, address: str) -> None:
        """Arrive, as by a bookmark; not a click."""
        self.page.goto(address)

    def press(self, name: str, *, role: str = "", within: Locator | None = None) -> None:
        """Press the link or button that says `name`."""
        place = within or self.page
        if role:
            target = place.get_by_role(role, name=name, exact=True)
        else:
            target = place.get_by_role("button", name=name).or_(place.get_by_role("link", name=name))
        target.first.click()
        self._acted()

    def tick(self, name: str) -> None:
        """Tick or choose the box that says `name`."""
        self.page.get_by_label(name, exact=False).first.check()
        self._acted()

    def unfold(self, summary: str) -> None:
        """Open the fold that says `summary`."""
        self.page.locator("summary").filter(has_text=summary).first.click()
        self._acted()

    def choose(self, label: str, option: str) -> None:
        """Choose the option that says `option` from the list that says `label`."""
        self.page.get_by_label(label, exact=True).first.select_option(label=option)
        self._acted()

    def key(self, key: str) -> None:
        """Press a key that acts (Enter, Space); moving with Tab is `tab_to`."""
        self.page.keyboard.press(key)
        self._acted()

    def tab_to(self, name: str, *, limit: int = 120) -> None:
        """Move by keyboard alone to the element whose words begin with `name`, as far as it can be reached."""
        for _ in range(limit):
            try:
                said = self.page.evaluate(
                    "(() => { const e = document.activeElement; if (!e) return '';"
                    " const label = e.labels && e.labels.length ? e.labels[0].innerText : '';"
                    " return (e.getAttribute('aria-label') || label || e.innerText || e.value || '').trim().replace(/\\s+/g, ' '); })()"
                )
            except Error:  # the page was left just then: what is pressed next is pressed on the one that comes
                self.page.wait_for_load_state()
                continue
            if said.startswith(name):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{name!r} cannot be reached with Tab")

    def reach(self, name: str) -> None:
        """`tab_to`, and whoever looks sees where they are: something of the element or of its label changes for it."""
        self.tab_to(name)
        assert self.page.evaluate(
            "(() => { const e = document.activeElement, shown = (one, part) => { const s = getComputedStyle(one, part);"
            " return [s.outlineStyle !== 'none' && s.outlineWidth, s.boxShadow, s.backgroundColor, s.borderWidth].join(); };"
            " const parts = [[e], ...[...(e.labels || [])].map((one) => [one, '::before'])];"
            " const focused = parts.map((each) => shown(...each)).join(); e.blur();"
            " const left = parts.map((each) => shown(...each)).join(); e.focus(); return focused !== left; })()"
        ), f"nothing shows that {name!r} has the keyboard"

    def write(self, name: str, text: str) -> None:
        """Reach the field that says `name` and write into it; into a list of options, the first letters of one."""
        self.reach(name)
        self.page.keyboard.type(text)

    def write_day(self, name: str, day: date) -> None:
        """Reach the field that says `name` and write the day as the browser shows it: it may have the month first."""
        self.reach(name)
        for order in ("%d%m%Y", "%m%d%Y"):
            self.page.keyboard.type(f"{day:{order}}")
            if self.page.evaluate("document.activeElement.value") == day.isoformat():
                return
            self.page.evaluate("(() => { const e = document.activeElement; e.value = ''; e.blur(); e.focus(); })()")
        raise AssertionError(f"{name!r} does not take {day}")

    def type(self, label: str, text: str) -> None:
        self.page.get_by_label(label, exact=False).first.fill(text)

    def choose_file(self, label: str, file: Path) -> None:
        self.page.get_by_label(label, exact=False).first.set_input_files(file)

    @property
    def words(self) -> str:
        """All that the page says."""
        return self.page.locator("body").inner_text()

    def violations(self) -> list[str]:
        """What axe finds on the page, each with the first element concerned."""
        found = Axe().run(self.page).response["violations"]
        return [f"{each['id']}: {each['nodes'][0]['html'][:120]}" for each in found]

    def is_too_wide(self) -> bool:
        """Whether the page must be scrolled sideways."""
        return self.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1")
