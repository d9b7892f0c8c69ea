"""Programs are told from people without a puzzle, and one source cannot take everything (T26, T65)."""

from datetime import timedelta

import pytest

from comptoir.bookings.queries import seats_left
from comptoir.preregistrations.models import Basket, Request
from comptoir.web.public import guard, source
from comptoir.web.shared import sources
from tests.faults import size
from tests.web.public.visitor import CLIENT, Visitor, reference, words

pytestmark = pytest.mark.fault


def test_the_trap_is_out_of_everybodys_way(visitor, session):
    visitor.put_in(session)
    page = words(visitor.get("client"))
    assert 'aria-hidden="true"><label for="id_site_web"' in page
    assert 'name="site_web" tabindex="-1" autocomplete="off"' in page


def test_a_program_that_fills_in_everything_stores_nothing(visitor, session):
    visitor.put_in(session)
    for _ in range(size.of(50, 500)):
        assert visitor.client(site_web="http://spam.test").url == visitor.address("client")
    visitor.client()
    visitor.people()
    for _ in range(size.of(50, 500)):
        visitor.confirm(site_web="http://spam.test")
    assert not Request.objects.exists()


def test_a_program_in_a_hurry_stores_nothing(visitor, session):
    visitor.put_in(session)
    for _ in range(size.of(20, 500)):
        visitor.client(after=timedelta(seconds=1.9))
    visitor.post("client")  # without a stamp
    assert not Request.objects.exists()
    visitor.client()
    visitor.people()
    for _ in range(size.of(20, 500)):
        visitor.confirm(after=timedelta())
    assert not Request.objects.exists()


def test_a_quick_person_presses_again_and_passes(visitor, session):
    visitor.put_in(session)
    hidden = visitor.hidden("client")
    answer = visitor.client(after=timedelta(seconds=1), legal_name="Vite et Bien")
    page = words(visitor.browser.get(answer.url))
    assert "C’était très rapide" in page
    assert 'value="Vite et Bien"' in page
    visitor.clock.shift(2)
    assert visitor.post("client", hidden | CLIENT).url == visitor.address("people")


def test_a_stamp_is_of_one_basket(visitor, session, organisation, clock):
    other = Visitor(organisation, clock)
    other.put_in(session)
    stolen = other.hidden("client")
    visitor.put_in(session)
    assert visitor.client(affiche=stolen["affiche"]).url == visitor.address("client")


def test_a_class_of_thirty_behind_one_address_all_pass(organisation, clock, session):
    type(session).objects.update(capacity=None)
    given = {
        reference(Visitor(organisation, clock, REMOTE_ADDR="192.0.2.7").order(session, f"Élève {n}")) for n in range(30)
    }
    assert None not in given
    assert len(given) == Request.objects.count() == 30


def test_one_source_is_slowed_down_and_the_others_are_not(organisation, clock, session, monkeypatch):
    monkeypatch.setitem(source.MOST_AN_HOUR, "basket", 20)
    answers = [Visitor(organisation, clock, REMOTE_ADDR="192.0.2.7").put_in(session).status_code for _ in range(25)]
    assert answers == [302] * 20 + [429] * 5
    assert Visitor(organisation, clock, REMOTE_ADDR="192.0.2.8").put_in(session).status_code == 302
    clock.shift(timedelta(hours=1))
    assert Visitor(organisation, clock, REMOTE_ADDR="192.0.2.7").put_in(session).status_code == 302


def test_a_thousand_baskets_hold_no_seat_and_are_forgotten(organisation, clock, session, monkeypatch):
    monkeypatch.setitem(source.MOST_AN_HOUR, "basket", 10**6)
    baskets = size.of(40, 1000)
    for _ in range(baskets):
        Visitor(organisation, clock).put_in(session, quantity="50")
    assert Basket.objects.count() == baskets
    assert seats_left([session.pk])[session.pk].left == session.capacity


@pytest.mark.parametrize(
    ("proxies", "forwarded", "seen"),
    [
        (0, "203.0.113.9", "192.0.2.7"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "1.1.1.1, 203.0.113.9", "203.0.113.9"),
        (2, "1.1.1.1, 203.0.113.9, 10.0.0.1", "203.0.113.9"),
        (2, "203.0.113.9", "192.0.2.7"),
        (1, "", "192.0.2.7"),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        (1, "<script>", "unknown"),
    ],
)
def test_the_source_is_what_our_own_proxy_saw(proxies, forwarded, seen, rf, monkeypatch):
    monkeypatch.setattr(sources.environment(), "trusted_proxies", proxies)
    request = rf.get("/", REMOTE_ADDR="192.0.2.7", headers={"X-Forwarded-For": forwarded})
    assert sources.source_of(request) == seen


@pytest.mark.parametrize(
    ("headers", "passes"),
    [
        ({}, True),
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "none"}, True),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Origin": "http://testserver"}, True),
        ({"Origin": "http://ailleurs.test"}, False),
        ({"Origin": "null"}, False),
    ],
)
def test_je_m_inscris_is_pressed_on_our_page(headers, passes, visitor, session):
    answer = visitor.browser.post(visitor.address("put-in"), {"session": session.pk}, headers=headers)
    assert answer.status_code == (302 if passes else 403)
    assert Basket.objects.exists() is passes


def test_the_other_forms_want_their_token(organisation, clock, session):
    strict = Visitor(organisation, clock, enforce_csrf_checks=True)
    strict.put_in(session)
    for step in ("client", "people", "review", "forget"):
        assert strict.post(step).status_code == 403


def test_sabotage_without_a_minimum_time_the_hurried_program_gets_in(visitor, session, monkeypatch):
    monkeypatch.setattr(guard, "QUICKEST", timedelta())
    visitor.put_in(session)
    assert visitor.client(after=timedelta()).url == visitor.address("people")
