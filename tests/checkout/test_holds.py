"""Unpaid seats are freed at their date, and what is freed is offered to who waits, in order."""

from datetime import timedelta

import pytest

from comptoir.bookings import counting, extras
from comptoir.bookings.commands import choosing, moving, registrant
from comptoir.bookings.commands.holding import expire_holds
from comptoir.bookings.commands.moving import NothingToDo
from comptoir.bookings.commands.own_hand import TooLate
from comptoir.bookings.commands.waiting import offer_freed
from comptoir.bookings.links import link_of
from comptoir.bookings.own import own
from comptoir.bookings.seats import NoSeatLeft
from comptoir.journal.models import Entry
from comptoir.mail.models import Message
from comptoir.organisations.actors import registrant as holder
from comptoir.payments.commands import recording
from comptoir.payments.commands.recording import Settled
from tests.checkout.direct import booked, make_fair
from tests.factories import NOW, make_add_on

DAY = timedelta(days=1)


@pytest.fixture
def fair(db):
    return make_fair()


def states(booking):
    return sorted(set(booking.registrations.values_list("state", flat=True)))


def fresh(booking):
    booking.refresh_from_db()
    return booking


def act(command, booking, *, at=NOW, **said):
    named = {"reference": booking.reference, "link": link_of(booking), "by": holder(booking.organisation_id)}
    return command(**named, at=at, **said)


def pay(fair, booking, cents, at=NOW):
    settled = Settled(cents, "transfer", at.date())
    recording.record_payment(booking_id=booking.pk, key=f"k{booking.pk}{cents}", settled=settled, by=fair.desk, at=at)


def whole():
    assert counting.differences() == {} == extras.differences()


def test_at_its_date_and_not_before_the_seats_are_free_again(fair):
    meal = make_add_on(fair.session)
    booking = booked(fair, 2, extras=[(meal.pk, 1)])
    date = booking.held_until
    assert expire_holds(at=date - timedelta(seconds=1)).done == []
    assert expire_holds(at=date).done == [booking.reference]
    assert expire_holds(at=date).done == []
    assert states(booking) == ["cancelled"]
    assert (fresh(booking).owed_cents, booking.held_until) == (0, None)
    assert Message.objects.filter(kind="booking-expired").count() == 1
    assert Entry.objects.filter(what="booking.expired", about=booking.reference).exists()
    whole()


@pytest.mark.parametrize("cents", [100, 12_000])
def test_any_payment_keeps_the_seats(fair, cents):
    booking = booked(fair)
    pay(fair, booking, cents)
    assert expire_holds(at=NOW + 100 * DAY).done == []
    assert states(booking) == (["validated"] if cents == 12_000 else ["pending"])


def test_a_deposit_validates(db):
    fair = make_fair(rules={"deposit_percent": 30})
    booking = booked(fair)
    pay(fair, booking, 3_599)
    assert states(booking) == ["pending"]
    pay(fair, booking, 1)
    assert states(booking) == ["validated"]
    assert fresh(booking).due_cents == 8_400


def test_the_desk_validates_or_brings_back_for_good(fair):
    first, second = booked(fair), booked(fair)
    moving.validate_booking(booking_id=first.pk, by=fair.desk, at=NOW)
    moving.cancel_booking(booking_id=second.pk, by=fair.desk, at=NOW)
    moving.reactivate_booking(booking_id=second.pk, by=fair.desk, at=NOW)
    assert expire_holds(at=NOW + 100 * DAY).done == []
    assert (states(first), states(second)) == (["validated"], ["pending"])


def test_reactivation_names_the_add_on_that_is_gone(fair):
    meal = make_add_on(fair.session, capacity=1)
    gone = booked(fair, extras=[(meal.pk, 1)])
    moving.cancel_booking(booking_id=gone.pk, by=fair.desk, at=NOW)
    booked(fair, extras=[(meal.pk, 1)])
    with pytest.raises(NoSeatLeft, match="Déjeuner"):
        moving.reactivate_booking(booking_id=gone.pk, by=fair.desk, at=NOW)
    whole()


def test_the_first_whose_group_fits_is_offered_and_told(fair):
    full = booked(fair, 4)
    group, alone, later = (booked(fair, people, wait=True) for people in (3, 1, 1))
    assert [own(one, at=NOW).position for one in (group, alone, later)] == [1, 2, 3]
    assert offer_freed(at=NOW).done == []
    moving.validate_booking(booking_id=full.pk, by=fair.desk, at=NOW)
    row = full.registrations.first()
    moving.withdraw_registration(booking_id=full.pk, registration_id=row.pk, by=fair.desk, at=NOW)
    assert offer_freed(at=NOW).done == [alone.reference]
    assert own(fresh(alone), at=NOW).is_offered
    assert alone.held_until == NOW + timedelta(hours=48)
    assert [own(one, at=NOW).position for one in (group, later)] == [1, 2]
    mail = Message.objects.get(kind="waiting-offer").text.replace("\u00a0", " ")
    assert "jusqu’au mercredi 25 novembre 2026 à 10 h" in mail
    assert offer_freed(at=NOW).done == []
    whole()


