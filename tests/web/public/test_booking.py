"""The page of one's booking, by its secret link, and the desk's user mode over it (C10, C11)."""

from datetime import UTC, datetime

import pytest
from icalendar import Calendar

from comptoir.bookings.links import link_of
from comptoir.bookings.models import Registration
from comptoir.catalogue.commands.rules import set_rules
from comptoir.catalogue.rules import Rules
from comptoir.journal.models import Entry
from comptoir.organisations.models import Staff
from tests.bookings.conftest import place  # noqa: F401  # a fixture
from tests.factories import NOW, make_organisation, make_registrations, make_slot
from tests.web.desk.desk import Desk, words

RIGHTS = {"until_days": "2", "hold_days": "15", "deposit_percent": "0", "offer_hours": "48", "reminder_days": "0"}
NEW = {"first_name": "Zoé", "last_name": "Vial", "email": "zoe@exemple.fr"}


@pytest.fixture
def booking(place):  # noqa: F811
    set_rules(activity_id=place.activity.pk, rules=Rules(may_cancel=True, may_rename=True), by=place.by, at=NOW)
    named = {"booking_contact_name": "Claire Lefèvre", "booking_contact_email": "claire@exemple.fr"}
    return make_registrations(place.session, people=[("Hugo", "Marchand", ""), ("Anne", "Roy", "")], **named)[0].booking


def address(booking, more="", *, link=None, slug=None):
    slug = slug or booking.organisation.slug
    return f"/{slug}/reservation/{booking.reference}/{link or link_of(booking)}/{more}"


def states(booking):
    return list(booking.registrations.order_by("position").values_list("state", flat=True))


def test_the_page_says_all_and_is_kept_by_nobody(booking, client):
    page = client.get(address(booking))
    for text in ("Hugo Marchand", "Anne Roy", "600,00", "En attente de paiement", "samedi 9 janvier 2027"):
        assert text in words(page), text
    assert page["Cache-Control"] == "private, no-store"
    assert page["Referrer-Policy"] == "strict-origin"
    assert 'content="noindex"' in page.content.decode()


def test_opening_the_link_changes_nothing(booking, client):
    for more in ("", "annulation/", f"inscrits/{booking.registrations.first().pk}/"):
        for method in (client.get, client.head):
            assert method(address(booking, more)).status_code == (405 if more else 200)
    assert states(booking) == ["validated", "validated"]


def test_another_link_is_no_page(booking, client):
    other = make_organisation("rhone")
    for where in (address(booking, link="x" * 43), address(booking, slug=other.slug), address(booking, link="é")):
        assert client.get(where).status_code == 404
        assert client.post(f"{where}annulation/").status_code == 404
    assert states(booking) == ["validated", "validated"]


def test_cancelled_by_its_registrant(booking, client):
    page = client.post(address(booking, "annulation/"), follow=True)
    assert "Votre réservation est annulée." in words(page)
    assert states(booking) == ["cancelled", "cancelled"]
    again = client.post(address(booking, "annulation/"))
    assert (again.status_code, "déjà annulée" in words(again)) == (409, True)


def test_a_participant_is_replaced_and_what_was_typed_stays(booking, client):
    row = booking.registrations.first()
    wrong = client.post(address(booking, f"inscrits/{row.pk}/"), NEW | {"last_name": "", "first_name": "Zoé-Lou"})
    assert wrong.status_code == 422
    assert 'value="Zoé-Lou"' in wrong.content.decode()
    odd = client.post(address(booking, f"inscrits/{row.pk}/"), NEW | {"first_name": "\u0007"})
    assert odd.status_code == 422
    assert "est remplacé" in words(client.post(address(booking, f"inscrits/{row.pk}/"), NEW, follow=True))
    assert str(Registration.objects.get(pk=row.pk)) == "Zoé Vial"
    assert client.post(address(booking, "inscrits/999999/"), NEW).status_code == 404


