"""The check-in of a session: a sitting, its people, one press each; with and without scripts."""

from datetime import UTC, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comptoir.attendance import commands
from comptoir.attendance.models import Presence
from comptoir.attendance.sittings import KEY
from comptoir.catalogue.commands import slots
from tests.attendance.conftest import AFTERNOON, MORNING, TOMORROW
from tests.factories import NOW, make_organisation, make_registrations, make_staff
from tests.web.desk.desk import Desk, words


def key(starts_at):
    return starts_at.astimezone(UTC).strftime(KEY)


def press(desk, hall, row, starts_at=MORNING, *, present="1", more="", htmx=False):
    address = desk.address("check-in-mark", hall.session.pk, row.pk)
    headers = {"HX-Request": "true"} if htmx else {}
    where = f"{address}?seance={key(starts_at)}{more}"
    return desk.browser.post(where, {"present": present} if present else {}, headers=headers)


@pytest.fixture
def rows(hall):
    return make_registrations(hall.session, people=[("Hugo", "Marchand", ""), ("Anne", "Vial", "")])


def test_the_sitting_of_now_with_its_people_and_how_many_are_there(rows, hall, manager):
    page = manager.get("check-in", hall.session.pk)
    for text in ("lundi 23 novembre 2026, 9 h – 12 h", "0 présent sur 2", "Marchand Hugo", "Vial Anne",
                 "En attente de paiement", rows[0].booking.reference):  # fmt: skip
        assert text in words(page), text
    other = manager.get("check-in", hall.session.pk, query={"seance": key(AFTERNOON)})
    assert "14 h – 17 h" in words(other).split("<h2")[1]


def test_present_then_taken_back(rows, hall, desk):
    answer = press(desk, hall, rows[0], more="&nom=Hugo")
    assert answer.status_code == 302
    assert answer.url.endswith(f"?seance={key(MORNING)}&nom=Hugo#p-{rows[0].pk}")
    page = words(desk.get("check-in", hall.session.pk))
    assert "1 présent sur 2" in page
    assert "Pointé le 23 nov. 2026, 10 h par Camille Vasseur" in page
    assert Presence.objects.get().registration_id == rows[0].pk
    press(desk, hall, rows[0], present="")
    assert not Presence.objects.exists()
    assert "0 présent sur 2" in words(desk.get("check-in", hall.session.pk))


def test_with_scripts_only_the_line_and_the_count_are_sent(rows, hall, desk):
    answer = press(desk, hall, rows[0], htmx=True)
    assert answer.status_code == 200
    assert "<html" not in words(answer)
    for text in ("Marchand Hugo", "1 présent sur 2", "Retirer", 'hx-swap-oob="innerHTML"'):
        assert text in words(answer), text
    assert "Vial" not in words(answer)


def test_reading_changes_nothing_and_only_a_post_marks(rows, hall, desk):
    assert desk.get("check-in-mark", hall.session.pk, rows[0].pk).status_code == 405
    desk.get("check-in", hall.session.pk)
    assert not Presence.objects.exists()


@pytest.mark.parametrize("htmx", [False, True])
def test_a_refusal_is_said_where_one_pressed(hall, desk, htmx):
    (row,) = make_registrations(hall.session, people=[("Nadia", "Patiente", "")], state="waiting")
    answer = press(desk, hall, row, htmx=htmx)
    assert answer.status_code == 409
    assert "Sur liste d’attente : cette personne n’a pas de place." in words(answer)
    assert not Presence.objects.exists()


def test_a_day_to_come_has_no_button_and_says_its_day(rows, hall, desk):
    page = desk.get("check-in", hall.session.pk, query={"seance": key(TOMORROW)})
    assert "Pas aujourd’hui : cette séance a lieu mardi 24 novembre 2026, elle se pointe ce jour-là." in words(page)
    assert 'name="present"' not in words(page)
    assert press(desk, hall, rows[0], TOMORROW).status_code == 409
    assert not Presence.objects.exists()


