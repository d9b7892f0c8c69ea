"""What each person may do with a booking in each state, by direct post: the published table is what happens (T29).

The page is written by this test: `WRITE_DOCS=1 pytest tests/house/test_booking_acts.py`.
"""

import os
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client

from comptoir.bookings.links import link_of
from comptoir.bookings.models import AddOnCount, AddOnLine, Booking, Registration, SeatCount
from comptoir.catalogue.models import AddOn
from comptoir.mail.models import Message
from comptoir.payments.models import Entry
from comptoir.preregistrations.models import SpoolFile
from tests import factories as f
from tests.house.source import ROOT

PAGE = ROOT / "docs" / "booking-acts.md"
STATES = ("pending", "validated", "cancelled", "withdrawn", "waiting")
PEOPLE = (
    "administrateur",
    "commercial",
    "assistant",
    "gestionnaire",
    "autre gestionnaire",
    "voisin",
    "visiteur",
    "inscrit",
)
DONE, REFUSED, FORBIDDEN, NOTHING, SIGN_IN = "fait", "refusé", "403", "404", "connexion"
ACTS = {  # name → address after the booking's, and what is sent; those of the registrant are by the link
    "valider": ("validation/", {}),
    "annuler": ("annulation/", {}),
    "réactiver": ("reactivation/", {}),
    "retirer une personne": ("inscrits/{pk}/retrait/", {}),
    "valider un paiement": ("paiement/", {"amount": "100", "method": "cheque"}),
    "valider un remboursement": ("remboursement/", {"amount": "100", "method": "cheque"}),
    "étiqueter": ("suivi/", {"label": "VIP"}),
    "envoyer la confirmation": ("confirmation/", {}),
    "effacer les données": ("effacement/", {"confirmation": "{reference}"}),
    "annuler à la place de l’inscrit": ("mode-utilisateur/annulation/", {}),
    "remplacer à la place de l’inscrit": (
        "mode-utilisateur/inscrits/{pk}/",
        {"first_name": "Zoé", "last_name": "Vial"},
    ),
    "changer les extras à la place de l’inscrit": ("mode-utilisateur/inscrits/{pk}/extras/", {"{extra}": "1"}),
    "choisir le moyen à sa place": ("mode-utilisateur/moyen/", {"method": "cheque"}),
    "accepter à la place de l’inscrit": ("mode-utilisateur/accord/", {}),
}
OWN = {
    "annuler": "annulation/",
    "remplacer un participant": "inscrits/{pk}/",
    "changer ses extras": "inscrits/{pk}/extras/",
    "choisir un moyen de paiement": "moyen/",
    "accepter une place proposée": "accord/",
}
HEAD = """# Qui fait quoi d’une réservation

Chaque acte, demandé par un envoi direct à huit personnes, sur une réservation d’une personne, selon l’état de son
inscription. Cette page est écrite par `tests/house/test_booking_acts.py`, qui compare à chaque fois ce qui y est
publié à ce que le produit fait (T29).

- fait : l’acte est fait, et rien d’autre n’a changé
- refusé : une phrase dit pourquoi, rien n’a changé
- 403, 404, connexion : comme dans [access.md](access.md), rien n’a changé

Le gestionnaire gère la session, l’autre en gère une autre. L’inscrit a le lien secret de sa réservation, l’activité
lui permet d’annuler, de se faire remplacer, de changer ses extras et de choisir un autre moyen de paiement. Celle
qui est en attente garde sa place jusqu’à une date. Rien n’est payé quand l’état tient une place ; tout l’est sinon.

"""


class Undone(Exception):
    """Takes back whatever an act did."""


