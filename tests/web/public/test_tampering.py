"""What a form never said is refused or without effect, and never breaks anything (T21, T23, T24)."""

import itertools

import pytest

from comptoir.preregistrations.models import Basket, BasketLine, Request
from comptoir.web.public import review
from comptoir.web.shared.visitor import reader_of
from tests.factories import make_activity, make_client, make_contact, make_organisation, make_seat_type, make_session
from tests.web.public.visitor import Visitor, words

NUMBERS = [
    "-1",
    "0",
    "51",
    "1000000000",
    "9" * 400,
    "1.5",
    "1e3",
    "²",
    "٣",
    " 2 ",
    "",
    "NaN",
    "0x10",
    "' OR 1=1",
    "\x00",
]


@pytest.mark.parametrize("quantity", NUMBERS)
def test_quantities(quantity, visitor, session):
    answer = visitor.put_in(session, quantity=quantity)
    assert answer.status_code == 302
    line = BasketLine.objects.first()
    assert line is None or line.quantity == 2
    visitor.put_in(session)
    line = BasketLine.objects.get()
    assert visitor.post("line", {"quantity": quantity}, line_id=line.pk).status_code == 302
    assert BasketLine.objects.get().quantity in (1, 2)


def test_a_refusal_is_said_where_one_was(visitor, session):
    answer = visitor.put_in(session, quantity="51")
    assert answer.url == visitor.address("activity", slug="sauveteur")
    assert "de 1 à 50 personnes" in words(visitor.browser.get(answer.url))


@pytest.mark.parametrize("which", ["", "0", "-1", "x", "9" * 30, "999999"])
def test_sessions_that_do_not_exist(which, visitor, session):
    assert visitor.post("put-in", {"session": which}).status_code == 404


def test_foreign_sessions_and_rates(visitor, session):
    elsewhere = make_session(make_activity(make_organisation()))
    rate = make_seat_type(elsewhere)
    assert visitor.put_in(elsewhere).status_code == 404
    visitor.put_in(session, seat_type=rate.pk)
    assert not Basket.objects.exists()
    mine = make_seat_type(session)
    for wrong in (rate.pk, "x", "-1", "999999"):
        visitor.put_in(session, seat_type=wrong)
        assert not Basket.objects.exists()
    visitor.put_in(session, seat_type=mine.pk)
    assert BasketLine.objects.get().seat_type == mine


def test_foreign_lines(visitor, session, organisation, clock):
    other = Visitor(organisation, clock)
    other.put_in(session)
    line = BasketLine.objects.get()
    assert visitor.post("line", {"retirer": "1"}, line_id=line.pk).status_code == 404  # no basket of one's own
    visitor.put_in(session)
    assert visitor.post("line", {"quantity": "9"}, line_id=line.pk).status_code == 404
    visitor.post("line", {"retirer": "1"}, line_id=line.pk)
    line.refresh_from_db()
    assert line.quantity == 1


SAID_TOO_MUCH = {
    "price": "1", "price_cents": "0", "net_cents": "0", "total": "0", "vat_bp": "0", "paye": "true", "paid": "1",
    "statut": "valide", "state": "integrated", "client_id": "1", "authenticated_client": "1", "chosen_client": "1",
    "organisation": "1", "reference": "PR-1", "origin": "api", "form_token": "x", "token": "x", "lines": "[]",
    "confirmed_at": "2026-01-01", "authentifie": "true", "kind_": "x",
}  # fmt: skip


@pytest.mark.parametrize("name", SAID_TOO_MUCH)
def test_what_no_field_asks_is_not_heard(name, visitor, session):
    extra = {name: SAID_TOO_MUCH[name]}
    visitor.put_in(session, **extra)
    visitor.client(**extra)
    visitor.people("Un", **extra)
    visitor.confirm(**extra)
    request = Request.objects.get()
    assert (request.net_cents, request.vat_cents, request.state, request.origin) == (
        25_000,
        5_000,
        "pending",
        "counter",
    )
    assert (request.authenticated_client, request.chosen_client, request.organisation) == (
        None,
        None,
        visitor.organisation,
    )


@pytest.mark.parametrize(
    "said",
    [{"digest": ""}, {"digest": "0" * 32}, {"terms": ""}, {"terms": "0"}, {"terms": "-1"}, {"terms": "x"},
     {"terms": "9" * 40}, {"terms": "²"}, {"affiche": ""}, {"affiche": "1"}, {"affiche": "1234567890:xx"}],
)  # fmt: skip
def test_a_last_page_that_is_not_ours_confirms_nothing(said, visitor, session):
    visitor.put_in(session)
    visitor.client()
    visitor.people()
    assert visitor.confirm(**said).url == visitor.address("review")
    assert not Request.objects.exists()


HOSTILE = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "{{ 7*7 }}{% now 'Y' %}",
    "a\r\nBcc: x@y.fr", "\x00\x01", "\u202e\u2028", "x" * 5000, "=1+1", "😀" * 30, "ﬀ", "' OR ''='",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_only_text(text, visitor, session):
    visitor.put_in(session)
    said = {"legal_name": text, "city": text[:80], "message": text, "first_name": text[:80], "last_name": text[:80]}
    visitor.client(**said)
    visitor.client(**{**said, "legal_name": text[:200], "message": text[:2000]})
    visitor.people(text[:80])
    visitor.confirm()
    for step in ("client", "people", "review", "confirmation", "basket"):
        answer = visitor.get(step)
        assert answer.status_code in (200, 302)
        html = answer.content.decode()
        assert "<script>alert" not in html
        assert "<img src=x" not in html
    assert Request.objects.count() <= 1


def test_any_bytes_as_a_field_break_nothing(visitor, session):
    visitor.put_in(session)
    line = BasketLine.objects.get()
    names = [
        "kind",
        "email",
        "siret",
        f"p{line.pk}-0-last_name",
        "faire",
        "digest",
        "terms",
        "accepted",
        "suite",
        "quantity",
    ]
    for name, value in itertools.product(names, ["\x00", "\ud7ff", "%00", "[]", "9" * 300]):
        for step in ("client", "people", "review"):
            assert visitor.post(step, {name: value}).status_code < 500
        assert visitor.post("line", {name: value}, line_id=line.pk).status_code < 500


def test_a_made_up_cookie_is_no_basket(visitor, session):
    for made_up in ("x", "é", "a" * 5000, "\"'", "..;"):
        visitor.browser.cookies["panier"] = made_up
        assert "Votre panier est vide" in words(visitor.get("basket"))


def test_the_form_cannot_say_who_it_is(visitor, session, monkeypatch):
    """The request is marked authenticated from the session only (A4); the sabotage believes the form."""
    client = make_client(visitor.organisation)
    contact = make_contact(client)
    contact.client = client

    def believing(request):
        reader = reader_of(request)
        if reader is None and request.POST.get("client_id"):
            return type("Reader", (), {"contact": contact, "client": client})()
        return reader

    visitor.put_in(session)
    visitor.client()
    visitor.people()
    monkeypatch.setattr(review, "reader_of", believing)
    monkeypatch.setattr(review, "actor_for", lambda request, reader: request.actor)
    visitor.confirm(client_id=str(client.pk))
    assert Request.objects.get().authenticated_client == client  # what the tests above would catch
