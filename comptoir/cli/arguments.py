"""The words the command line understands. Each leaf names the function that answers, `file:function` in `verbs`."""

import argparse
from datetime import date
from pathlib import Path

BENCHES = (
    "booking", "counter", "duplicates", "enumeration", "export", "intake", "lists", "matching", "members", "proposals",
    "registrations", "visible",
)  # fmt: skip


STATES = ("pending", "validated", "cancelled", "withdrawn", "waiting", "candidate")


class Words:
    """A thin layer over argparse: nouns, verbs, and what answers them."""

    def __init__(self) -> None:
        self.top = argparse.ArgumentParser(prog="comptoir", description="Le comptoir d’inscription.")
        self._verbs = self.top.add_subparsers(dest="noun", required=True, metavar="commande")
        self._nouns: dict[str, argparse._SubParsersAction[argparse.ArgumentParser]] = {}

    def verb(
        self, name: str, run: str, text: str, *, prepare: str = "", django: bool = True
    ) -> argparse.ArgumentParser:
        """A verb alone (`migrate`) or after its noun (`intake plan`)."""
        noun, _space, rest = name.partition(" ")
        parent = self._noun(noun) if rest else self._verbs
        made = parent.add_parser(rest or noun, help=text, description=text)
        made.set_defaults(run=run, prepare=prepare, needs_django=django)
        return made

    def _noun(self, name: str) -> "argparse._SubParsersAction[argparse.ArgumentParser]":
        if name not in self._nouns:
            made = self._verbs.add_parser(name)
            self._nouns[name] = made.add_subparsers(dest="verb", required=True, metavar="action")
        return self._nouns[name]


def parser() -> argparse.ArgumentParser:
    """Every command of product.md §5 that this version has."""
    words = Words()
    _serving(words)
    _upkeep(words)
    _organisations(words)
    _intake(words)
    _clients(words)
    _registrations(words)
    _bench(words)
    return words.top


def _serving(words: Words) -> None:
    demo = words.verb(
        "demo", "demo:run", "Tout le produit avec des organismes d’exemple.", prepare="surroundings:prepare_demo"
    )
    demo.add_argument("--port", type=int, default=8000)
    demo.add_argument("--data", type=Path, default=None, help="dossier des données (gardé d’une fois sur l’autre)")
    serve = words.verb("serve", "serving:serve", "Site, bureau et tâches de fond sur cette machine.", django=False)
    web = words.verb("web", "serving:web", "Seulement le site et le bureau.", django=False)
    for one in (serve, web):
        one.add_argument("--host", default="127.0.0.1")
        one.add_argument("--port", type=int, default=8000)
        one.add_argument("--workers", type=int, default=2)
        one.add_argument("--threads", type=int, default=2)
    jobs = words.verb("jobs", "serving:jobs", "Seulement les tâches de fond.")
    jobs.add_argument("--once", action="store_true", help="ce qui est dû, puis s’arrête (cron) ; 1 si une tâche échoue")


def _upkeep(words: Words) -> None:
    words.verb("migrate", "upkeep:migrate", "Met la base de données au format de cette version.")
    check = words.verb("check", "upkeep:check", "Vérifie la configuration.")
    check.add_argument("--deploy", action="store_true", help="exigences d’une mise en production")
    backup = words.verb("backup", "upkeep:backup", "Sauvegarde la base et les dossiers dans un fichier.")
    restore = words.verb("restore", "upkeep:restore", "Remet une sauvegarde en place, Comptoir arrêté.")
    restore.add_argument("--replace", action="store_true", help="remplace ce qui est là, qui est mis de côté")
    for one in (backup, restore):
        one.add_argument("file", type=Path)


