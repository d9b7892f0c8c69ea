"""A session created and changed from its form: every fault beside its field, nothing typed lost."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from comptoir.catalogue.models import Session
from comptoir.catalogue.planning import times_of
from comptoir.journal.models import Entry
from tests.factories import make_organisation, make_session, make_staff
from tests.web.desk.sessions.conftest import DESK, errors, text

NEW = f"{DESK}sessions/nouvelle/"


def form(activity=None, **fields):
    values = {
        "kind": "inter", "starts_on": "2077-01-06", "ends_on": "2077-01-07", "half_days": ["morning", "afternoon"],
        "time_zone": "Europe/Paris", "city": "Évreux", "place": "Salle A", "capacity": "12", "price": "1 250,50",
        "vat": "550", "closes_at": "2077-01-05T18:00",
    }  # fmt: skip
    return values | ({"activity": activity.pk} if activity else {}) | fields


def test_the_form_offers_what_there_is(signed_in, activity):
    shown = text(signed_in().get(f"{NEW}?activity={activity.pk}"))
    assert f'<option value="{activity.pk}" selected>' in shown
    assert "La Réunion" in shown


def test_a_session_is_made_as_written(signed_in, activity, organisation):
    client = signed_in("assistant")
    manager = make_staff(organisation, "manager")
    response = client.post(NEW, form(activity, managers=[manager.pk], owner=client.staff.pk))
    made = Session.objects.get()
    assert response["Location"] == f"{DESK}sessions/{made.pk}/"
    assert (made.price_cents, made.vat_bp, made.capacity, made.city) == (125_050, 550, 12, "Évreux")
    assert (made.starts_on, made.ends_on, len(times_of(made))) == (date(2077, 1, 6), date(2077, 1, 7), 4)
    assert made.closes_at == datetime(2077, 1, 5, 18, tzinfo=ZoneInfo("Europe/Paris"))
    assert list(made.managers.all()) == [manager]
    assert Entry.objects.get(about=made.reference).what == "session.created"


def test_what_is_left_empty_has_its_meaning(signed_in, activity):
    signed_in().post(NEW, form(activity, ends_on="", half_days=[], capacity="", price="", closes_at="", place=""))
    made = Session.objects.get()
    assert (made.ends_on, made.capacity, made.price_cents, made.closes_at) == (made.starts_on, None, 0, None)
    assert not made.slots.exists()


@pytest.mark.parametrize(
    ("wrong", "fields"),
    [
        ({"starts_on": "demain", "price": "cher", "capacity": "douze"}, {"starts_on", "price", "capacity"}),
        ({"price": "1,005"}, {"price"}),
        ({"price": "NaN"}, {"price"}),
        ({"price": "-5", "ends_on": "2077-01-01", "remote_url": "x"}, {"price", "ends_on", "remote_url"}),
        ({"activity": "404", "kind": "x", "time_zone": "Mars", "vat": "33"}, {"activity", "kind", "time_zone", "vat"}),
        ({"owner": "404", "managers": ["404"], "half_days": ["night"]}, {"owner", "managers", "half_days"}),
        ({"opens_at": "2077-01-05T19:00"}, {"closes_at"}),
        ({"capacity": "0", "price": "1,005", "ends_on": "2077-01-01"}, {"capacity", "price", "ends_on"}),
        ({"starts_on": "x", "closes_at": "x", "capacity": "0"}, {"starts_on", "closes_at", "capacity"}),
        ({"capacity": "0"}, {"capacity"}),
        ({"city": "x" * 81}, {"city"}),
        ({"starts_on": "", "kind": ""}, {"starts_on", "kind"}),
    ],
)
def test_each_fault_is_beside_its_field_and_what_was_typed_stays(signed_in, activity, wrong, fields):
    response = signed_in().post(NEW, form(activity, place="Chez <Zoé>") | wrong)
    assert response.status_code == 422
    assert errors(response) == fields
    shown = text(response)
    assert 'value="Chez &lt;Zoé&gt;"' in shown
    assert 'role="alert"' in shown
    assert not Session.objects.exists()


def test_staff_and_activities_of_others_are_not_offered_nor_taken(signed_in, activity, organisation):
    other = make_organisation("rhone")
    stranger = make_staff(other)
    client = signed_in()
    assert f'value="{stranger.pk}"' not in text(client.get(NEW)).split('name="managers"')[-1]
    assert errors(client.post(NEW, form(activity, managers=[stranger.pk]))) == {"managers"}


def test_a_session_is_changed_and_opening_its_form_changes_nothing(signed_in, session):
    client = signed_in()
    address = f"{DESK}sessions/{session.pk}/modifier/"
    before = Session.objects.values().get()
    shown = text(client.get(address))
    assert 'value="250,00"' in shown
    assert Session.objects.values().get() == before
    response = client.post(address, form(city="Rezé", price="99,9", starts_on="2077-03-01", ends_on="2077-03-02"))
    assert response.status_code == 302
    session.refresh_from_db()
    assert (session.city, session.price_cents, session.starts_on) == ("Rezé", 9_990, date(2077, 3, 1))


def test_a_form_sent_back_untouched_changes_nothing(signed_in, activity, organisation):
    client = signed_in()
    manager = make_staff(organisation, "manager", is_active=False)
    session = make_session(activity, vat_bp=850, owner=manager, time_zone="America/Nome", managers=[manager])
    address = f"{DESK}sessions/{session.pk}/modifier/"
    before = Session.objects.values().get()
    asked = client.get(address).context["form"]
    sent = {name: asked[name].value() for name in asked.fields if asked[name].value() not in (None, "", False)}
    assert client.post(address, sent).status_code == 302
    assert Session.objects.values().get() == before
    assert list(session.managers.all()) == [manager], "one who left stays named"
    assert not Entry.objects.exists()


def test_a_planned_session_keeps_the_days_of_its_slots(signed_in, activity):
    client = signed_in()
    client.post(NEW, form(activity))
    made = Session.objects.get()
    address = f"{DESK}sessions/{made.pk}/modifier/"
    assert 'name="starts_on"' not in text(client.get(address))
    client.post(address, form(city="Rezé", starts_on="2130-01-01"))
    made.refresh_from_db()
    assert (made.city, made.starts_on) == ("Rezé", date(2077, 1, 6))


@pytest.mark.parametrize("role", ["sales_rep", "manager"])
def test_readers_are_refused(signed_in, session, role):
    client = signed_in(role)
    session.managers.add(client.staff)
    for address in (NEW, f"{DESK}sessions/{session.pk}/modifier/"):
        assert client.get(address).status_code == client.post(address, form()).status_code == 403
    assert Session.objects.get().city == "Nantes"


def test_another_organisation_s_session_is_not_there(signed_in, activity):
    session = make_session(activity)
    client = signed_in("administrator", make_organisation("rhone"))
    address = f"/rhone/bureau/sessions/{session.pk}/modifier/"
    assert client.get(address).status_code == client.post(address, form()).status_code == 404
