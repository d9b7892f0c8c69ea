"""The catalogue and the page of an activity: what they say, whom they say it to, and what it costs (A1)."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from comptoir.catalogue.models import Session
from tests.factories import (
    NOW,
    make_seat_type,
    make_session,
    make_slot,
)
from tests.web.public.visitor import occupy, words


def page(visitor, **query):
    return words(visitor.get("activity", query, slug="sauveteur"))


def test_a_card_says_when_where_how_much_and_how_many_seats(visitor, session):
    shown = words(visitor.get("catalogue"))
    for said in ("Sauveteur secouriste", "Porter secours.", "Secourisme", "le 11 janvier 2027", "Nantes", "250,00 €"):
        assert said in shown
    assert "12 places restantes" in shown
    assert visitor.address("activity", slug="sauveteur") in shown


@pytest.mark.parametrize(("taken", "said"), [(0, "12 places restantes"), (11, "1 place restante"), (12, "Complet")])
def test_seats_are_said_as_they_are(taken, said, visitor, session):
    occupy(session, taken)
    assert said in page(visitor)
    assert said in words(visitor.get("catalogue"))
    assert ("Je m’inscris" in page(visitor)) is (taken < 12)
    assert "Secret" not in page(visitor)


def test_no_limit_is_said_too(visitor, session):
    Session.objects.update(capacity=None)
    assert "Places disponibles" in page(visitor)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"opens_at": NOW + timedelta(days=2)}, "Ouverture des inscriptions le mercredi 25 novembre 2026 à 10 h"),
        ({"closes_at": NOW}, "Inscriptions closes"),
        ({"state": "closed"}, "Inscriptions closes"),
    ],
)
def test_a_session_one_cannot_sign_up_to_is_shown_without_its_button(change, said, visitor, session):
    Session.objects.update(**change)
    assert said in page(visitor)
    assert "Je m’inscris" not in page(visitor)


@pytest.mark.parametrize(
    "change",
    [{"state": "draft"}, {"state": "cancelled"}, {"is_published": False}, {"kind": "intra"}, {"begins_at": NOW}],
)
def test_what_is_not_public_is_not_shown(change, visitor, session):
    Session.objects.update(**change)
    assert "Aucune date ouverte" in page(visitor)
    assert "Sauveteur" not in words(visitor.get("catalogue"))


def test_rates_are_offered_each_with_its_price(visitor, session):
    make_seat_type(session, "Salarié", price_cents=25_000)
    full = make_seat_type(session, "Étudiant", price_cents=9_000, capacity=1)
    old = make_seat_type(session, "Ancien", is_active=False)
    occupy(session, 1, full)
    shown = page(visitor)
    assert "Salarié, 250,00 €" in shown
    assert re.search(r"disabled>Étudiant, 90,00 € \(complet\)", shown)
    assert old.name not in shown


def test_hours_are_those_of_the_place(visitor, session):
    Session.objects.update(time_zone="Indian/Reunion")
    make_slot(session, datetime(2027, 1, 11, 5, tzinfo=UTC), datetime(2027, 1, 11, 8, 30, tzinfo=UTC))
    assert "9 h – 12 h 30 (heure locale, Reunion)" in page(visitor)


def test_days_apart_are_listed(visitor, session):
    Session.objects.update(ends_on=date(2027, 1, 18))
    for day in (11, 18):
        make_slot(session, datetime(2027, 1, day, 17, tzinfo=UTC), datetime(2027, 1, day, 18, 30, tzinfo=UTC))
    shown = page(visitor)
    assert "18 h – 19 h 30" in shown
    assert "Les 2 dates" in shown
    assert "lundi 18 janvier 2027" in shown


def test_free_and_exempt_are_said(visitor, session):
    Session.objects.update(price_cents=0)
    assert "Gratuit" in page(visitor)
    Session.objects.update(price_cents=10_000, vat_bp=0)
    assert "TTC" not in page(visitor)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "SECOURISTE"}, True), ({"q": "nantes"}, True), ({"q": "excel"}, False), ({"theme": "secourisme"}, True),
        ({"theme": "langues"}, False), ({"lieu": "Nantes"}, True), ({"lieu": "Brest"}, False),
        ({"lieu": "distance"}, False), ({"mois": "2027-01"}, True), ({"mois": "2027-02"}, False),
        ({"mois": "n’importe"}, True), ({"mois": "2027-13"}, True), ({"mois": "0-1"}, True), ({"page": "999"}, True),
        ({"page": "x", "per_page": "-1"}, True), ({"q": "x" * 5000}, False),
    ],
)  # fmt: skip
def test_the_catalogue_is_filtered_in_its_address(query, found, visitor, session):
    shown = visitor.get("catalogue", query)
    assert shown.status_code == 200
    assert ("Porter secours." in words(shown)) is found


@pytest.mark.parametrize("address", ["?q=%00", "?theme=a%00b", "formations/a%00/", "formations/sauveteur/?session=%00"])
def test_an_address_no_database_reads_is_a_bad_request(address, visitor, session):
    answer = visitor.browser.get(f"/rhone/{address}")
    assert answer.status_code == 400
    assert "<h1>" in words(answer)


def test_each_filter_in_force_has_its_cross(visitor, session):
    shown = words(visitor.get("catalogue", {"q": "secours", "lieu": "Nantes", "mois": "2027-01"}))
    assert 'href="?lieu=Nantes&mois=2027-01"' in shown
    assert 'href="?q=secours&mois=2027-01"' in shown
    assert "janvier 2027" in shown
    assert "noindex" in shown


def test_an_empty_catalogue_says_what_it_is_for(visitor, organisation):
    assert "Aucune date ouverte pour le moment" in words(visitor.get("catalogue"))
    assert "Aucune formation ne correspond" in words(visitor.get("catalogue", {"q": "zzz"}))


def test_one_date_can_be_pointed_at(visitor, session, activity):
    other = make_session(activity, starts_on=date(2027, 3, 1), ends_on=date(2027, 3, 1))
    shown = page(visitor, session=other.reference)
    assert "La date choisie" in shown
    assert "1er mars 2027" in shown
    assert "11 janvier" not in shown


@pytest.mark.parametrize("change", [{"state": "cancelled"}, {"is_published": False}, {"begins_at": NOW}])
def test_a_link_to_a_date_that_is_gone_says_so(change, visitor, session):
    Session.objects.update(**change)
    shown = page(visitor, session=session.reference)
    assert "Cette date n’est plus proposée" in shown
    assert "Voir toutes les dates" in shown
    assert "Cette date n’est plus proposée" in page(visitor, session="S-99999")


def test_many_dates_go_by_pages_and_by_month(visitor, activity, terms):
    for day in range(1, 29):
        make_session(activity, starts_on=date(2027, 2, day), ends_on=date(2027, 2, day), city=f"Ville {day % 3}")
    shown = page(visitor)
    assert "Dates 1 à 12 sur 28" in shown
    assert shown.count("session-what") == 12
    assert page(visitor, lieu="Ville 1", page="1").count("session-what") == 10
    assert page(visitor, mois="2027-03").count("session-what") == 0


def test_another_organisation_sees_nothing_of_it(session, other_counter):
    assert other_counter.get("activity", slug="sauveteur").status_code == 404
    assert "Sauveteur" not in words(other_counter.get("catalogue"))


def test_an_unpublished_activity_has_no_page(visitor, session, activity):
    type(activity).objects.update(is_published=False)
    assert visitor.get("activity", slug="sauveteur").status_code == 404


def test_terms_are_read_by_version(visitor, terms):
    assert "Version 1" in words(visitor.get("terms"))
    assert "Version 1" in words(visitor.get("terms-version", version=1))
    assert visitor.get("terms-version", version=9).status_code == 404


def test_the_legal_notice_is_there_once_written(visitor, organisation):
    assert visitor.get("legal").status_code == 404
    type(organisation).objects.update(legal_notice="Éditeur : nous.")
    assert "Éditeur : nous." in words(visitor.get("legal"))
