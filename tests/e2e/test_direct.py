"""Booked in a browser: an add-on, a cheque, one's own page; then full, a list, an offer; no screen with a fault."""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from comptoir.bookings.commands import moving
from comptoir.bookings.commands.waiting import offer_freed
from comptoir.bookings.links import address_of
from comptoir.bookings.models import Booking
from comptoir.organisations.actors import system
from tests.checkout.direct import METHODS, RIGHTS
from tests.e2e.looking import faults_of, overheard
from tests.e2e.test_visitor import fill_in_people
from tests.factories import (
    make_activity,
    make_add_on,
    make_organisation,
    make_registrations,
    make_rules,
    make_session,
    make_terms,
)

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def fair(live_server):
    organisation = make_organisation("rives", name="Festival des Rives", payment_help="IBAN FR76 1234")
    make_terms(organisation)
    activity = make_activity(organisation, title="Atelier céramique", slug="ceramique")
    make_rules(activity, **dict.fromkeys((*RIGHTS, *METHODS, "is_direct", "has_waiting_list"), True))
    day = timezone.localdate() + timedelta(days=40)
    session = make_session(activity, starts_on=day, ends_on=day, capacity=2, price_cents=5_000)
    make_add_on(session, "Déjeuner")
    return SimpleNamespace(organisation=organisation, session=session, url=f"{live_server.url}/rives/")


def come_to_the_review(page, fair, button):
    page.goto(f"{fair.url}formations/ceramique/")
    page.get_by_role("button", name=button).first.click()
    page.get_by_role("link", name="Continuer").click()
    page.get_by_label("Un particulier").check()
    for name, value in {"first_name": "Claire", "last_name": "Perrin", "email": "claire@exemple.fr"}.items():
        page.locator(f"[name={name}]").fill(value)
    page.wait_for_timeout(2100)
    page.get_by_role("button", name="Continuer vers les participants").click()
    page.get_by_label(re.compile("Déjeuner")).check()
    assert faults_of(page) == []
    fill_in_people(page)
    page.get_by_role("heading", name="Vérifiez, puis confirmez").wait_for()
    assert faults_of(page) == []


def own_page(page, booking):
    """The link of the mail, on the server of the test."""
    path = address_of(booking).partition("/rives/")[2]
    page.goto(page.url.partition("/rives/")[0] + "/rives/" + path)


def test_booked_with_an_add_on_that_is_then_given_back(page, fair):
    heard = overheard(page)
    come_to_the_review(page, fair, "Je m’inscris")
    page.get_by_label("Chèque").check()
    page.get_by_label("J’ai lu").check()
    page.wait_for_timeout(2100)
    page.get_by_role("button", name="Réserver").click()
    page.get_by_role("heading", name="Votre réservation est enregistrée").wait_for()
    assert faults_of(page) == []
    booking = Booking.objects.get()
    assert (booking.owed_cents, booking.method) == (8_400, "cheque")
    own_page(page, booking)
    page.get_by_text("IBAN FR76 1234").wait_for()
    page.get_by_text("Changer les extras").click()
    page.get_by_label(re.compile("Déjeuner")).uncheck()
    assert faults_of(page) == []
    page.get_by_role("button", name="Enregistrer les extras").click()
    page.get_by_text("Les extras sont changés.").wait_for()
    booking.refresh_from_db()
    assert booking.owed_cents == 6_000
    page.get_by_text("Choisir un autre moyen de paiement").click()
    page.get_by_label("Virement").check()
    page.get_by_role("button", name="Choisir ce moyen").click()
    page.get_by_text("C’est noté").wait_for()
    booking.refresh_from_db()
    assert booking.method == "transfer"
    assert heard == []


def test_full_waited_for_offered_and_taken(page, fair):
    heard = overheard(page)
    gone = make_registrations(fair.session, 2)[0].booking
    come_to_the_review(page, fair, "Rejoindre la liste d’attente")
    page.get_by_label("J’ai lu").check()
    page.wait_for_timeout(2100)
    page.get_by_role("button", name="Rejoindre la liste d’attente").click()
    page.get_by_role("heading", name="Vous êtes sur la liste d’attente").wait_for()
    assert faults_of(page) == []
    now, by = timezone.now(), system(fair.organisation.pk)
    moving.cancel_booking(booking_id=gone.pk, by=by, at=now)
    assert len(offer_freed(at=now).done) == 1
    booking = Booking.objects.get(part=fair.session.pk)
    own_page(page, booking)
    page.get_by_role("heading", name="Une place s’est libérée pour vous").wait_for()
    assert faults_of(page) == []
    page.get_by_label("Chèque").check()
    page.get_by_role("button", name="Accepter, et payer ainsi").click()
    page.get_by_text("vos places sont gardées").first.wait_for()
    booking.refresh_from_db()
    assert (booking.method, booking.registrations.get().state) == ("cheque", "pending")
    assert heard == []
