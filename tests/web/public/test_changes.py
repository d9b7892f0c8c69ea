"""What changes between the first step and the last is said before anything is confirmed (A3, T22, T25)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from comptoir.catalogue.models import SeatType, Session
from comptoir.checkout import accepting, commands
from comptoir.preregistrations.models import BasketLine, Request
from tests.factories import NOW, make_activity, make_seat_type, make_session, make_terms
from tests.web.public.visitor import words

CHANGES = {
    "price": ({"price_cents": 30_000}, "le prix est passé de 250,00 € à 300,00 € HT"),
    "vat": ({"vat_bp": 550}, "le prix"),
    "full": ({"capacity": 0}, "complet"),
    "one-left": ({"capacity": 1}, "il ne reste qu’une place"),
    "closed": ({"state": "closed"}, "les inscriptions sont closes"),
    "cancelled": ({"state": "cancelled"}, "cette session est annulée"),
    "draft": ({"state": "draft"}, "n’est plus proposée"),
    "unpublished": ({"is_published": False}, "n’est plus proposée"),
    "in-house": ({"kind": "intra"}, "n’est plus proposée"),
    "not-open": ({"opens_at": NOW + timedelta(days=3)}, "les inscriptions ouvrent"),
    "too-late": ({"closes_at": NOW}, "les inscriptions sont closes"),
    "begun": ({"begins_at": NOW}, "les inscriptions sont closes"),
}


@pytest.fixture
def ready(visitor, session):
    """A visitor with two people named, on the last page before sending."""
    visitor.put_in(session)
    visitor.client()
    visitor.people("Un", "Deux")
    visitor.said = visitor.hidden("review") | {"accepted": "1"}
    visitor.clock.shift(30)
    return visitor


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_said_and_nothing_is_sent(change, ready):
    columns, sentence = CHANGES[change]
    Session.objects.update(**columns)
    assert ready.post("review", ready.said).url == ready.address("review")
    assert not Request.objects.exists()
    for page in ("review", "basket"):
        assert sentence in words(ready.get(page)), page
    assert "disabled" in words(ready.get("review"))


def test_one_thing_to_do_and_the_way_is_free(ready):
    Session.objects.update(price_cents=30_000)
    ready.post("review", ready.said)
    (line,) = ready_lines()
    assert "Garder à 300,00 €" in words(ready.get("review"))
    assert ready.post("line", {"prix": "1", "suite": "counter:review"}, line_id=line).url == ready.address("review")
    ready.confirm()
    assert Request.objects.get().net_cents == 60_000


def test_what_cannot_be_had_can_be_taken_out(ready):
    ready.put_in(make_session(make_activity(ready.organisation)))
    ready.people("Trois")
    Session.objects.filter(pk=min(Session.objects.values_list("pk", flat=True))).update(state="cancelled")
    assert "cette session est annulée" in words(ready.get("review"))
    first = ready_lines()[0]
    ready.post("line", {"retirer": "1", "suite": "counter:review"}, line_id=first)
    assert ready.confirm().url == ready.address("confirmation")
    assert Request.objects.get().lines.count() == 1


def test_a_dearer_rate_is_said_too(ready, session):
    rate = make_seat_type(make_session(session.activity), price_cents=10_000)
    ready.put_in(rate.session, seat_type=rate.pk)
    ready.people("Un", "Deux")
    SeatType.objects.update(price_cents=12_000)
    assert "le prix est passé de 100,00 € à 120,00 € HT" in words(ready.get("review"))
    SeatType.objects.update(is_active=False, price_cents=10_000)
    make_seat_type(rate.session, "Autre")
    assert "choisissez un tarif" in words(ready.get("review"))


def test_new_terms_are_read_before_they_are_accepted(ready):
    newer = make_terms(ready.organisation, version=2, text="Deux.")
    assert ready.post("review", ready.said).url == ready.address("review")
    page = words(ready.get("review"))
    assert "Les conditions générales de vente ont changé" in page
    assert "Version 2" in page
    ready.confirm()
    assert Request.objects.get().terms == newer


def test_a_basket_changed_in_another_tab_is_seen_again_first(ready):
    (line,) = ready_lines()
    ready.post("line", {"quantity": "1"}, line_id=line)
    assert ready.post("review", ready.said).url == ready.address("review")
    assert "Votre panier a changé" in words(ready.get("review"))
    assert not Request.objects.exists()
    ready.confirm()
    assert Request.objects.get().lines.count() == 1


@pytest.mark.parametrize(
    ("field", "shift", "sent"),
    [
        ("opens_at", 1, False),
        ("opens_at", 0, True),
        ("opens_at", -1, True),
        ("closes_at", 1, True),
        ("closes_at", 0, False),
        ("closes_at", -1, False),
    ],
)
def test_the_window_is_held_to_the_second(field, shift, sent, ready, clock):
    Session.objects.update(**{field: timezone.now() + timedelta(seconds=shift)})
    ready.post("review", ready.said)
    assert Request.objects.exists() is sent


def test_a_full_session_is_full_for_two_lines_together(visitor, session):
    one, two = make_seat_type(session, "A"), make_seat_type(session, "B")
    Session.objects.update(capacity=3)
    visitor.put_in(session, seat_type=one.pk, quantity=2)
    visitor.put_in(session, seat_type=two.pk, quantity=2)
    assert words(visitor.get("basket")).count("il ne reste que 3 places") == 2


def test_the_disk_says_no_and_nothing_is_confirmed(ready, tmp_path):
    (tmp_path / "Résa").rename(tmp_path / "parti")
    assert ready.post("review", ready.said).url == ready.address("review")
    page = words(ready.get("review"))
    assert 'role="alert"' in page
    assert ready.get("confirmation").url == ready.address("basket")
    (tmp_path / "parti").rename(tmp_path / "Résa")
    assert ready.confirm().url == ready.address("confirmation")
    assert Request.objects.count() == 1


def test_sabotage_a_review_that_looks_away_is_caught(ready, monkeypatch):
    """The check above goes red when the freshness is not checked: the old price would be silently kept."""
    Session.objects.update(state="cancelled")
    monkeypatch.setattr(commands, "_check_fresh", lambda *args: None)
    monkeypatch.setattr(accepting, "problems", lambda *args, **kwargs: [])
    ready.post("review", ready.said)
    assert Request.objects.exists()


def ready_lines():
    return list(BasketLine.objects.order_by("pk").values_list("pk", flat=True))
