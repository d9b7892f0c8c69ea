"""Walking: follows the links of a page and photographs one page of each kind, for each of those who sign in."""

import re
from collections import deque
from urllib.parse import urldefrag, urlsplit

from camera import ORGANISATION, Album
from django.urls import Resolver404, resolve
from playwright.sync_api import Page

# Who looks, and where they begin.
VISITS = (
    (ORGANISATION, ""),
    (f"{ORGANISATION}bureau/", "camille.vasseur"),
    (f"{ORGANISATION}espace/", "claire.lefevre"),
    ("/plateforme/", "exploitant"),
)
NOT_PAGES = re.compile(
    r"\.(ics|json|xml|csv|xlsx|pdf|png|svg|css|js|log|txt)$|/(deconnexion|logout|embed\.js|static|api|html)\b"
)
AREAS = {"mfa": "account", "usersessions": "account", "portal": "space"}
NAMES = {"usersessions-list": "devices", "mfa-index": "second-factor-about"}
# Photographed by the days, or leading elsewhere.
ALREADY = {
    "counter-put-in", "desk-home", "desk-run", "desk-intake", "desk-intake-request", "platform-home", "account-login",
    "account-places", "account-reset-password", "mfa-activate-totp",
}  # fmt: skip


def day(album: Album) -> None:
    """Everybody walks where their links lead."""
    for start, login in VISITS:
        page = album.page(login, start)
        _follow(album, page, start)
        page.context.close()


def _follow(album: Album, page: Page, start: str) -> None:
    ahead, tried = deque([album.base + start]), set[str]()
    while ahead:
        address = ahead.popleft()
        kind = kind_of(address)
        if not kind or kind in tried:
            continue
        tried.add(kind)
        answer = page.goto(address)
        if not answer or answer.status != 200 or "text/html" not in answer.headers.get("content-type", ""):
            continue
        ahead.extend(_links_of(page, album.base))
        if kind_of(page.url) == kind and kind not in ALREADY:
            album.take(page, *_place(kind))


def kind_of(address: str) -> str:
    """The name of the view behind an address: one picture for all sessions, not one for each."""
    path = urlsplit(address).path
    inside = path.startswith(ORGANISATION)
    try:
        found = resolve(path.removeprefix(ORGANISATION.rstrip("/")), urlconf="comptoir.web.urls" if inside else None)
    except Resolver404:
        return ""
    return found.view_name.replace(":", "-").replace("_", "-")


def _place(kind: str) -> tuple[str, str]:
    """The area and the name of a kind: « desk-settings-staff » is « staff » among the settings."""
    first, _dash, name = kind.partition("-")
    if first == "desk" and name.startswith(("settings", "mail-model", "journal")):
        return "settings", name.removeprefix("settings-")
    if first == "desk" and name.startswith(("intake", "run")):
        return "assistant", name.removeprefix("intake-")
    return AREAS.get(first, first), NAMES.get(kind, name)


def _links_of(page: Page, base: str) -> list[str]:
    """The links of a page that stay in the demonstration and only read."""
    found = page.eval_on_selector_all("a[href]", "all => all.map(one => one.href)")
    here = [urldefrag(link).url for link in found if link.startswith(base)]
    return [link for link in here if not urlsplit(link).query and not NOT_PAGES.search(urlsplit(link).path)]
