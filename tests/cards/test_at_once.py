"""Several answers, clicks and rounds at once: one page, one entry, one refund; on both databases (T31)."""

from datetime import timedelta
from functools import partial

import pytest

from comptoir.bookings import counting
from comptoir.bookings.commands import moving
from comptoir.bookings.commands.holding import expire_holds
from comptoir.cards.commands import answering, refunding
from comptoir.cards.models import CardPayment, SimulatedCard
from comptoir.cards.providers.seam import Answer
from comptoir.cards.states import CardState
from comptoir.organisations.actors import system
from comptoir.payments.models import Entry
from tests.cards.selling import by_card, make_shop, press, start
from tests.factories import NOW
from tests.hands import together


@pytest.fixture
def shop(transactional_db, settings):
    return make_shop(settings)


def heard(shop, card, at=NOW):
    answer = Answer(card.ref, CardState.PAID, card.amount_cents, card.ref)
    return partial(answering.take, answer, provider="simulated", by=system(shop.organisation.pk), at=at)


@pytest.mark.fault
def test_eight_answers_at_once_are_one_payment(shop):
    booking = by_card(shop)
    _url, card = start(booking)
    assert sorted(together([heard(shop, card)] * 8)) == [False] * 7 + [True]
    assert Entry.objects.count() == 1


@pytest.mark.fault
def test_eight_clicks_at_once_are_one_page(shop):
    booking = by_card(shop)
    urls = [url for url, _card in together([partial(start, booking)] * 8)]
    assert len(set(urls)) == 1
    assert (CardPayment.objects.count(), SimulatedCard.objects.count()) == (1, 1)


@pytest.mark.fault
def test_the_answer_and_the_end_of_the_hold_at_once(shop):
    """Whichever comes first, paid people have their seats, and the counts are right."""
    for _again in range(10):
        booking = by_card(shop)
        _url, card = start(booking)
        late = NOW + timedelta(minutes=45)
        together([heard(shop, card, late), partial(expire_holds, at=late)])
        booking.refresh_from_db()
        assert booking.registrations.get().state == "validated"
        assert (booking.paid_cents, booking.owed_cents) == (12_000, 12_000)
        assert counting.differences() == {}
        moving.cancel_booking(booking_id=booking.pk, by=shop.desk, at=NOW)


@pytest.mark.fault
def test_a_refund_asked_and_sent_by_many_hands_is_one(shop):
    booking = by_card(shop)
    _url, card = start(booking)
    press(card, "pay")
    moving.cancel_booking(booking_id=booking.pk, by=shop.desk, at=NOW)
    asked = together([partial(refunding.refund_by_card, booking_id=booking.pk, by=shop.desk, at=NOW)] * 4)
    assert sorted(map(str, asked)) == ["12000"] + ["nothing-due"] * 3
    together([partial(refunding.send_due, at=NOW)] * 4)
    assert SimulatedCard.objects.get().refunded_cents == 12_000
    assert Entry.objects.filter(kind="refund").count() == 1
