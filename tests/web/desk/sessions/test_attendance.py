"""The attendance sheet: a real PDF with who is expected and a box a sitting, for who may see the session."""

import io
from datetime import timedelta

import pytest
from pypdf import PdfReader

from comptoir.base import typeset
from comptoir.organisations.models import Staff
from tests.bookings.conftest import place  # noqa: F401  # a fixture
from tests.factories import make_client, make_registrations, make_slot, make_staff
from tests.web.desk.desk import Desk


@pytest.fixture
def sheet(place):  # noqa: F811
    client = make_client(place.organisation, "Ateliers du Lac #{sys}")
    make_registrations(place.session, people=[("Hugo", "Zola", ""), ("Élise", "Abadie", "")], booking_client=client)
    make_registrations(place.session, people=[("Karim", "Annulé", "")], state="cancelled")
    make_registrations(place.session, people=[("Nadia", "Patiente", "")], state="waiting")
    make_registrations(place.other, people=[("Ailleurs", "Personne", "")])
    first = place.session.begins_at
    for day in range(4):
        for hour in (9, 14):
            start = first + timedelta(days=day, hours=hour)
            make_slot(place.session, start, start + timedelta(hours=3))
    return place


def pages(response):
    assert response["Content-Type"] == "application/pdf"
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(response.content)).pages]


def test_it_lists_who_is_expected_by_name_and_every_sitting(sheet):
    desk = Desk(Staff.objects.get(pk=sheet.manager.staff_id))
    first, second = pages(desk.get("session-attendance", sheet.session.pk))
    for page in (first, second):  # eight sittings: six, then two
        assert page.index("Abadie Élise") < page.index("Zola Hugo")
        assert "Ateliers du Lac #{sys}" in page
        assert "Formateur" in page
        for absent in ("Annulé", "Patiente", "Personne"):
            assert absent not in page
    assert first.count("9 h – 12 h") == 3
    assert second.count("9 h – 12 h") == 1


def test_only_who_sees_the_session_has_it(sheet):
    stranger = Desk(make_staff(sheet.organisation, "manager"))
    assert stranger.get("session-attendance", sheet.session.pk).status_code == 404
    manager = Desk(Staff.objects.get(pk=sheet.manager.staff_id))
    assert manager.get("session-attendance", sheet.other.pk).status_code == 404


def test_a_typesetter_that_fails_says_so(sheet, monkeypatch):
    def fails(*_args):
        raise typeset.NotTypeset

    monkeypatch.setattr(typeset, "typeset", fails)
    desk = Desk(Staff.objects.get(pk=sheet.by.staff_id))
    assert desk.get("session-attendance", sheet.session.pk).status_code == 503
