"""The ledger: payments and refunds are only ever added, and the state of the payment follows (C18–C22)."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from comptoir.base.errors import Invalid, Missing, Several
from comptoir.bookings.commands import moving
from comptoir.bookings.models import Registration
from comptoir.bookings.perimeter import OutsidePerimeter
from comptoir.mail.models import Message
from comptoir.payments import queries
from comptoir.payments.commands import recording
from comptoir.payments.commands.recording import NothingDue, Settled
from comptoir.payments.models import Entry
from tests.bookings.conftest import place  # noqa: F401  # a fixture
from tests.factories import NOW, actor_of, make_organisation, make_registrations, make_staff

TODAY = NOW.date()


@pytest.fixture
def booking(place):  # noqa: F811
    named = {"booking_contact_name": "Claire Lefèvre", "booking_contact_email": "claire@exemple.fr"}
    return make_registrations(place.session, 2, state="pending", **named)[0].booking


def pay(booking, by, cents, *, key="k1", **more):
    settled = {"method": "cheque", "settled_on": TODAY, "comment": "", **more}
    notify = settled.pop("notify", False)
    recording.record_payment(
        booking_id=booking.pk, key=key, settled=Settled(cents, **settled), notify=notify, by=by, at=NOW
    )
    booking.refresh_from_db()


def refund(booking, by, cents, *, key="r1"):
    recording.record_refund(
        booking_id=booking.pk, key=key, settled=Settled(cents, "transfer", TODAY, "RIB reçu"), by=by, at=NOW
    )
    booking.refresh_from_db()


def test_a_whole_payment_validates_the_booking(place, booking):  # noqa: F811
    assert (booking.due_cents, booking.payment) == (60_000, "due")
    pay(booking, place.by, 60_000, comment=" Chèque nº 0042 ")
    assert (booking.due_cents, booking.payment) == (0, "paid")
    assert set(booking.registrations.values_list("state", flat=True)) == {"validated"}
    entry = queries.entries_of(booking.pk, seen_by=place.by).get()
    assert (entry.number, entry.kind, entry.method, entry.comment.text) == (1, "payment", "cheque", "Chèque nº 0042")


def test_a_part_leaves_the_rest_due_and_nobody_validated(place, booking):  # noqa: F811
    pay(booking, place.by, 20_000)
    assert (booking.due_cents, booking.payment) == (40_000, "due")
    assert set(booking.registrations.values_list("state", flat=True)) == {"pending"}
    pay(booking, place.by, 40_000, key="k2")
    assert booking.payment == "paid"


def test_a_paid_seat_that_goes_is_to_be_paid_back(place, booking):  # noqa: F811
    pay(booking, place.by, 60_000)
    first = booking.registrations.first()
    moving.withdraw_registration(booking_id=booking.pk, registration_id=first.pk, by=place.by, at=NOW)
    booking.refresh_from_db()
    assert (booking.refund_due_cents, booking.payment) == (30_000, "refund_due")
    refund(booking, place.by, 10_000)
    assert (booking.refund_due_cents, booking.payment) == (20_000, "refund_due")
    refund(booking, place.by, 20_000, key="r2")
    assert booking.payment == "paid"
    moving.cancel_booking(booking_id=booking.pk, by=place.by, at=NOW)
    refund(booking, place.by, 30_000, key="r3")
    assert (booking.payment, booking.paid_cents) == ("free", 0)
    kinds = queries.entries_of(booking.pk, seen_by=place.by).values_list("kind", "amount_cents")
    assert list(kinds) == [("payment", 60_000), ("refund", 10_000), ("refund", 20_000), ("refund", 30_000)]


def test_the_same_form_sent_twice_is_one_payment(place, booking):  # noqa: F811
    pay(booking, place.by, 20_000)
    pay(booking, place.by, 20_000)
    assert (Entry.objects.count(), booking.paid_cents) == (1, 20_000)
    moving.cancel_booking(booking_id=booking.pk, by=place.by, at=NOW)
    refund(booking, place.by, 20_000)
    refund(booking, place.by, 20_000)
    assert (Entry.objects.count(), booking.paid_cents) == (2, 0)


def test_nothing_due_is_said(place, booking):  # noqa: F811
    pay(booking, place.by, 60_000)
    with pytest.raises(NothingDue):
        pay(booking, place.by, 1, key="k2")
    with pytest.raises(NothingDue):
        refund(booking, place.by, 1)
    assert Entry.objects.count() == 1


def test_every_fault_is_named_at_once(place, booking):  # noqa: F811
    with pytest.raises(Several) as told:
        pay(booking, place.by, 60_001, method="or", settled_on=TODAY + timedelta(days=1), comment="é" * 501)
    assert [one.field for one in told.value.refusals] == ["amount", "method", "settled_on", "comment"]
    for cents in (0, -5):
        with pytest.raises(Invalid, match=r"600,00"):
            pay(booking, place.by, cents)
    assert not Entry.objects.exists()


def test_the_contact_is_told_when_asked(place, booking):  # noqa: F811
    pay(booking, place.by, 20_000)
    assert not Message.objects.exists()
    pay(booking, place.by, 20_000, key="k2", notify=True)
    pay(booking, place.by, 20_000, key="k3", notify=True)
    first, last = Message.objects.order_by("pk")
    assert "Reste à régler" in first.text
    assert "200,00" in first.text
    assert "rien, tout est réglé" in last.text
    assert first.to == ["claire@exemple.fr"]


def test_a_manager_of_a_part_cannot_take_money_for_the_whole(place, booking):  # noqa: F811
    outside = make_registrations(place.other)[0]
    Registration.objects.filter(pk=outside.pk).update(booking=booking, position=3)
    with pytest.raises(OutsidePerimeter):
        pay(booking, place.manager, 100)
    stranger = actor_of(make_staff(make_organisation()))
    with pytest.raises(Missing):
        pay(booking, stranger, 100)
    assert not queries.entries_of(booking.pk, seen_by=stranger).exists()
    assert not queries.ledger(seen_by=stranger).exists()


def test_the_journal_of_a_period(place, booking):  # noqa: F811
    pay(booking, place.by, 100, settled_on=TODAY - timedelta(days=2))
    pay(booking, place.by, 200, key="k2")
    theirs = make_registrations(place.other)[0].booking
    pay(theirs, place.by, 300, key="k3")

    def cents(by=place.by, **period):
        return list(queries.ledger(seen_by=by, **period).values_list("amount_cents", flat=True))

    assert cents() == [100, 200, 300]
    assert cents(first=TODAY) == [200, 300]
    assert cents(last=TODAY - timedelta(days=1)) == [100]
    assert cents(place.manager) == [100, 200]


def test_the_database_refuses_to_change_an_entry(place, booking):  # noqa: F811
    pay(booking, place.by, 100)
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.update(amount_cents=1)
    assert Entry.objects.get().amount_cents == 100


def test_the_state_of_the_payment_is_the_database_s(place, booking):  # noqa: F811
    """Sabotage: written by hand, it is refused or derived again."""
    booking.paid_cents = 60_000
    booking.payment = "refund_due"
    booking.save(update_fields=["paid_cents"])
    booking.refresh_from_db()
    assert booking.payment == "paid"