@pytest.fixture
def world(db):
    organisation = f.make_organisation("loire")
    activity = f.make_activity(organisation)
    rights = ("may_cancel", "may_rename", "may_change_add_ons", "may_change_method", "takes_cheque")
    f.make_rules(activity, is_direct=True, **dict.fromkeys(rights, True))
    session = f.make_session(activity, capacity=50)
    f.make_add_on(session)
    roles = {"administrateur": "administrator", "commercial": "sales_rep", "assistant": "assistant",
             "gestionnaire": "manager", "autre gestionnaire": "manager"}  # fmt: skip
    staff = {name: f.make_staff(organisation, role) for name, role in roles.items()}
    session.managers.add(staff["gestionnaire"])
    staff["voisin"] = f.make_staff(f.make_organisation("rhone"))
    browsers = {name: Client() for name in PEOPLE}
    for name, one in staff.items():
        browsers[name].force_login(one.user)
    named = {"booking_contact_name": "Claire", "booking_contact_email": "claire@exemple.fr"}
    rows = {state: f.make_registrations(session, 1, state=state, **named)[0] for state in STATES}
    for state in ("cancelled", "withdrawn"):
        Booking.objects.filter(pk=rows[state].booking_id).update(paid_cents=30_000)
    Booking.objects.filter(pk=rows["pending"].booking_id).update(held_until=f.NOW + timedelta(days=15))
    return browsers, rows


def mark():
    """Everything an act on a booking may change."""
    models = (Booking, Registration, SeatCount, AddOnLine, AddOnCount, Entry, Message, SpoolFile)
    return [list(model._default_manager.order_by("pk").values()) for model in models]


def answer(browser, address, data):
    """What the post did, taken back."""
    said = []
    before = mark()
    try:
        with transaction.atomic():
            response = browser.post(address, data)
            said += [response, mark() != before]
            raise Undone
    except Undone:
        response, has_changed = said
    if response.status_code == 302:
        is_outside = "/compte/connexion/" in response.url
        assert has_changed != is_outside, address
        return SIGN_IN if is_outside else DONE
    assert not has_changed, f"{address}: refused, and yet something changed"
    return {403: FORBIDDEN, 404: NOTHING}.get(response.status_code, REFUSED)


def fields(data, row):
    settled = {"key": "essai", "settled_on": "2026-11-23"} if "amount" in data else {}
    said = {"reference": row.booking.reference, "extra": f"extra-{AddOn.objects.get().pk}"}
    return {name.format(**said): text.format(**said) for name, text in (data | settled).items()}


def table(world):
    browsers, rows = world
    found = {}
    for act, (path, data) in ACTS.items():
        for state, row in rows.items():
            address = f"/loire/bureau/inscriptions/{row.booking.reference}/{path.format(pk=row.pk)}"
            cells = [answer(browsers[name], address, fields(data, row)) for name in PEOPLE[:-1]]
            found[act, state] = [*cells, "–"]
    for act, path in OWN.items():
        for state, row in rows.items():
            address = f"/loire/reservation/{row.booking.reference}/{link_of(row.booking)}/{path.format(pk=row.pk)}"
            sent = fields({"first_name": "Zoé", "last_name": "Vial", "method": "cheque", "{extra}": "1"}, row)
            wrong = address.replace(link_of(row.booking), "x" * 43)
            found[f"{act} (par le lien)", state] = [
                *["–"] * 6, answer(browsers["visiteur"], wrong, sent), answer(browsers["inscrit"], address, sent),
            ]  # fmt: skip
    return found


def test_the_published_table_is_what_happens(world):
    found = table(world)
    labels = {
        "pending": "en attente",
        "validated": "validée",
        "cancelled": "annulée",
        "withdrawn": "retirée",
        "waiting": "sur liste",
    }
    rows = [f"| {act} | {labels[state]} | " + " | ".join(cells) + " |" for (act, state), cells in found.items()]
    page = HEAD + "\n".join(
        ["| acte | état | " + " | ".join(PEOPLE) + " |", "|---" * (len(PEOPLE) + 2) + "|", *rows, ""]
    )
    for (act, _state), cells in found.items():
        assert set(cells[4:6]) <= {NOTHING, "–"}, act
        assert cells[6] in {SIGN_IN, NOTHING}, act
    assert [found["réactiver", state][0] for state in STATES] == [REFUSED, REFUSED, DONE, REFUSED, REFUSED]
    assert [found["retirer une personne", state][0] for state in STATES] == [REFUSED, DONE, REFUSED, REFUSED, REFUSED]
    if os.environ.get("WRITE_DOCS"):
        PAGE.write_text(page)
    assert PAGE.read_text().splitlines() == page.splitlines()
