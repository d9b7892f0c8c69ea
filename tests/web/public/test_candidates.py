"""Seats given as people pay: what the form, the person's page, the booking and the session say of it (ADR 0035)."""

import pytest
from django.test import Client

from comptoir.bookings.links import link_of
from comptoir.courses.commands.types import set_type
from comptoir.courses.models import PublicCourse
from tests.courses.test_seat_order import HOUR, fair_of, pay, signed, state
from tests.factories import NOW
from tests.web.public.visitor import Visitor, words


@pytest.fixture
def fair(db):
    return fair_of("payment", capacity=1)


@pytest.fixture
def visitor(fair, clock):
    return Visitor(fair.organisation, clock)


@pytest.fixture
def desk(fair):
    browser = Client(headers={"host": "127.0.0.1:8000"})
    browser.force_login(fair.staff.user)
    return browser


def desk_page(desk, fair, address):
    return words(desk.get(f"/{fair.organisation.slug}/bureau/{address}"))


def own_page(visitor, fair, booking):
    return words(visitor.browser.get(f"/{fair.organisation.slug}/reservation/{booking.reference}/{link_of(booking)}/"))


def test_the_form_says_how_seats_are_given(visitor, fair):
    page = words(visitor.get("course", reference=fair.session.reference))
    assert "dans l’ordre des paiements reçus" in page
    assert "ne prend donc pas encore de place" in page
    set_type(activity_id=fair.activity.pk, name="PSC1", by=fair.desk, at=NOW)
    assert "pas encore de place" not in words(visitor.get("course", reference=fair.session.reference))


def test_the_person_reads_that_there_is_no_seat_yet_then_the_rank(visitor, fair):
    ana, bob = signed(fair, "Ana"), signed(fair, "Bob")
    page = own_page(visitor, fair, bob)
    assert "Vous n’avez pas encore de place." in page
    assert "Retirer ma candidature" in page
    pay(fair, ana)
    pay(fair, bob, at=NOW + HOUR)
    assert "au rang <strong>1</strong> de ceux qui ont payé" in own_page(visitor, fair, bob)


def test_the_person_may_take_the_application_back(visitor, fair):
    bob = signed(fair, "Bob")
    where = f"/{fair.organisation.slug}/reservation/{bob.reference}/{link_of(bob)}/annulation/"
    assert visitor.browser.post(where).status_code == 302
    assert state(bob) == "cancelled"


def test_the_desk_reads_who_has_no_seat_and_in_what_order_they_come(desk, fair):
    ana, bob, cleo = (signed(fair, name) for name in ("Ana", "Bob", "Cléo"))
    pay(fair, cleo)
    pay(fair, bob, at=NOW + HOUR)
    page = desk_page(desk, fair, f"sessions/{fair.session.pk}/")
    where = [page.index(f"Vial {name}") for name in ("Cléo", "Bob", "Ana")]
    assert where == sorted(where)
    assert page.count("sans place") >= 2
    assert "rang 1 de ceux qui ont payé" in desk_page(desk, fair, f"inscriptions/{bob.reference}/")
    assert "Sans place" in desk_page(desk, fair, f"inscriptions/{ana.reference}/")


def test_the_order_is_set_from_the_activity_and_a_wrong_one_refused(desk, fair):
    where = f"/{fair.organisation.slug}/bureau/formations/{fair.activity.pk}/formation-publique/"
    assert "À la validation" in words(desk.get(where))
    assert desk.post(where, {"name": "PSC1", "seat_order": "alphabetical"}).status_code == 422
    assert PublicCourse.objects.get().seat_order == "payment"
    assert desk.post(where, {"name": "PSC1", "seat_order": "validation"}).status_code == 302
    assert PublicCourse.objects.get().seat_order == "validation"


def test_a_page_that_is_kept_follows_a_change_of_the_order(visitor, fair):
    """The page of an activity is kept from one visitor to the next: what it says of the seats is watched too."""
    assert "dans l’ordre des paiements reçus" in words(visitor.get("activity", slug=fair.activity.slug))
    set_type(activity_id=fair.activity.pk, name="PSC1", seat_order="validation", by=fair.desk, at=NOW)
    page = words(visitor.get("activity", slug=fair.activity.slug))
    assert "quand nous validons les inscriptions" in page
    assert "des paiements reçus" not in page
