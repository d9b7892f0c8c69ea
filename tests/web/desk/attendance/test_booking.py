"""Where the code of a booking leads: the door for anybody, the check-in for staff; its people, one by one or all."""

import io

import pytest
import segno
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from comptoir.attendance.models import Presence
from comptoir.bookings.commands import moving
from comptoir.bookings.links import address_of, door_of, link_of
from comptoir.journal.models import Entry
from tests.attendance.conftest import MORNING, TOMORROW
from tests.factories import NOW, make_organisation, make_registrations, make_session, make_staff, make_user
from tests.web.desk.attendance.test_session import key
from tests.web.desk.desk import Desk, said, words

PEOPLE = [("Hugo", "Marchand", ""), ("Anne", "Vial", ""), ("Zoé", "Roy", "")]


@pytest.fixture
def booking(hall):
    return make_registrations(hall.session, people=PEOPLE)[0].booking


def path_of(address):
    return "/" + address.split("/", 3)[3]


def press(desk, booking, row, starts_at=MORNING, *, present="1", htmx=False):
    where = desk.address("check-in-booking-mark", booking.reference, row.pk) + f"?seance={key(starts_at)}"
    headers = {"HX-Request": "true"} if htmx else {}
    return desk.browser.post(where, {"present": present} if present else {}, headers=headers)


def press_all(desk, booking, session, starts_at=MORNING):
    where = desk.address("check-in-booking-all", booking.reference, session.pk) + f"?seance={key(starts_at)}"
    return desk.browser.post(where, follow=True)


def moved_to(row, booking, position):
    row.booking, row.position = booking, position
    row.save(update_fields=["booking", "position"])
    return row


def test_the_code_holds_the_door_and_no_secret(booking, client):
    picture = client.get(path_of(address_of(booking)) + "code.svg").content
    drawn = io.BytesIO()
    segno.make(door_of(booking), error="m").save(drawn, kind="svg", scale=6, light="white")
    assert picture == drawn.getvalue()
    assert link_of(booking) not in door_of(booking)
    assert door_of(booking).endswith(f"/loire/entree/{booking.reference}/")


def test_staff_go_to_the_check_in_and_others_learn_nothing(booking, hall, desk, stranger):
    door = path_of(door_of(booking))
    answer = desk.browser.get(door)
    assert (answer.status_code, answer.url) == (302, desk.address("check-in-booking", booking.reference))
    assert answer["Cache-Control"] == "private, no-store"
    assert stranger.browser.get(door, follow=True).status_code == 404  # not their session
    neighbour, contact = Client(), Client()
    neighbour.force_login(make_staff(make_organisation("rhone")).user)
    contact.force_login(make_user())
    for browser in (Client(), neighbour, contact):
        real, unknown = (browser.get(one) for one in (door, door.replace(booking.reference, "R-INCONNUE")))
        assert real.status_code == unknown.status_code == 200
        assert "Ce code se présente à l’entrée" in words(real)
        assert "Marchand" not in words(real)
        assert link_of(booking) not in words(real)
        assert words(real).replace(booking.reference, "R-INCONNUE") == words(unknown)


def test_signed_in_once_the_code_leads_to_the_check_in(booking, hall):
    visitor = Client()
    asked = visitor.get(Desk(hall.admin).address("check-in-booking", booking.reference))
    assert asked.status_code == 302
    assert f"next=/loire/bureau/pointage/{booking.reference}/" in asked.url


def test_the_registrant_s_page_is_as_before(booking, desk, client):
    page = path_of(address_of(booking))
    for browser in (client, desk.browser):
        assert "Votre réservation" in words(browser.get(page))


def test_its_people_of_today_with_a_button_each(booking, manager):
    page = words(manager.get("check-in-booking", booking.reference))
    for text in ("Aujourd’hui", "9 h – 12 h", "Marchand Hugo", "Vial Anne", "Roy Zoé", "Tous présents", "(3)",
                 "En attente de paiement"):  # fmt: skip
        assert text in page, text
    assert page.count('name="present"') == 3


def test_one_then_all_then_one_taken_back(booking, hall, desk):
    first, second, third = booking.registrations.order_by("position")
    answer = press(desk, booking, first)
    assert answer.url == desk.address("check-in-booking", booking.reference) + f"#p-{first.pk}"
    moving.withdraw_registration(booking_id=booking.pk, registration_id=third.pk, by=hall.by, at=NOW)
    assert said(press_all(desk, booking, hall.session)) == ["1 personne est pointée."]
    assert said(press_all(desk, booking, hall.session)) == ["0 personne est pointée."]
    page = words(desk.get("check-in-booking", booking.reference))
    assert page.count("Pointé le 23 nov. 2026, 10 h par Camille Vasseur") == 2
    assert "Inscription retirée : cette personne n’a plus de place." in page
    assert "Tous présents" not in page
    press(desk, booking, second, present="")
    assert list(Presence.objects.values_list("registration", flat=True)) == [first.pk]
    assert Entry.objects.filter(about=booking.reference, what__startswith="attendance.").count() == 3
    assert "Présence pointée" in words(desk.get("booking", booking.reference))
    assert "séance 23 nov. 2026, 9 h" in words(desk.get("journal"))


