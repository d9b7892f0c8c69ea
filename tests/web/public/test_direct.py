"""A visitor books directly: seats, add-ons, a method; what is full is waited for; one basket may hold all three."""

import re

import pytest

from comptoir.bookings.commands import moving
from comptoir.bookings.commands.waiting import offer_freed
from comptoir.bookings.links import link_of
from comptoir.bookings.models import AddOnLine, Booking
from comptoir.mail.models import Message
from comptoir.organisations.actors import system
from comptoir.preregistrations.models import Basket, Request
from tests.checkout.direct import METHODS, RIGHTS
from tests.factories import NOW, make_activity, make_add_on, make_registrations, make_rules, make_session
from tests.web.public.visitor import words


@pytest.fixture
def fair(organisation, terms):
    activity = make_activity(organisation, title="Atelier céramique", slug="ceramique")
    make_rules(activity, **dict.fromkeys((*RIGHTS, *METHODS, "is_direct", "has_waiting_list"), True))
    organisation.payment_help = "IBAN FR76 1234"
    organisation.save()
    return make_session(activity, capacity=2, price_cents=5_000)


def fill(visitor, *sessions, extras=None):
    for one in sessions:
        visitor.put_in(one)
    visitor.client()
    page = words(visitor.get("people"))
    line = re.search(rf'name="p(\d+)-0-extra-{extras}"', page)[1] if extras else ""
    visitor.people(**({f"p{line}-0-extra-{extras}": "1"} if extras else {}))


def full(fair):
    """Both seats are somebody else's, already validated."""
    return make_registrations(fair, 2)[0].booking


def test_seats_add_ons_and_method_then_a_page_of_one_s_own(visitor, fair):
    meal = make_add_on(fair, most=1)
    fill(visitor, fair, extras=meal.pk)
    page = words(visitor.get("review"))
    assert "Vos places sont prises dès que vous confirmez." in page
    assert 'Déjeuner · <span class="number">1 × 20,00 €' in page
    assert "84,00 € TTC à payer" in page
    assert visitor.confirm().url.endswith("?paiement=1")
    assert "Choisissez par quel moyen vous payez." in words(visitor.get("review", {"paiement": "1"}))
    assert not Booking.objects.exists()
    assert visitor.confirm(method="cheque").url == visitor.address("confirmation")
    booking = Booking.objects.get()
    assert (booking.owed_cents, booking.method, AddOnLine.objects.get().add_on) == (8_400, "cheque", meal)
    last = words(visitor.get("confirmation"))
    assert booking.reference in last
    assert "IBAN FR76 1234" in last
    own = words(visitor.get("booking", reference=booking.reference, link=link_of(booking)))
    assert "Vos places sont gardées jusqu’au" in own
    assert "IBAN FR76 1234" in own
    assert "IBAN FR76 1234" in Message.objects.get(kind="booking-confirmation").text
    assert not Request.objects.exists()
    left = Basket.objects.get()
    assert (left.client, left.participants, left.lines.count()) == ({}, {}, 0), "nobody's data stay in a basket"


def test_the_method_chosen_stays_when_the_terms_are_forgotten(visitor, fair):
    fill(visitor, fair)
    hidden = visitor.hidden("review")
    visitor.clock.shift(30)
    answer = visitor.post("review", hidden | {"method": "cheque"})
    assert "moyen=cheque" in answer.url
    page = words(visitor.browser.get(answer.url))
    assert re.search(r'value="cheque" checked', page)


def test_one_basket_asks_books_and_waits(visitor, fair, session):
    full(fair)
    other = make_session(fair.activity, price_cents=0)
    fill(visitor, session, fair, other)
    page = words(visitor.get("review"))
    assert "Sur demande" in page
    assert "Sur liste d’attente" in page
    assert 'name="method"' not in page  # what is booked is free
    assert visitor.confirm().url == visitor.address("confirmation")
    assert Request.objects.get().lines.get().session == session
    booked = Booking.objects.get(part=0, token__gt="")
    waits = Booking.objects.get(part=fair.pk)
    assert [one.registrations.get().state for one in (booked, waits)] == ["validated", "waiting"]
    last = words(visitor.get("confirmation"))
    for reference in (Request.objects.get().reference, booked.reference, waits.reference):
        assert reference in last
    assert visitor.get("review").url == visitor.address("confirmation")


def test_the_activity_page_offers_the_list_and_a_freed_seat_goes_to_it(visitor, fair):
    gone = full(fair)
    page = words(visitor.get("activity", slug="ceramique"))
    assert "Complet" in page
    assert "Rejoindre la liste d’attente" in page
    fill(visitor, fair)
    assert "vous serez sur la liste d’attente" in words(visitor.get("review"))
    visitor.confirm()
    booking = Booking.objects.get(part=fair.pk)
    named = {"reference": booking.reference, "link": link_of(booking)}
    assert "Votre rang sur la liste d’attente : <strong>1</strong>" in words(visitor.get("booking", **named))
    moving.cancel_booking(booking_id=gone.pk, by=system(fair.organisation_id), at=NOW)
    assert "Rejoindre la liste d’attente" in words(visitor.get("activity", slug="ceramique"))  # it is not for newcomers
    offer_freed(at=NOW)
    assert "Une place s’est libérée pour vous" in words(visitor.get("booking", **named))
    answer = visitor.post("booking-method", {"method": "transfer"}, **named)
    assert answer.status_code == 302
    booking.refresh_from_db()
    assert (booking.method, booking.registrations.get().state) == ("transfer", "pending")


def test_an_offer_may_be_left(visitor, fair):
    gone = full(fair)
    fill(visitor, fair)
    visitor.confirm()
    moving.cancel_booking(booking_id=gone.pk, by=system(fair.organisation_id), at=NOW)
    offer_freed(at=NOW)
    booking = Booking.objects.get(part=fair.pk)
    visitor.post("booking-cancel", reference=booking.reference, link=link_of(booking))
    assert booking.registrations.get().state == "cancelled"


def test_seats_gone_between_two_pages_are_said_and_nothing_is_booked(visitor, fair):
    fill(visitor, fair)
    hidden = visitor.hidden("review")
    full(fair)
    visitor.clock.shift(30)
    answer = visitor.post("review", hidden | {"accepted": "1", "method": "cheque"})
    assert answer.url.startswith(visitor.address("review"))
    assert not Booking.objects.filter(token__gt="").exists()
    assert "liste d’attente" in words(visitor.get("review"))


def test_two_activities_with_no_common_method_are_told_apart(visitor, fair):
    other = make_activity(fair.organisation, slug="autre")
    make_rules(other, is_direct=True, takes_purchase_order=True)
    fill(visitor, fair, make_session(other))
    assert "ne se paient pas par un même moyen" in words(visitor.get("review"))


def test_extras_are_changed_on_one_s_page(visitor, fair):
    book = make_add_on(fair, "Livre", most=3)
    fill(visitor, fair)
    visitor.confirm(method="cheque")
    booking = Booking.objects.get()
    named = {"reference": booking.reference, "link": link_of(booking)}
    row = booking.registrations.get()
    assert "Ajouter des extras" in words(visitor.get("booking", **named))
    answer = visitor.post("booking-extras", {f"extra-{book.pk}": "3"}, registration_id=row.pk, **named)
    assert answer.status_code == 302
    assert "3 × Livre" in words(visitor.get("booking", **named))
    refused = visitor.post("booking-extras", {f"extra-{book.pk}": "9"}, registration_id=row.pk, **named)
    assert refused.status_code == 422
    assert AddOnLine.objects.get().quantity == 3
