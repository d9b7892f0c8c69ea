"""A payment by card, whatever the provider does: paid, refused, left, said twice, said too late (C23, T31)."""

from datetime import timedelta

import pytest

from comptoir.base.errors import Forbidden, Invalid
from comptoir.bookings import counting
from comptoir.bookings.commands import moving, registrant
from comptoir.bookings.commands.holding import expire_holds
from comptoir.bookings.links import link_of
from comptoir.bookings.own import own
from comptoir.cards import queries
from comptoir.cards.commands import accounts, answering
from comptoir.cards.models import CardAccount, CardPayment, SimulatedCard
from comptoir.cards.providers.seam import Answer, ProviderDown
from comptoir.cards.providers.simulated import Simulated
from comptoir.cards.states import CardState
from comptoir.catalogue.commands.rules import set_rules
from comptoir.catalogue.rules import Rules, rules_of
from comptoir.mail.models import Message
from comptoir.organisations.actors import registrant as holder
from comptoir.organisations.actors import system, visitor
from comptoir.payments.commands.recording import NothingDue
from comptoir.payments.models import Entry
from tests.cards.selling import by_card, make_shop, press, start
from tests.checkout.direct import booked
from tests.factories import NOW

MINUTE = timedelta(minutes=1)


@pytest.fixture
def shop(db, settings):
    return make_shop(settings)


def fresh(row):
    row.refresh_from_db()
    return row


def states(booking):
    return sorted(set(booking.registrations.values_list("state", flat=True)))


def entries(booking):
    return list(Entry.objects.filter(booking=booking).order_by("pk").values_list("kind", "method", "amount_cents"))


def test_seats_are_kept_half_an_hour_and_paying_validates(shop):
    booking = by_card(shop, 2)
    assert booking.held_until == NOW + 30 * MINUTE
    url, card = start(booking)
    assert url.endswith(f"/paiement-simule/{card.key}/")
    press(card, "pay")
    assert fresh(card).state == CardState.PAID
    assert states(booking) == ["validated"]
    assert entries(booking) == [("payment", "card", 24_000)]
    assert fresh(booking).held_until is None
    told = Message.objects.filter(kind="payment-received").get()
    assert "240,00" in told.text
    assert counting.differences() == {}


def test_a_double_click_is_one_page(shop):
    booking = by_card(shop)
    first, _card = start(booking)
    again, _card = start(booking, at=NOW + MINUTE)
    assert first == again
    assert (CardPayment.objects.count(), SimulatedCard.objects.count()) == (1, 1)


def test_said_twice_is_taken_once(shop):
    booking = by_card(shop)
    _url, card = start(booking)
    press(card, "twice")
    press(card, "twice")
    assert entries(booking) == [("payment", "card", 12_000)]
    assert Message.objects.filter(kind="payment-received").count() == 1


@pytest.mark.parametrize("state", [CardState.ABANDONED, CardState.DECLINED, CardState.OPEN])
def test_paid_is_for_good_whatever_is_said_after(shop, state):
    booking = by_card(shop)
    _url, card = start(booking)
    press(card, "pay")
    assert not answering.take(Answer(card.ref, state), provider="simulated", by=system(shop.organisation.pk), at=NOW)
    assert (fresh(card).state, card.charge) == (CardState.PAID, card.ref)


def test_declined_costs_nothing_and_may_be_tried_again(shop):
    booking = by_card(shop)
    _url, card = start(booking)
    press(card, "decline")
    assert (fresh(card).state, entries(booking), states(booking)) == (CardState.DECLINED, [], ["pending"])
    _url, other = start(booking, at=NOW + MINUTE)
    assert other.pk != card.pk
    press(other, "pay")
    assert states(booking) == ["validated"]
    press(card, "pay")  # the first page was left open, and paid too: nothing is lost, it is to be paid back
    assert fresh(booking).refund_due_cents == 12_000


def test_abandoned_costs_nothing(shop):
    booking = by_card(shop)
    _url, card = start(booking)
    press(card, "abandon")
    assert (fresh(card).state, entries(booking)) == (CardState.ABANDONED, [])
    assert own(fresh(booking), at=NOW).card_cents == (12_000,)


def test_an_answer_kept_for_later_is_asked_for(shop):
    booking = by_card(shop)
    _url, card = start(booking)
    press(card, "late")
    assert entries(booking) == []
    answering.look_due(at=NOW + MINUTE)
    assert entries(booking) == []
    answering.look_due(at=NOW + 3 * MINUTE)
    assert entries(booking) == [("payment", "card", 12_000)]
    assert fresh(card).look_at is None


def test_paid_too_late_the_seats_come_back_when_they_are_free(shop):
    booking = by_card(shop, 2)
    _url, card = start(booking)
    late = NOW + 40 * MINUTE
    expire_holds(at=late)
    assert (states(booking), fresh(booking).owed_cents) == (["cancelled"], 0)
    press(card, "pay", at=late + MINUTE)
    assert states(booking) == ["validated"]
    assert (fresh(booking).owed_cents, booking.paid_cents, booking.expired_at) == (24_000, 24_000, None)
    assert counting.differences() == {}


def test_paid_too_late_for_seats_that_are_gone_it_is_to_be_paid_back(shop):
    booking = by_card(shop, 2)
    _url, card = start(booking)
    late = NOW + 40 * MINUTE
    expire_holds(at=late)
    booked(shop, 3, at=late)
    press(card, "pay", at=late + MINUTE)
    assert states(booking) == ["cancelled"]
    assert fresh(booking).refund_due_cents == 24_000
    assert "remboursés" in Message.objects.get(kind="payment-received").text
    assert counting.differences() == {}