def test_with_scripts_the_session_is_sent_again(booking, desk):
    answer = press(desk, booking, booking.registrations.first(), htmx=True)
    assert "<html" not in words(answer)
    assert "Retirer" in words(answer)
    assert "(2)" in words(answer)


@pytest.mark.parametrize(("state", "word"), [("cancelled", "Inscription annulée"), ("waiting", "Sur liste d’attente")])
def test_honest_words_for_who_is_not_expected(state, word, hall, desk):
    booking = make_registrations(hall.session, 2, state=state)[0].booking
    page = words(desk.get("check-in-booking", booking.reference))
    assert word in page
    assert 'name="present"' not in page
    assert "Tous présents" not in page
    for htmx in (False, True):
        answer = press(desk, booking, booking.registrations.first(), htmx=htmx)
        assert answer.status_code == 409
        assert word in words(answer)
    assert said(press_all(desk, booking, hall.session)) == ["0 personne est pointée."]
    assert not Presence.objects.exists()


def test_not_today_says_which_day(hall, desk):
    (row,) = make_registrations(make_session(hall.activity))
    page = words(desk.get("check-in-booking", row.booking.reference))
    assert "Pas aujourd’hui" in page
    assert "cette séance a lieu lundi 11 janvier 2027" in page
    assert 'name="present"' not in page


def test_a_press_of_a_page_too_old_is_refused(booking, hall, desk):
    row = booking.registrations.first()
    assert press(desk, booking, row, TOMORROW).status_code == 409
    answer = press_all(desk, booking, hall.session, TOMORROW)
    assert answer.status_code == 409
    assert "mardi 24 novembre 2026" in words(answer)
    assert not Presence.objects.exists()


def test_other_sessions_of_the_booking(booking, hall, desk, manager):
    later = make_session(hall.activity, managers=[hall.manager])
    (row,) = make_registrations(later, people=[("Plus", "Tard", "")])
    moved_to(row, booking, 8)
    (hidden,) = make_registrations(hall.other, people=[("Karim", "Ailleurs", "")])
    moved_to(hidden, booking, 9)
    page = words(manager.get("check-in-booking", booking.reference))
    assert "Ses autres sessions" in page
    assert "lundi 11 janvier 2027" in page
    assert "Une autre personne de cette réservation est inscrite à une session que vous ne gérez pas." in page
    assert "Ailleurs" not in page
    assert "Ailleurs Karim" in words(desk.get("check-in-booking", booking.reference))
    assert press(manager, booking, hidden).status_code == 404
    assert press_all(manager, booking, hall.other).status_code == 404
    refreshed = press(desk, booking, row, later.begins_at, htmx=True)
    assert refreshed["HX-Refresh"] == "true"
    assert not Presence.objects.exists()


def test_nobody_outside_the_perimeter(booking, hall, stranger):
    for who in (stranger, Desk(make_staff(make_organisation("rhone")))):
        assert who.get("check-in-booking", booking.reference).status_code == 404
        assert press(who, booking, booking.registrations.first()).status_code == 404
        assert press_all(who, booking, hall.session).status_code == 404
    assert not Presence.objects.exists()


def test_somebody_of_another_booking_is_not_marked_here(booking, hall, desk):
    (other,) = make_registrations(hall.session)
    for htmx in (False, True):
        assert press(desk, booking, other, htmx=htmx).status_code == 404
    assert press_all(desk, booking, hall.other).status_code == 404
    assert not Presence.objects.exists()


def test_a_press_needs_a_form_of_ours(booking, hall):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(hall.admin.user)
    where = Desk(hall.admin).address("check-in-booking-mark", booking.reference, booking.registrations.first().pk)
    assert browser.post(f"{where}?seance={key(MORNING)}", {"present": "1"}).status_code == 403
    assert not Presence.objects.exists()


def test_the_page_costs_the_same_for_one_and_for_many(hall, desk):
    def cost(booking):
        with CaptureQueriesContext(connection) as asked:
            assert desk.get("check-in-booking", booking.reference).status_code == 200
        return len(asked)

    one = make_registrations(hall.session)[0].booking
    many = make_registrations(hall.session, 6)[0].booking
    for number in range(3):
        day = {"starts_on": NOW.date(), "ends_on": NOW.date()} if number else {}
        moved_to(make_registrations(make_session(hall.activity, **day))[0], many, 20 + number)
    assert cost(many) == cost(one)
