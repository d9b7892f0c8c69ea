"""Signing in and what goes with it: mistakes, a password forgotten, a second factor, a page that is not theirs."""

from camera import ORGANISATION, PASSWORD, Album

ACCOUNT = f"{ORGANISATION}compte/"


def day(album: Album) -> None:
    """What a person meets at the door."""
    _door(album)
    _second_factor(album)
    page = album.page("malo.guivarch")
    page.goto(f"{ORGANISATION}bureau/")
    album.take(page, "desk", "home-manager", "Accueil of a manager of a few sessions")
    page.goto(f"{ORGANISATION}bureau/reglages/")
    album.take(page, "refusals", "403", "A page of the desk that is not this person’s")
    page.context.close()


def _door(album: Album) -> None:
    page = album.page()
    page.goto("/")
    album.take(page, "platform", "front", "The first page of the demonstration: where to go, and as whom")
    page.goto(f"{ACCOUNT}connexion/")
    album.take(page, "account", "sign-in", "Signing in")
    page.locator("input[name=login]").fill("camille.vasseur")
    page.locator("input[type=password]").fill("pas le bon du tout")
    page.get_by_role("button", name="Se connecter", exact=True).click()
    page.get_by_text("n’est pas le bon").wait_for()
    album.take(page, "account", "sign-in-mistake", "A wrong password")
    page.goto(f"{ACCOUNT}mot-de-passe/oublie/")
    album.take(page, "account", "forgotten", "A password forgotten")
    page.get_by_label("Identifiant").fill("personne")
    page.get_by_role("button", name="Recevoir un lien").click()
    page.wait_for_load_state()
    album.take(page, "account", "forgotten-sent", "The same words whether the account exists or not")
    page.context.close()


def _second_factor(album: Album) -> None:
    page = album.page("ines.caradec")
    page.goto(f"{ACCOUNT}double-verification/")
    page.get_by_role("link", name="Mettre en service").click()
    album.take(page, "account", "confirm", "Once more the password, before what touches the account")
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Confirmer").click()
    page.locator("img[src^='data:image/svg']").wait_for()
    album.take(page, "account", "second-factor", "A second factor is put in service")
    page.context.close()