def test_what_is_not_allowed_is_neither_offered_nor_done(place, booking, client):  # noqa: F811
    set_rules(activity_id=place.activity.pk, rules=Rules(), by=place.by, at=NOW)
    page = words(client.get(address(booking)))
    assert "Annuler la réservation" not in page
    assert "écrivez à" in page
    assert client.post(address(booking, "annulation/")).status_code == 403
    row = booking.registrations.first()
    assert client.post(address(booking, f"inscrits/{row.pk}/"), NEW).status_code == 403
    assert states(booking) == ["validated", "validated"]


def test_user_mode_acts_under_both_names(place, booking):  # noqa: F811
    manager = Desk(Staff.objects.get(pk=place.manager.staff_id))
    page = manager.get("booking-user-mode", booking.reference)
    assert "Vous êtes sur la page de l’inscrit" in words(page)
    row = booking.registrations.first()
    manager.post("booking-user-rename", booking.reference, row.pk, data=NEW)
    manager.post("booking-user-cancel", booking.reference)
    assert states(booking) == ["cancelled", "cancelled"]
    acts = Entry.objects.filter(about=booking.reference).order_by("pk").values_list("what", "by_name", "as_name")
    assert list(acts) == [
        ("registration.renamed", place.manager.name, "Claire Lefèvre"),
        ("booking.cancelled-by-registrant", place.manager.name, "Claire Lefèvre"),
    ]


def test_user_mode_is_for_who_holds_the_whole(place, booking):  # noqa: F811
    manager = Desk(Staff.objects.get(pk=place.manager.staff_id))
    secret = make_registrations(place.other, people=[("Zoé", "Secret", "")])[0]
    Registration.objects.filter(pk=secret.pk).update(booking=booking, position=3)
    answers = [
        manager.get("booking-user-mode", booking.reference), manager.post("booking-user-cancel", booking.reference),
        manager.post("booking-user-rename", booking.reference, secret.pk, data=NEW),
    ]  # fmt: skip
    assert [one.status_code for one in answers] == [403, 403, 403]
    assert all("Secret" not in words(one) for one in answers)
    assert set(states(booking)) == {"validated"}


def test_the_rights_are_set_at_the_desk(place):  # noqa: F811
    desk = Desk(Staff.objects.get(pk=place.by.staff_id))
    assert "rien seuls" in words(desk.get("activity", place.activity.pk))
    assert desk.get("activity-rules", place.activity.pk).status_code == 200
    desk.post("activity-rules", place.activity.pk, data=RIGHTS | {"may_cancel": "on", "until_days": "5"})
    assert "jusqu’à 5 jours avant" in words(desk.get("activity", place.activity.pk))
    assert desk.post("activity-rules", place.activity.pk, data=RIGHTS | {"until_days": "500"}).status_code == 422
    manager = Desk(Staff.objects.get(pk=place.manager.staff_id))
    assert manager.post("activity-rules", place.activity.pk, data={"until_days": "1"}).status_code == 403


def test_the_booking_goes_into_a_calendar(place, booking, client):  # noqa: F811
    make_slot(place.session, datetime(2027, 1, 11, 8, tzinfo=UTC), datetime(2027, 1, 11, 11, tzinfo=UTC))
    make_slot(place.session, datetime(2027, 1, 11, 13, tzinfo=UTC), datetime(2027, 1, 11, 16, tzinfo=UTC))
    answer = client.get(address(booking, "agenda.ics"))
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    assert [one.decoded("dtstart").hour for one in events] == [8, 13]
    assert booking.reference in str(events[0]["description"])
    assert len({str(one["uid"]) for one in events}) == 2
    assert answer["Cache-Control"] == "private, no-store"
    client.post(address(booking, "annulation/"))
    assert Calendar.from_ical(client.get(address(booking, "agenda.ics")).content).walk("VEVENT") == []
    assert client.get(address(booking, "agenda.ics", link="x" * 43)).status_code == 404


def test_its_reference_is_a_picture(booking, client):
    answer = client.get(address(booking, "code.svg"))
    assert answer["Content-Type"] == "image/svg+xml"
    assert answer.content.startswith(b"<?xml")
    assert "code.svg" in client.get(address(booking)).content.decode()
    assert client.get(address(booking, "code.svg", link="x" * 43)).status_code == 404
