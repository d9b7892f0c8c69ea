"""Paid by card in a browser: refused, then paid; refunded by the desk; and on another site's page, by Stripe."""

import pytest
from django.utils import timezone

from comptoir.bookings.commands import moving
from comptoir.bookings.links import address_of
from comptoir.bookings.models import Booking
from comptoir.cards.commands import accounts, refunding
from comptoir.cards.models import CardPayment
from comptoir.organisations.actors import system
from tests.cards.stripe_process import stripe_process
from tests.e2e.looking import faults_of, overheard
from tests.e2e.test_direct import come_to_the_review, fair  # noqa: F401  # a fixture
from tests.factories import PASSWORD, make_staff

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
SECRET = "whsec_essai"


@pytest.fixture
def shop(fair, live_server, settings):  # noqa: F811  # the fixture
    settings.SIMULATED_CARDS, settings.PUBLIC_URL = True, live_server.url
    accounts.open_account(provider="simulated", by=system(fair.organisation.pk), at=timezone.now())
    fair.session.activity.rules.takes_card = True
    fair.session.activity.rules.save()
    return fair


def book_by_card(page, shop):
    come_to_the_review(page, shop, "Je m’inscris")
    page.get_by_label("Carte bancaire").check()
    page.get_by_label("J’ai lu").check()
    page.wait_for_timeout(2100)
    page.get_by_role("button", name="Réserver").click()


def test_refused_then_paid_then_refunded(page, shop):
    heard = overheard(page)
    book_by_card(page, shop)
    page.get_by_role("heading", name="Paiement simulé").wait_for()
    assert faults_of(page) == []
    page.get_by_role("button", name="Faire refuser la carte").click()
    page.get_by_role("heading", name="La carte a été refusée").wait_for()
    assert faults_of(page) == []
    page.get_by_role("link", name="Payer depuis ma réservation").click()
    page.get_by_role("button", name="Payer 84,00").click()
    page.get_by_role("button", name="Payer", exact=True).click()
    page.get_by_role("heading", name="Merci, votre paiement est reçu").wait_for()
    page.get_by_role("link", name="Voir ma réservation").click()
    page.get_by_role("link", name="Reçu (PDF)").wait_for()
    assert faults_of(page) == []
    booking = Booking.objects.get()
    assert (booking.paid_cents, booking.registrations.get().state) == (8_400, "validated")
    refund_at_the_desk(page, shop, booking)
    assert heard == []


def refund_at_the_desk(page, shop, booking):
    staff = make_staff(shop.organisation)
    moving.cancel_booking(booking_id=booking.pk, by=system(shop.organisation.pk), at=timezone.now())
    page.goto(f"{shop.url}bureau/inscriptions/{booking.reference}/")
    page.locator("[name=login]").fill(staff.user.login)
    page.locator("[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Rembourser 84,00").click()
    page.get_by_text("en route vers la carte").wait_for()
    assert faults_of(page) == []
    refunding.send_due(at=timezone.now())
    page.reload()
    page.get_by_role("cell", name="Remboursement").wait_for()
    booking.refresh_from_db()
    assert booking.refund_due_cents == 0


def test_an_answer_that_comes_later_is_waited_for(page, shop):
    book_by_card(page, shop)
    page.get_by_role("button", name="Payer, et répondre dans deux minutes").click()
    page.get_by_role("heading", name="Nous attendons la réponse de la banque").wait_for()
    assert faults_of(page) == []
    from comptoir.cards.models import SimulatedCard

    SimulatedCard.objects.update(answers_at=timezone.now())
    CardPayment.objects.update(look_at=timezone.now())  # nobody asked a moment ago
    page.get_by_role("heading", name="Merci, votre paiement est reçu").wait_for(timeout=15_000)


def test_paid_on_the_page_of_stripe_another_site(page, shop, settings):
    with stripe_process() as stripe:
        settings.STRIPE_URL = stripe.url
        by, keys = system(shop.organisation.pk), {"secret_key": "sk_test_essai", "webhook_secret": SECRET}
        accounts.open_account(provider="stripe", **keys, by=by, at=timezone.now())
        stripe.say(endpoint=f"{shop.url}cartes/stripe/", secret=SECRET)
        heard = overheard(page)
        book_by_card(page, shop)
        page.get_by_role("heading", name="Stripe d’essai").wait_for()
        assert page.url.startswith(stripe.url)
        page.get_by_role("link", name="Revenir").click()
        page.get_by_role("link", name="Reprendre le paiement").click()
        page.get_by_role("button", name="Payer").click()
        page.get_by_role("heading", name="Merci, votre paiement est reçu").wait_for()
        page.goto(address_of(Booking.objects.get()))
        page.get_by_role("link", name="Reçu (PDF)").wait_for()
        assert heard == []