@pytest.mark.parametrize("how", ["registrant", "desk"])
def test_cancelled_by_somebody_it_does_not_come_back(shop, how):
    booking = by_card(shop)
    _url, card = start(booking)
    if how == "desk":
        moving.cancel_booking(booking_id=booking.pk, by=shop.desk, at=NOW)
    else:
        registrant.cancel_own(
            reference=booking.reference, link=link_of(booking), by=holder(shop.organisation.pk), at=NOW
        )
    press(card, "pay", at=NOW + MINUTE)
    assert states(booking) == ["cancelled"]
    assert fresh(booking).refund_due_cents == 12_000


def test_begun_the_seats_are_kept_as_long_as_the_page_once(shop):
    booking = by_card(shop)
    _url, card = start(booking, at=NOW + 20 * MINUTE)
    assert fresh(booking).held_until == card.expires_at == NOW + 51 * MINUTE
    press(card, "decline", at=NOW + 21 * MINUTE)
    start(booking, at=NOW + 40 * MINUTE)
    assert fresh(booking).held_until == NOW + 51 * MINUTE


def test_a_page_whose_booking_is_no_more_to_be_paid_is_closed(shop):
    booking = by_card(shop)
    _url, card = start(booking)
    moving.cancel_booking(booking_id=booking.pk, by=shop.desk, at=NOW)
    answering.look_due(at=NOW + MINUTE)
    assert SimulatedCard.objects.get().state == CardState.ABANDONED
    answering.look_due(at=NOW + 2 * MINUTE)
    assert (fresh(card).state, card.look_at) == (CardState.ABANDONED, None)


def test_the_deposit_or_the_whole(shop):
    shop.activity.rules.deposit_percent = 30
    shop.activity.rules.save()
    booking = by_card(shop)
    assert own(booking, at=NOW).card_cents == (3_600, 12_000)
    _url, card = start(booking, 3_600)
    press(card, "pay")
    assert states(booking) == ["validated"]
    assert own(fresh(booking), at=NOW).card_cents == (8_400,)
    with pytest.raises(Invalid, match="montant"):
        start(booking, 12_000)
    _url, card = start(booking, 8_400)
    press(card, "pay")
    assert fresh(booking).due_cents == 0
    with pytest.raises(NothingDue):
        start(booking, 0)


def test_another_amount_is_another_page(shop):
    booking = by_card(shop)
    _url, card = start(booking)
    booking.owed_cents = 6_000
    booking.save()
    _url, other = start(booking, 6_000)
    assert (fresh(card).state, other.amount_cents) == (CardState.ABANDONED, 6_000)


def test_a_provider_that_is_down_loses_nothing(shop, monkeypatch):
    booking = by_card(shop)
    whole = Simulated.open

    def down(self, asked):
        raise ProviderDown("en panne")

    monkeypatch.setattr(Simulated, "open", down)
    with pytest.raises(ProviderDown):
        start(booking)
    monkeypatch.setattr(Simulated, "open", whole)
    _url, card = start(booking, at=NOW + timedelta(seconds=5))
    press(card, "pay")
    assert (CardPayment.objects.count(), states(booking)) == (1, ["validated"])


def test_an_unopened_page_is_let_go_and_another_is_opened(shop, monkeypatch):
    booking = by_card(shop)

    def down(self, asked):
        raise ProviderDown("en panne")

    monkeypatch.setattr(Simulated, "open", down)
    with pytest.raises(ProviderDown):
        start(booking)
    monkeypatch.undo()
    answering.look_due(at=NOW + 2 * MINUTE)
    assert CardPayment.objects.get().state == CardState.ABANDONED
    start(booking, at=NOW + 3 * MINUTE)
    assert CardPayment.objects.count() == 2


def test_another_organisation_hears_nothing(shop):
    booking = by_card(shop)
    _url, card = start(booking)
    answer = Answer(card.ref, CardState.PAID, 12_000, card.ref)
    assert not answering.take(answer, provider="simulated", by=system(shop.organisation.pk + 1), at=NOW)
    assert not answering.take(answer, provider="stripe", by=system(shop.organisation.pk), at=NOW)
    assert entries(booking) == []


def test_who_comes_back_finds_the_booking_for_a_day(shop):
    booking = by_card(shop)
    _url, card = start(booking)
    found = queries.back(card.key, organisation_id=shop.organisation.pk, at=NOW)
    assert link_of(booking) in found.booking_url
    assert queries.back(card.key, organisation_id=shop.organisation.pk, at=NOW + timedelta(days=2)).booking_url == ""


def test_cards_are_taken_only_where_an_account_is_open(shop):
    accounts.close_account(by=system(shop.organisation.pk), at=NOW)
    assert not rules_of([shop.activity.pk])[shop.activity.pk].takes_card
    with pytest.raises(Invalid, match="carte"):
        set_rules(activity_id=shop.activity.pk, rules=Rules(takes_card=True), by=shop.desk, at=NOW)


def test_the_keys_are_sealed_and_only_an_administrator_sets_them(shop, settings):
    by = system(shop.organisation.pk)
    accounts.open_account(provider="stripe", secret_key="sk_test_1", webhook_secret="whsec_1", by=by, at=NOW)
    kept = CardAccount.objects.get()
    assert "sk_test" not in kept.secret_key
    accounts.open_account(provider="stripe", by=by, at=NOW)
    assert fresh(kept).secret_key
    with pytest.raises(Forbidden):
        accounts.open_account(provider="stripe", by=visitor(shop.organisation.pk), at=NOW)
    with pytest.raises(Invalid, match="sk_"):
        accounts.open_account(provider="stripe", secret_key="pk_1", by=by, at=NOW)
    settings.SIMULATED_CARDS = False
    with pytest.raises(Invalid, match="prestataire"):
        accounts.open_account(provider="simulated", by=by, at=NOW)
