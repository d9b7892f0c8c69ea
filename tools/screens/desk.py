"""The day of an administrator: the assistant from the question to the report, then a deal, a session, an import."""

import shutil
import subprocess

from camera import ORGANISATION, Album
from playwright.sync_api import Page

DESK = f"{ORGANISATION}bureau/"
CLIENTS = "id;raison_sociale;siret;ville\n1;Ateliers du Lac;73282932000074;Nantes\n2;Menuiserie Bocage;123;Cholet\n"


def day(album: Album) -> None:
    """Importation first, as the house does every morning."""
    page = album.page("camille.vasseur")
    album.take(page, "desk", "home", "Accueil: what waits, and the question of the morning")
    _requests(album, page)
    _steps(album, page)
    _run(album, page)
    _others(album, page)
    _registrations(album, page)
    page.context.close()


def _requests(album: Album, page: Page) -> None:
    page.goto(f"{DESK}importation/")
    album.take(page, "assistant", "step-1-requests", "Step 1: what waits, who each client is and why")
    box = page.get_by_label("Client de la demande").first
    box.fill("pass")
    page.locator(".combobox [role=option]").first.wait_for()
    album.take(page, "assistant", "step-1-choosing", "A client is looked for by its name")
    page.keyboard.press("Escape")
    page.goto(f"{DESK}importation/")
    page.get_by_role("link", name="Corriger").nth(2).click()
    page.get_by_label("Raison sociale").fill("Cabinet Tréguier et associés")
    album.take(page, "assistant", "correction", "One request: its client, and what was typed beside the correction")
    page.get_by_role("button", name="Enregistrer la correction").click()
    page.locator("del").first.wait_for()
    page.locator("[data-tick]").last.check()
    album.take(page, "assistant", "step-1-ticked", "A correction with its original; a request ticked")
    page.get_by_role("button", name="Mettre à la corbeille").click()
    page.get_by_text("mise à la corbeille").wait_for()
    page.goto(f"{DESK}importation/corbeille/")
    album.take(page, "assistant", "bin", "The bin: who threw what, and the way back")


def _steps(album: Album, page: Page) -> None:
    page.goto(f"{DESK}importation/")
    page.get_by_role("button", name="Continuer").click()
    page.get_by_label("clients identifiés").check()
    page.wait_for_timeout(700)
    album.take(page, "assistant", "step-2-method", "Step 2: the three methods, and what each would do")
    page.get_by_role("button", name="Continuer").click()
    page.get_by_role("button", name="Continuer").wait_for()
    album.take(page, "assistant", "step-3-options", "Step 3: the level, the report, the mails")
    page.get_by_role("button", name="Continuer").click()
    page.get_by_role("button", name="Intégrer").wait_for()
    album.take(page, "assistant", "step-4-dry-run", "Step 4: the dry run, line by line")


def _run(album: Album, page: Page) -> None:
    page.get_by_role("button", name="Intégrer").click()
    page.wait_for_url("**/integrations/**")
    album.take(page, "assistant", "run-progress", "The run under way, or just done: one may leave")
    report = page.get_by_role("link", name="Compte rendu (PDF)")
    report.wait_for(timeout=60_000)
    album.take(page, "assistant", "run-done", "The run done: what went where, and its report")
    _report(album, page)
    page.goto(DESK)
    album.take(page, "desk", "home-after", "Accueil once the work is done")


def _report(album: Album, page: Page) -> None:
    """The first page of the PDF, where poppler is installed."""
    if not shutil.which("pdftoppm"):
        return
    with page.expect_download() as download:
        page.get_by_role("link", name="Compte rendu (PDF)").click()
    target = album.folder / "assistant-report"
    words = ["pdftoppm", "-jpeg", "-r", "75", "-singlefile", str(download.value.path()), str(target)]
    subprocess.run(words, check=True)
    album.others[f"{target.name}.jpg"] = "The report of the run, its first page as printed"


def _others(album: Album, page: Page) -> None:
    page.goto(f"{DESK}recherche/?q=passerelles")
    album.take(page, "desk", "search", "One box finds references, people, sessions and clients")
    page.goto(f"{DESK}dossiers/nouveau/")
    page.get_by_role("button", name="Ouvrir le dossier").click()
    album.take(page, "desk", "deal-mistakes", "A form refused: a summary that leads to each field")
    page.goto(f"{DESK}sessions/")
    page.locator("tbody a").first.click()
    page.wait_for_load_state()
    page.goto(f"{page.url}serie/")
    page.get_by_role("button", name="Voir les dates").click()
    page.wait_for_load_state()
    album.take(page, "desk", "series-dates", "A series: its dates are seen before they are made")
    page.goto(f"{DESK}clients/imports/")
    page.locator("input[type=file]").set_input_files(
        {"name": "clients.csv", "mimeType": "text/csv", "buffer": CLIENTS.encode()}
    )
    page.get_by_role("button", name="Lire le fichier").click()
    page.wait_for_url("**/imports/*/")
    page.get_by_text("à décider").or_(page.get_by_role("button", name="Abandonner")).first.wait_for()
    album.take(page, "desk", "clients-import", "An import of clients: what it would do, before it does")


def _registrations(album: Album, page: Page) -> None:
    page.goto(f"{DESK}inscriptions/")
    album.take(page, "registrations", "list", "Registrations: who, for what, where it stands, what is due")
    page.locator("[data-tick]").first.check()
    album.take(page, "registrations", "ticked", "One ticked: what can be done with it")
    page.get_by_role("button", name="Autres actes").click()
    album.take(page, "registrations", "acts", "Acts on several, each explained")
    page.goto(f"{DESK}inscriptions/activites/")
    album.take(page, "registrations", "activities", "By activity, with the way to its registrations")
    page.goto(f"{DESK}inscriptions/?payment=due")
    page.locator("tbody a").first.click()
    page.locator("#reglement > summary").click()
    album.take(page, "registrations", "booking", "A booking at one look, the form of the payment open")
    page.get_by_role("link", name="Annuler", exact=True).click()
    album.take(page, "registrations", "cancel", "Before a booking is cancelled")
    page.goto(f"{DESK}inscriptions/?state=validated")
    page.locator("tbody a").first.click()
    page.get_by_role("link", name="Contacter").click()
    album.take(page, "registrations", "contact", "The mail client, and addresses to copy")
    page.go_back()
    page.get_by_role("link", name="Annuler l’inscription").first.click()
    album.take(page, "registrations", "withdraw", "Before one person is withdrawn for good")
    page.goto(f"{DESK}inscriptions/paiements/")
    album.take(page, "registrations", "ledger", "The payment journal, month by month")
