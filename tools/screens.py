"""Takes the pictures of docs/screens: opens the demonstration, signs in, visits one page of each kind it is led to."""

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections import deque
from pathlib import Path
from urllib.parse import urldefrag, urlsplit
from urllib.request import urlopen

import django
from django.urls import Resolver404, resolve
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PICTURES = Path(sys.argv[1]) if sys.argv[1:] else ROOT / "docs" / "screens"
ORGANISATION = "/loire-formation/"
PASSWORD = "vive-le-comptoir"
# Who looks, where they begin, and which name signs in.
VISITS = [
    (ORGANISATION, ""),
    (f"{ORGANISATION}bureau/", "camille.vasseur"),
    (f"{ORGANISATION}espace/", "claire.lefevre"),
    ("/plateforme/", "exploitant"),
]
LOOKS = [("1280", 1280, 900, "light"), ("390-dark", 390, 844, "dark")]
NOT_PAGES = re.compile(
    r"\.(ics|json|xml|csv|xlsx|pdf|png|svg|css|js|log)$|/(deconnexion|logout|integrer\.js|static|api)\b"
)


def kind_of(address: str) -> str:
    """The name of the view behind an address: one picture for all sessions, not one for each."""
    path = urlsplit(address).path
    inside = path.startswith(ORGANISATION)
    try:
        found = resolve(path.removeprefix(ORGANISATION.rstrip("/")), urlconf="comptoir.web.urls" if inside else None)
    except Resolver404:
        return ""
    return found.view_name.replace(":", "-").replace("_", "-")


def links_of(page: Page, base: str) -> list[str]:
    """The links of a page that stay in the demonstration and only read."""
    found = page.eval_on_selector_all("a[href]", "all => all.map(one => one.href)")
    here = [urldefrag(link).url for link in found if link.startswith(base)]
    return [link for link in here if not urlsplit(link).query and not NOT_PAGES.search(urlsplit(link).path)]


def sign_in(page: Page, base: str, start: str, login: str) -> None:
    """Through the form, as a person does."""
    page.goto(base + start)
    if page.locator("input[type=password]").count():
        page.locator("input[name=login]").fill(login)
        page.locator("input[type=password]").fill(PASSWORD)
        page.locator("form:has(input[type=password]) button[type=submit]").first.click()
        page.wait_for_load_state()


def photograph(page: Page, name: str) -> None:
    """One page in every look."""
    for look, width, height, scheme in LOOKS:
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.wait_for_timeout(80)
        page.screenshot(path=PICTURES / f"{name}-{look}.jpg", type="jpeg", quality=65, full_page=True)


def visit(browser: Browser, base: str, start: str, login: str, seen: set[str]) -> None:
    """Walk from the first page, one page of each kind that nobody has seen yet."""
    page = browser.new_context(locale="fr-FR", base_url=base).new_page()
    if login:
        sign_in(page, base, start, login)
    ahead, tried = deque([base + start]), set[str]()
    while ahead:
        address = ahead.popleft()
        kind = kind_of(address)
        if not kind or kind in tried:
            continue
        tried.add(kind)
        answer = page.goto(address)
        if not answer or answer.status != 200 or "text/html" not in answer.headers.get("content-type", ""):
            print(f"  {answer.status if answer else '???'} {address}")
            continue
        ahead.extend(links_of(page, base))
        if kind not in seen:
            seen.add(kind)
            photograph(page, kind)
    page.context.close()


def opened(port: int, data: str) -> subprocess.Popen[bytes]:
    """The demonstration, answering."""
    command = [sys.executable, "-m", "comptoir", "demo", "--port", str(port), "--data", data]
    own = {name: value for name, value in os.environ.items() if not name.startswith("COMPTOIR_")}
    process = subprocess.Popen(command, cwd=ROOT, env=own, stdout=subprocess.DEVNULL)
    for _ in range(240):
        try:
            urlopen(f"http://127.0.0.1:{port}/health", timeout=2).close()
        except OSError:
            time.sleep(0.5)
        else:
            return process
    process.terminate()
    raise SystemExit("The demonstration did not open within two minutes.")


def main() -> None:
    """Open, walk, close."""
    django.setup()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    PICTURES.mkdir(parents=True, exist_ok=True)
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as data, sync_playwright() as play:
        demo = opened(port, data)
        try:
            browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
            seen: set[str] = set()
            for start, login in VISITS:
                visit(browser, f"http://127.0.0.1:{port}", start, login, seen)
            print(len(seen), "kinds of page")
            browser.close()
        finally:
            demo.terminate()
            demo.wait(15)


if __name__ == "__main__":
    main()
