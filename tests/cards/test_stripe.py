"""Stripe's side, against a Stripe of our own in its own process: page, signed calls, refunds, and its bad days."""

import hashlib
import hmac
import json
import time
from datetime import timedelta

import pytest
from django.utils import timezone

from comptoir.bookings.commands import moving
from comptoir.cards.commands import accounts, answering, refunding
from comptoir.cards.models import CardPayment, CardRefund
from comptoir.cards.providers.seam import ProviderDown
from comptoir.cards.providers.stripe import Stripe
from comptoir.cards.states import CardState
from comptoir.organisations.actors import system
from comptoir.payments.models import Entry
from tests.cards.selling import by_card, start
from tests.cards.stripe_process import stripe_process
from tests.checkout.direct import make_fair

SECRET = "whsec_essai"
LATER = timedelta(minutes=2)


@pytest.fixture(scope="module")
def stripe():
    with stripe_process() as server:
        yield server


@pytest.fixture
def shop(transactional_db, live_server, settings, stripe):
    """A fair that takes cards by Stripe, and is called by it over real HTTP."""
    settings.STRIPE_URL, settings.PUBLIC_URL = stripe.url, live_server.url
    day = timezone.localdate() + timedelta(days=40)
    fair = make_fair(rules={"takes_card": True}, starts_on=day, ends_on=day)
    by, at = system(fair.organisation.pk), timezone.now()
    keys = {"secret_key": "sk_test_essai", "webhook_secret": SECRET}
    accounts.open_account(provider="stripe", **keys, by=by, at=at)
    endpoint = f"{live_server.url}/{fair.organisation.slug}/cartes/stripe/"
    stripe.say(endpoint=endpoint, secret=SECRET, fail=0, drop=0, calls=1, heard=[])
    return fair


def now_by_card(shop):
    booking = by_card(shop, at=timezone.now())
    url, card = start(booking, at=timezone.now())
    return booking, url, card


def test_paid_on_its_page_and_told_by_a_signed_call(shop, stripe):
    booking, url, card = now_by_card(shop)
    back = stripe.press_pay(url)
    assert back.endswith(f"/carte/{card.key}/")
    assert stripe.heard() == [200]
    card.refresh_from_db()
    assert (card.state, card.charge[:3]) == (CardState.PAID, "pi_")
    assert booking.registrations.get().state == "validated"
    assert Entry.objects.get().amount_cents == 12_000


def test_its_call_sent_three_times_is_one_payment(shop, stripe):
    stripe.say(calls=3)
    _booking, url, _card = now_by_card(shop)
    stripe.press_pay(url)
    assert stripe.heard() == [200, 200, 200]
    assert Entry.objects.count() == 1


def test_without_any_call_it_is_asked(shop, stripe):
    stripe.say(endpoint="")
    _booking, url, card = now_by_card(shop)
    stripe.press_pay(url)
    assert Entry.objects.count() == 0
    answering.check(key=card.key, by=system(shop.organisation.pk), at=timezone.now() + timedelta(seconds=10))
    assert Entry.objects.count() == 1


def test_a_wrong_signature_or_an_old_one_is_refused(shop, stripe, client):
    _booking, _url, card = now_by_card(shop)
    address = f"/{shop.organisation.slug}/cartes/stripe/"
    session = {"id": card.ref, "object": "checkout.session", "payment_status": "paid", "amount_total": 1}
    event = {"id": "evt_1", "object": "event", "type": "checkout.session.completed", "data": {"object": session}}
    body = json.dumps(event)

    def posted(secret, moment):
        signed = hmac.new(secret.encode(), f"{moment}.{body}".encode(), hashlib.sha256).hexdigest()
        headers = {"Stripe-Signature": f"t={moment},v1={signed}"}
        return client.post(address, body, content_type="application/json", headers=headers).status_code

    now = int(time.time())
    assert posted("whsec_autre", now) == 400
    assert posted(SECRET, now - 3_600) == 400
    assert client.post(address, body, content_type="application/json").status_code == 400
    assert Entry.objects.count() == 0
    assert posted(SECRET, now) == 200
    assert client.get(address).status_code == 405


def test_its_line_cut_after_it_did_is_the_same_page(shop, stripe):
    """Its answer is lost each time: asked again with the same key, it gives the same session."""
    booking = by_card(shop, at=timezone.now())
    before = stripe.sessions()
    stripe.say(drop=3)
    with pytest.raises(ProviderDown):
        start(booking, at=timezone.now())
    url, _card = start(booking, at=timezone.now())
    assert stripe.sessions() == before + 1
    stripe.press_pay(url)
    assert Entry.objects.count() == 1


def test_down_for_good_nothing_is_lost(shop, stripe):
    booking = by_card(shop, at=timezone.now())
    stripe.say(fail=10)
    with pytest.raises(ProviderDown, match="réessayez"):
        start(booking, at=timezone.now())
    stripe.say(fail=0)
    url, card = start(booking, at=timezone.now())
    assert CardPayment.objects.get() == card
    stripe.press_pay(url)
    assert Entry.objects.count() == 1


def test_a_wrong_key_is_said_without_saying_it(shop, stripe):
    by = system(shop.organisation.pk)
    accounts.open_account(provider="stripe", secret_key="rk_faux", by=by, at=timezone.now())
    booking = by_card(shop, at=timezone.now())
    with pytest.raises(ProviderDown) as refusal:
        start(booking, at=timezone.now())
    assert "autre moyen" in refusal.value.sentence
    assert "rk_faux" not in refusal.value.sentence


def test_refunded_once_whatever_the_line_does(shop, stripe):
    booking, url, card = now_by_card(shop)
    stripe.press_pay(url)
    moving.cancel_booking(booking_id=booking.pk, by=shop.desk, at=timezone.now())
    refunding.refund_by_card(booking_id=booking.pk, by=shop.desk, at=timezone.now())
    stripe.say(fail=10)
    assert refunding.send_due(at=timezone.now()).skipped
    stripe.say(fail=0, drop=3)
    assert refunding.send_due(at=timezone.now() + LATER).skipped
    assert refunding.send_due(at=timezone.now() + 2 * LATER).done
    assert CardRefund.objects.get().state == "done"
    assert Entry.objects.filter(kind="refund").get().amount_cents == 12_000
    client = Stripe(secret_key="sk_test_essai", webhook_secret=SECRET)
    card.refresh_from_db()
    from comptoir.cards.providers.seam import ProviderRefuses

    with pytest.raises(ProviderRefuses):
        client.refund(card.charge, amount_cents=1, key="another")


def test_a_page_no_more_to_be_paid_is_closed_there(shop, stripe):
    booking, _url, card = now_by_card(shop)
    moving.cancel_booking(booking_id=booking.pk, by=shop.desk, at=timezone.now())
    answering.look_due(at=timezone.now() + LATER)
    answering.look_due(at=timezone.now() + 2 * LATER)
    card.refresh_from_db()
    assert (card.state, card.look_at) == (CardState.ABANDONED, None)