def test_a_sitting_that_is_none_marks_nobody(rows, hall, desk):
    for starts_at in (MORNING + timedelta(minutes=1), TOMORROW + timedelta(days=30)):
        for htmx in (False, True):
            press(desk, hall, rows[0], starts_at, htmx=htmx)
    address = desk.address("check-in-mark", hall.session.pk, rows[0].pk)
    for query in ("", "?seance=hier", "?seance=%00"):
        assert desk.browser.post(address + query, {"present": "1"}).status_code in {400, 409}
    assert not Presence.objects.exists()


def test_the_search_finds_also_those_not_expected(rows, hall, desk):
    make_registrations(hall.session, people=[("Nadia", "Patiente", "")], state="waiting")
    assert "Patiente" not in words(desk.get("check-in", hall.session.pk))
    found = words(desk.get("check-in", hall.session.pk, query={"nom": "patiente"}))
    assert "Patiente Nadia" in found
    assert "Sur liste d’attente" in found
    assert "Marchand" not in found
    by_reference = words(desk.get("check-in", hall.session.pk, query={"nom": rows[0].booking.reference}))
    assert "Marchand Hugo" in by_reference
    nobody = words(desk.get("check-in", hall.session.pk, query={"nom": "<b>zzqqzz"}))
    assert "Personne n’est trouvé pour « <b>zzqqzz »" in nobody
    assert b"<b>zzqqzz" not in desk.get("check-in", hall.session.pk, query={"nom": "<b>zzqqzz"}).content


def test_marks_of_a_moved_session_are_read_and_taken_back(rows, hall, desk):
    commands.mark_present(registration_id=rows[0].pk, starts_at=MORNING, by=hall.by, at=NOW)
    slots.shift_session(session_id=hall.session.pk, starts_on=NOW.date() + timedelta(days=7), by=hall.by, at=NOW)
    page = words(desk.get("check-in", hall.session.pk, query={"seance": key(MORNING)}))
    assert "(hors programme)" in page
    assert "1 présent sur 2" in page
    assert 'name="present"' not in page
    assert "1 présent sur 2" in words(desk.get("session", hall.session.pk))
    answer = press(desk, hall, rows[0], present="", htmx=True)
    assert answer["HX-Refresh"] == "true"
    assert not Presence.objects.exists()


def test_nobody_outside_the_perimeter(rows, hall, manager, stranger):
    (elsewhere,) = make_registrations(hall.other)
    neighbour = Desk(make_staff(make_organisation("rhone")))
    for who in (stranger, neighbour):
        assert who.get("check-in", hall.session.pk).status_code == 404
        assert press(who, hall, rows[0]).status_code == 404
    for htmx in (False, True):
        assert press(manager, hall, elsewhere, htmx=htmx).status_code == 404  # not of that session
    assert manager.get("check-in", hall.other.pk).status_code == 404
    assert not Presence.objects.exists()


def test_somebody_of_another_session_is_not_marked_here(hall, desk):
    (elsewhere,) = make_registrations(hall.other)
    for htmx in (False, True):
        assert press(desk, hall, elsewhere, hall.other.begins_at, htmx=htmx).status_code == 404
    assert not Presence.objects.exists()


def test_the_session_says_how_many_were_there_and_leads_here(rows, hall, desk):
    page = words(desk.get("session", hall.session.pk))
    assert "présent sur" not in page
    assert desk.address("check-in", hall.session.pk) in page
    press(desk, hall, rows[0])
    assert "1 présent sur 2" in words(desk.get("session", hall.session.pk))


def queries_of(desk, hall):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert desk.get("check-in", hall.session.pk).status_code == 200
    return len(asked)


def test_the_page_costs_the_same_for_one_and_for_many(hall, desk):
    (row,) = make_registrations(hall.session)
    press(desk, hall, row)
    before = queries_of(desk, hall)
    for one in make_registrations(hall.session, 5):
        press(desk, hall, one)
        press(desk, hall, one, AFTERNOON)
    assert queries_of(desk, hall) == before
