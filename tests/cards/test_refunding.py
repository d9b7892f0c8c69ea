"""What is paid back by card is asked once, written once, and what a provider refuses is left to the desk (C21)."""

from datetime import timedelta

import pytest

from comptoir.bookings.commands import moving
from comptoir.bookings.perimeter import NoSuchBooking
from comptoir.cards import queries
from comptoir.cards.commands import refunding
from comptoir.cards.models import CardRefund, SimulatedCard
from comptoir.cards.providers.seam import ProviderDown, ProviderRefuses
from comptoir.cards.providers.simulated import Simulated
from comptoir.organisations.actors import system
from comptoir.payments.commands.recording import NothingDue
from comptoir.payments.models import Entry
from tests.cards.selling import by_card, make_shop, press, start
from tests.factories import NOW

LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def shop(db, settings):
    return make_shop(settings)


@pytest.fixture
def owed(shop):
    """Paid by card, then cancelled: all of it is to be paid back."""
    booking = by_card(shop)
    _url, card = start(booking)
    press(card, "pay")
    moving.cancel_booking(booking_id=booking.pk, by=shop.desk, at=NOW)
    booking.refresh_from_db()
    return booking


def ask(shop, booking):
    return refunding.refund_by_card(booking_id=booking.pk, by=shop.desk, at=NOW)


def test_it_is_asked_once_and_written_when_done(shop, owed):
    assert queries.refundable_cents(owed) == 12_000
    assert ask(shop, owed) == 12_000
    with pytest.raises(NothingDue):
        ask(shop, owed)
    assert queries.refundable_cents(owed) == 0
    refunding.send_due(at=NOW)
    refunding.send_due(at=LATER)
    assert SimulatedCard.objects.get().refunded_cents == 12_000
    assert list(Entry.objects.order_by("pk").values_list("kind", "by_name"))[1:] == [("refund", shop.desk.name)]
    owed.refresh_from_db()
    assert owed.refund_due_cents == 0


def test_a_part_is_not_asked_again_while_it_is_on_its_way(shop):
    booking = by_card(shop, 2)
    _url, card = start(booking)
    press(card, "pay")
    one = booking.registrations.first()
    moving.withdraw_registration(booking_id=booking.pk, registration_id=one.pk, by=shop.desk, at=NOW)
    assert ask(shop, booking) == 12_000
    with pytest.raises(NothingDue):
        ask(shop, booking)


def test_a_provider_that_is_down_is_asked_again(shop, owed, monkeypatch):
    ask(shop, owed)
    whole = Simulated.refund

    def done_and_not_said(self, *args, **said):
        whole(self, *args, **said)
        raise ProviderDown("coupé")

    monkeypatch.setattr(Simulated, "refund", done_and_not_said)
    assert refunding.send_due(at=NOW).skipped
    monkeypatch.undo()
    assert refunding.send_due(at=NOW).done == []
    assert refunding.send_due(at=LATER).done
    assert SimulatedCard.objects.get().refunded_cents == 12_000
    assert Entry.objects.filter(kind="refund").count() == 1


def test_what_it_refuses_is_left_to_the_desk(shop, owed, monkeypatch):
    ask(shop, owed)

    def refuses(self, *args, **said):
        raise ProviderRefuses("carte expirée")

    monkeypatch.setattr(Simulated, "refund", refuses)
    refunding.send_due(at=NOW)
    assert CardRefund.objects.get().reason == "carte expirée"
    owed.refresh_from_db()
    assert owed.refund_due_cents == 12_000
    assert queries.refundable_cents(owed) == 0
    with pytest.raises(NothingDue):
        ask(shop, owed)


def test_only_what_came_by_card_goes_back_to_it(shop):
    shop.activity.rules.deposit_percent = 30
    shop.activity.rules.save()
    booking = by_card(shop)
    _url, card = start(booking, 3_600)
    press(card, "pay")
    moving.cancel_booking(booking_id=booking.pk, by=shop.desk, at=NOW)
    booking.refresh_from_db()
    booking.paid_cents += 1_000  # a cheque that came besides
    booking.save()
    assert ask(shop, booking) == 3_600


def test_another_organisation_finds_nothing(shop, owed):
    with pytest.raises(NoSuchBooking):
        refunding.refund_by_card(booking_id=owed.pk, by=system(shop.organisation.pk + 1), at=NOW)
