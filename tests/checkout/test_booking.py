"""A direct booking: its seats, its add-ons, its money and its delay; the same order is the same booking (C24, T20)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from comptoir.base.errors import Invalid
from comptoir.bookings import counting, extras
from comptoir.bookings.models import AddOnLine, Booking, Payer, Registration
from comptoir.bookings.seats import left
from comptoir.checkout.accepting import StaleBasket, TermsNotAccepted
from comptoir.checkout.booking import NotDirect, book
from comptoir.mail.models import Message
from comptoir.preregistrations.commands.requests import TokenReused
from tests.checkout.direct import booked, make_fair, order
from tests.factories import NOW, make_activity, make_add_on, make_seat_type, make_session, make_terms


@pytest.fixture
def fair(db):
    return make_fair()


def states(booking):
    return list(booking.registrations.order_by("position").values_list("state", flat=True))


def whole():
    assert counting.differences() == {} == extras.differences()


def test_paid_it_holds_its_seats_until_a_date_that_is_told(fair):
    booking = booked(fair, 3)
    assert states(booking) == ["pending"] * 3
    assert (booking.owed_cents, booking.method, booking.part) == (36_000, "transfer", 0)
    assert booking.held_until == NOW + timedelta(days=15)
    assert left([fair.session.pk])[fair.session.pk].left == 1
    mail = Message.objects.get(kind="booking-confirmation")
    assert mail.to == ["claire@exemple.fr"]
    assert "360,00" in mail.text
    assert "Les places sont gardées jusqu’au mardi 8 décembre 2026" in mail.text.replace("\u00a0", " ")
    assert Payer.objects.get().legal_name == "Ateliers du Lac"
    assert Booking.objects.get().client is None  # what was typed is no client's: nobody proved it
    whole()


def test_free_it_is_validated_at_once(db):
    booking = booked(make_fair(price_cents=0), method="")
    assert states(booking) == ["validated"]
    assert (booking.held_until, booking.method) == (None, "")


def test_the_delay_never_passes_the_beginning(db):
    fair = make_fair(starts_on=(NOW + timedelta(days=2)).date(), ends_on=(NOW + timedelta(days=2)).date())
    assert booked(fair).held_until == fair.session.begins_at


@pytest.mark.parametrize("method", ["", "card", "purchase_order", "n’importe quoi"])
def test_only_what_the_activity_takes_pays(fair, method):
    with pytest.raises(Invalid) as refusal:
        booked(fair, method=method)
    assert refusal.value.field == "method"
    assert not Booking.objects.exists()


def test_add_ons_are_owed_and_counted(fair):
    meal = make_add_on(fair.session, capacity=3)
    book_ = make_add_on(fair.session, "Livre", price_cents=1_000, most=5)
    booking = booked(fair, 2, extras=[(meal.pk, 1), (book_.pk, 2)])
    assert booking.owed_cents == (2 * 10_000 + 2 * 2_000 + 4 * 1_000) * 120 // 100
    assert AddOnLine.objects.count() == 4
    assert left([fair.session.pk], extras=True)[fair.session.pk].by_add_on == {meal.pk: 1, book_.pk: None}
    whole()


@pytest.mark.parametrize(
    ("change", "asked", "said"),
    [
        ({"capacity": 1}, 1, "il n’en reste que 1"),
        ({}, 2, "1 au plus par participant"),
        ({"is_active": False}, 1, "n’est plus proposé"),
    ],
)
def test_an_add_on_that_cannot_be_had_is_named_and_nothing_is_booked(fair, change, asked, said):
    meal = make_add_on(fair.session, **change)
    with pytest.raises(StaleBasket, match=said):
        booked(fair, 2, extras=[(meal.pk, asked)])
    assert not Booking.objects.exists()
    whole()


def test_another_session_s_add_on_is_not_its_own(fair):
    other = make_add_on(make_session(fair.activity))
    with pytest.raises(StaleBasket):
        booked(fair, extras=[(other.pk, 1)])


def test_a_deposit_is_kept_with_the_booking(db):
    assert booked(make_fair(rules={"deposit_percent": 30}), 2).deposit_cents == 7_200


def test_the_same_order_is_the_same_booking_and_another_content_is_refused(fair):
    one = order(fair.session, 2, token="deux-fois-le-meme")
    first, again = (book(one, by=fair.by, at=NOW) for _ in range(2))
    assert (first.booking, first.created, again.created) == (again.booking, True, False)
    assert Registration.objects.count() == 2
    assert Message.objects.count() == 1
    with pytest.raises(TokenReused):
        book(replace(one, method="cheque"), by=fair.by, at=NOW)
    whole()


def test_full_it_is_refused_and_who_waits_goes_first(fair):
    booked(fair, 3)
    with pytest.raises(StaleBasket, match="il ne reste qu’une place"):
        booked(fair, 2)
    booked(fair, 2, wait=True)
    with pytest.raises(StaleBasket, match="complet"):
        booked(fair, 1)
    whole()


def test_a_rate_has_its_own_limit(fair):
    rate = make_seat_type(fair.session, capacity=1)
    booked(fair, rate=rate.pk)
    with pytest.raises(StaleBasket, match="complet"):
        booked(fair, rate=rate.pk)
    with pytest.raises(StaleBasket, match="choisissez un tarif"):
        booked(fair)


def test_an_activity_that_takes_requests_takes_no_booking(fair):
    plain = make_session(make_activity(fair.organisation))
    with pytest.raises(NotDirect):
        booked(fair, session=plain)


def test_the_terms_in_force_are_accepted(fair):
    terms = make_terms(fair.organisation)
    with pytest.raises(TermsNotAccepted):
        booked(fair)
    one = order(fair.session)
    accepted = replace(one, submission=replace(one.submission, terms_version=terms.version))
    assert book(accepted, by=fair.by, at=NOW).booking.terms == terms


def test_another_organisation_s_session_does_not_exist(fair):
    second = make_session(fair.activity)
    with pytest.raises(StaleBasket, match="n’existe pas"):
        booked(make_fair(), session=second)
