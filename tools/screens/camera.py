"""The camera: one page in every look, and the album's index."""

import re
from pathlib import Path

from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[2]
ORGANISATION = "/loire-formation/"
PASSWORD = "vive-le-comptoir"
# A name, the width, the least and the greatest height, light or dark. Taller pages are cut: their foot is elsewhere.
LOOKS = (("1280", 1280, 800, 1800, "light"), ("390-dark", 390, 780, 1700, "dark"))
AREAS = {
    "counter": "The counter: what a visitor sees",
    "account": "Accounts: signing in, and what is asked of it",
    "space": "The space of a client",
    "assistant": "The assistant: from the spool to the report",
    "desk": "The desk",
    "registrations": "The registrations",
    "settings": "Settings",
    "empty": "Before anything happened: a new organisation",
    "platform": "The operator of the platform",
    "refusals": "When it is not there, or not theirs",
}
BEGIN, END = "<!-- pictures: written by make screens -->", "<!-- end of pictures -->"


class Album:
    """Every picture taken, by area, each once."""

    def __init__(self, browser: Browser, base: str, folder: Path) -> None:
        self.browser, self.base, self.folder = browser, base, folder
        self.lines: dict[str, dict[str, str]] = {area: {} for area in AREAS}
        self.others: dict[str, str] = {}  # pictures of what is no page: the report
        folder.mkdir(parents=True, exist_ok=True)

    def page(self, login: str = "", start: str = f"{ORGANISATION}bureau/") -> Page:
        """A browser of one's own, signed in as somebody, through the form as a person does."""
        page = self.browser.new_context(locale="fr-FR", timezone_id="Europe/Paris", base_url=self.base).new_page()
        page.set_default_timeout(15_000)
        if login:
            page.goto(start)
            page.locator("input[name=login]").fill(login)
            page.locator("input[type=password]").fill(PASSWORD)
            page.locator("form:has(input[type=password]) button[type=submit]").first.click()
            page.wait_for_load_state()
        return page

    def take(self, page: Page, area: str, name: str, line: str = "") -> None:
        """The page as it is now, in every look; `line` says what it shows, or its own title does."""
        if name in self.lines[area]:
            return
        self.lines[area][name] = line or re.sub(r"\s+", " ", page.locator("h1").first.inner_text())
        for look, width, least, most, scheme in LOOKS:
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.set_viewport_size({"width": width, "height": least})
            tall = page.evaluate("document.documentElement.scrollHeight")
            page.set_viewport_size({"width": width, "height": min(most, max(least, tall))})
            page.wait_for_timeout(60)
            page.screenshot(path=self.folder / f"{area}-{name}-{look}.jpg", type="jpeg", quality=50)
        page.set_viewport_size({"width": 1280, "height": 900})

    def bind(self) -> None:
        """Old pictures go, and the index of README.md names those that stay."""
        kept = {
            f"{area}-{name}-{look[0]}.jpg" for area, names in self.lines.items() for name in names for look in LOOKS
        }
        kept |= self.others.keys()
        for path in self.folder.glob("*.jpg"):
            if path.name not in kept:
                path.unlink()
        index = self.folder / "README.md"
        if index.exists():
            before, _, rest = index.read_text().partition(BEGIN)
            after = rest.partition(END)[2]
            index.write_text(f"{before}{BEGIN}\n{self._index()}{END}{after}")
        print(sum(map(len, self.lines.values())), "screens")

    def _index(self) -> str:
        parts = []
        for area, names in self.lines.items():
            parts += [f"\n### {AREAS[area]}\n\n"]
            for name, line in names.items():
                wide, phone = (f"[{look[0]}]({area}-{name}-{look[0]}.jpg)" for look in LOOKS)
                parts.append(f"- **{name}** ({wide}, {phone}): {line}\n")
        others = "".join(f"- [{name}]({name}): {line}\n" for name, line in self.others.items())
        return "".join(parts) + f"\n### What is no page\n\n{others}\n"
