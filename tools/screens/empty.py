"""Before anything happened: the desk of an organisation that has a catalogue, and nothing else yet."""

from camera import Album

DESK = "/secours-atlantique/bureau/"
PAGES = {
    "home": "", "intake": "importation/", "bin": "importation/corbeille/", "runs": "importation/integrations/",
    "deals": "dossiers/", "deals-list": "dossiers/liste/", "clients": "clients/", "messages": "messages/",
    "imports": "clients/imports/", "search": "recherche/?q=introuvable", "files": "importation/fichiers/",
}  # fmt: skip


def day(album: Album) -> None:
    """Each list says what it is for and the one thing to do next."""
    page = album.page("jeanne.dupont", DESK)
    for name, path in PAGES.items():
        page.goto(DESK + path)
        album.take(page, "empty", name)
    page.context.close()
