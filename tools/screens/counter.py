"""A visitor's day: looks for a course, makes mistakes, sends a request; then another site that shows the dates."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from camera import ORGANISATION, Album
from playwright.sync_api import Page

CLIENT = {
    "legal_name": "Syndicat intercommunal du Haut-Beaujolais et des Monts du Lyonnais", "siret": "732 829 320 0007",
    "address": "3 quai Jayr", "postcode": "69009", "city": "Lyon", "first_name": "Marie-Antoinette",
    "last_name": "de La Rochefoucauld-Montbel", "email": "marie-antoinette@haut-beaujolais", "phone": "04 78 00 00 00",
}  # fmt: skip
PEOPLE = {"first_name": ("Mohamed", "Anne-Lise", "Loïc"), "last_name": ("Aït Ben Haddou", "Perrin", "Kermarrec")}
READING = 2200  # milliseconds a person takes at least; who goes faster is taken for a program


def day(album: Album) -> None:
    """From the catalogue to the reference, with the mistakes people make."""
    page = album.page()
    page.goto(ORGANISATION)
    album.take(page, "counter", "catalogue", "The catalogue: search, filters, the next date and the price of each")
    page.goto(f"{ORGANISATION}?q=tableau")
    album.take(page, "counter", "found", "A search, its chips, what was found")
    page.goto(f"{ORGANISATION}?q=zzz")
    album.take(page, "counter", "nothing-found", "A search that finds nothing, and the way on")
    page.goto(f"{ORGANISATION}panier/")
    album.take(page, "counter", "basket-empty", "An empty basket")
    _fill(album, page)
    _ask(album, page)
    page.goto(f"{ORGANISATION}rien-ici/")
    album.take(page, "refusals", "404", "An address nobody knows")
    page.context.close()
    _elsewhere(album)


def _fill(album: Album, page: Page) -> None:
    for slug in ("sauveteur-secouriste-du-travail", "excel-du-tableau-au-tableau-de-bord"):
        page.goto(f"{ORGANISATION}formations/{slug}/")
        album.take(page, "counter", "activity", "An activity: the promise, then its dates")
        page.get_by_role("button", name="Je m’inscris").first.click()
        page.get_by_role("heading", name="Votre panier").wait_for()
    page.get_by_role("button", name="Une personne de plus").first.click()
    page.get_by_text("3 personnes").first.wait_for()
    album.take(page, "counter", "basket", "The basket: two sessions, three people")
    page.get_by_role("link", name="Continuer").first.click()
    album.take(page, "counter", "step-1-client", "Step 1: the client and the contact")


def _ask(album: Album, page: Page) -> None:
    for name, value in CLIENT.items():
        page.locator(f"[name={name}]").fill(value)
    _go_on(page, "Continuer vers les participants")
    album.take(
        page, "counter", "step-1-mistakes", "Step 1 refused: each field says what is wrong, all that was typed stays"
    )
    page.locator("[name=siret]").fill("732 829 320 00074")
    page.locator("[name=email]").fill("marie-antoinette@haut-beaujolais.exemple")
    _go_on(page, "Continuer vers les participants")
    album.take(page, "counter", "step-2-people", "Step 2: who comes, session by session")
    _go_on(page, "Continuer vers le prix")
    album.take(page, "counter", "step-2-mistakes", "Step 2 refused: names are missing")
    for name, values in PEOPLE.items():
        for box, value in zip(page.locator(f"input[name$='-{name}']").all(), values, strict=True):
            box.fill(value)
    _go_on(page, "Continuer vers le prix")
    album.take(page, "counter", "step-3-review", "Step 3: the price and the terms of sale")
    _go_on(page, "Envoyer ma demande")
    album.take(page, "counter", "step-3-mistakes", "Step 3 refused: the terms were not accepted")
    page.get_by_label("J’ai lu").check()
    _go_on(page, "Envoyer ma demande")
    page.get_by_role("heading", name="Votre demande est enregistrée").wait_for()
    album.take(page, "counter", "step-4-confirmation", "Step 4: the reference, and what happens next")


def _go_on(page: Page, button: str) -> None:
    page.wait_for_timeout(READING)
    page.get_by_role("button", name=button).click()
    page.wait_for_load_state()


def _elsewhere(album: Album) -> None:
    with _site(f'<script src="{album.base}{ORGANISATION}embed.js" async></script>') as address:
        page = album.page()
        page.goto(address)
        page.get_by_role("link", name="Je m’inscris").first.wait_for()
        album.take(page, "counter", "embed", "The dates on another site, by one line of HTML")
        page.context.close()


@contextmanager
def _site(line: str) -> Iterator[str]:
    """The plain page of somebody else, with the one line in it."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Ailleurs</title>'
            self.wfile.write(f"<!doctype html>{head}<h1>Un autre site</h1><p>Nos prochaines dates :</p>{line}".encode())

        def log_message(self, *_args: object) -> None:
            """In silence."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