def offered(fair, people=1):
    full = booked(fair, 4)
    waiting = booked(fair, people, wait=True)
    moving.cancel_booking(booking_id=full.pk, by=fair.desk, at=NOW)
    offer_freed(at=NOW)
    return fresh(waiting)


def test_unanswered_the_next_in_line_is_offered(fair):
    first = offered(fair, 4)
    second = booked(fair, 2, wait=True)
    at = first.held_until
    expire_holds(at=at)
    assert offer_freed(at=at).done == [second.reference]
    assert (states(first), states(second)) == (["cancelled"], ["pending"])
    assert Message.objects.filter(kind="waiting-offer-expired", about=first.reference).exists()
    whole()


def test_accepted_by_choosing_how_to_pay(fair):
    waiting = offered(fair)
    act(choosing.choose_method, waiting, method="cheque")
    assert fresh(waiting).held_until == NOW + 15 * DAY
    assert not own(waiting, at=NOW).is_offered
    act(choosing.choose_method, waiting, method="transfer", at=NOW + DAY)
    assert fresh(waiting).held_until == NOW + 15 * DAY  # choosing again gains no time


def test_accepted_for_free(db):
    fair = make_fair(price_cents=0)
    full = booked(fair, 4, method="")
    waiting = booked(fair, wait=True)
    with pytest.raises(NothingToDo):
        act(choosing.accept_own, waiting)
    moving.cancel_booking(booking_id=full.pk, by=fair.desk, at=NOW)
    offer_freed(at=NOW)
    act(choosing.accept_own, waiting)
    assert states(waiting) == ["validated"]
    whole()


def test_declined_or_left_the_place_is_the_next_one_s(fair):
    first = offered(fair, 4)
    second, third = booked(fair, 1, wait=True), booked(fair, 1, wait=True)
    act(registrant.cancel_own, first)
    act(registrant.cancel_own, second)
    assert offer_freed(at=NOW).done == [third.reference]
    whole()


def test_an_add_on_that_ran_out_does_not_cost_the_seat(fair):
    meal = make_add_on(fair.session, capacity=1)
    full = booked(fair, 4)
    waiting = booked(fair, wait=True, extras=[(meal.pk, 1)])
    act(choosing.change_add_ons, full, registration_id=full.registrations.first().pk, wanted={meal.pk: 1})
    row = full.registrations.last()
    moving.validate_booking(booking_id=full.pk, by=fair.desk, at=NOW)
    moving.withdraw_registration(booking_id=full.pk, registration_id=row.pk, by=fair.desk, at=NOW)
    assert offer_freed(at=NOW).done == [waiting.reference]
    assert fresh(waiting).owed_cents == 12_000
    whole()


def test_add_ons_are_changed_by_who_holds_the_link_and_what_was_paid_is_due_back(fair):
    meal = make_add_on(fair.session, capacity=2)
    booking = booked(fair, extras=[(meal.pk, 1)])
    pay(fair, booking, 14_400)
    row = booking.registrations.get()
    act(choosing.change_add_ons, booking, registration_id=row.pk, wanted={})
    assert (fresh(booking).refund_due_cents, states(booking)) == (2_400, ["validated"])
    act(choosing.change_add_ons, booking, registration_id=row.pk, wanted={meal.pk: 1})
    assert fresh(booking).payment == "paid"
    whole()


def test_add_ons_have_a_limit_and_a_last_day(fair):
    meal = make_add_on(fair.session, capacity=0)
    booking = booked(fair)
    said = {"registration_id": booking.registrations.get().pk, "wanted": {meal.pk: 1}}
    with pytest.raises(NoSeatLeft, match="Déjeuner"):
        act(choosing.change_add_ons, booking, **said)
    with pytest.raises(TooLate):
        act(choosing.change_add_ons, booking, **said, at=fair.session.begins_at)
    fair.activity.rules.delete()
    with pytest.raises(TooLate):
        act(choosing.change_add_ons, booking, **said)


def test_nothing_left_to_pay_validates_instead_of_expiring(db):
    fair = make_fair(price_cents=0)
    meal = make_add_on(fair.session)
    booking = booked(fair, extras=[(meal.pk, 1)])
    assert states(booking) == ["pending"]
    act(choosing.change_add_ons, booking, registration_id=booking.registrations.get().pk, wanted={})
    assert expire_holds(at=NOW + 100 * DAY).done == []
    assert states(booking) == ["validated"]
    whole()


def test_an_offer_is_not_accepted_by_giving_up_an_add_on(db):
    fair = make_fair(price_cents=0)
    meal = make_add_on(fair.session)
    full = booked(fair, 4, method="")
    waiting = booked(fair, wait=True, extras=[(meal.pk, 1)])
    moving.cancel_booking(booking_id=full.pk, by=fair.desk, at=NOW)
    offer_freed(at=NOW)
    act(choosing.change_add_ons, waiting, registration_id=waiting.registrations.get().pk, wanted={})
    assert states(waiting) == ["pending"]
    act(choosing.accept_own, waiting)
    assert states(waiting) == ["validated"]