def _organisations(words: Words) -> None:
    create = words.verb("organisation create", "organisations:create", "Crée un organisme.")
    create.add_argument("slug")
    create.add_argument("--name", required=True)
    create.add_argument("--host", default="")
    create.add_argument("--json", action="store_true")
    listing = words.verb("organisation list", "organisations:listing", "Les organismes.")
    listing.add_argument("--json", action="store_true")
    user = words.verb("user create", "organisations:create_user", "Ouvre un compte dans l’équipe d’un organisme.")
    user.add_argument("login")
    user.add_argument("--organisation", help="requis, sauf pour l’exploitant")
    user.add_argument("--role", default="administrator")
    user.add_argument("--email", default="")
    user.add_argument("--first-name", default="")
    user.add_argument("--last-name", default="")
    user.add_argument("--password-stdin", action="store_true", help="lit le mot de passe sur l’entrée standard")
    user.add_argument("--operator", action="store_true", help="exploitant de la plateforme")
    link = words.verb(
        "user link", "organisations:link", "Un lien de 24 heures pour qu’un exploitant choisisse son mot de passe."
    )
    link.add_argument("login")


def _intake(words: Words) -> None:
    for name, text in (
        ("list", "Les pré-inscriptions qui attendent."),
        ("plan", "Essai à blanc : où irait chacune, et pourquoi."),
        ("apply", "Intègre les pré-inscriptions."),
    ):
        verb = words.verb(f"intake {name}", f"intake:{name if name != 'list' else 'listing'}", text)
        verb.add_argument("--organisation", required=True)
        verb.add_argument("--json", action="store_true")
        if name != "list":
            _method(verb)
    words.verb("intake scan", "intake:scan", "Compare le dossier Résa au registre.").add_argument(
        "--organisation", required=True
    )


def _method(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--method", choices=("deals", "identified", "authenticated"), default="deals")
    verb.add_argument("--sales-rep", default="", help="identifiant du commercial en charge (méthode deals)")
    verb.add_argument("--territory", default="", help="nom du secteur (méthode deals)")
    verb.add_argument("--level", default="", help="niveau de confirmation (autres méthodes)")
    verb.add_argument("--no-mail", default="", help="owner,assistant,sales-rep : ceux qu’on ne prévient pas")
    verb.add_argument("--print", action="store_true", help="envoie aussi le compte rendu à l’imprimante")


def _clients(words: Words) -> None:
    imported = words.verb(
        "clients import", "clients:import_file", "Importe des clients d’un fichier CSV ou d’un classeur .xlsx."
    )
    imported.add_argument("file", type=Path)
    imported.add_argument("--organisation", required=True)
    imported.add_argument("--json", action="store_true")
    match = words.verb("clients match", "recognition:match", "Reconnaît les clients d’un fichier de demandes.")
    match.add_argument("file", type=Path)
    doubles = words.verb("clients duplicates", "recognition:duplicates", "Cherche les doublons de toute la base.")
    for one in (match, doubles):
        one.add_argument("--organisation", required=True)
        one.add_argument("--out", type=Path, required=True, help="fichier CSV écrit")
        one.add_argument("--json", action="store_true")


def _registrations(words: Words) -> None:
    people = words.verb("registrations export", "registrations:export", "Les inscriptions, en CSV ou XLSX.")
    people.add_argument("--text", default="", help="référence, nom, courriel")
    people.add_argument("--state", default="", choices=STATES)
    people.add_argument("--payment", default="", choices=("free", "due", "refund_due", "paid"))
    people.add_argument("--session", default="", help="référence d’une session")
    money = words.verb("payments export", "registrations:payments", "Le journal des paiements, pour le comptable.")
    money.add_argument("--first", type=date.fromisoformat, default=None, help="AAAA-MM-JJ")
    money.add_argument("--last", type=date.fromisoformat, default=None, help="AAAA-MM-JJ")
    for one in (people, money):
        one.add_argument("--organisation", required=True)
        one.add_argument("--out", type=Path, default=None, help="fichier .csv ou .xlsx ; sans lui, la sortie standard")


def _bench(words: Words) -> None:
    bench = words.verb(
        "bench", "bench:run", "Mesure, dans une base à part.", prepare="surroundings:prepare_bench", django=True
    )
    bench.add_argument("name", choices=BENCHES)
    bench.add_argument("--size", type=int, default=0)
    bench.add_argument("--json", action="store_true")
    bench.add_argument("--database", default="", help="sqlite (défaut) ou une adresse postgres://…")
