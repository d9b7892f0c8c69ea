"""Rates and add-ons at the desk: added, refused with what was typed, changed, taken off the offer and put back."""

import pytest

from comptoir.catalogue.models import AddOn, SeatType
from tests.factories import make_activity, make_organisation, make_session, make_staff
from tests.web.desk.desk import Desk, words

LISTS = {
    "seat-type": (SeatType, {"name": "Adhérent", "price": "12,50", "capacity": "3", "rank": "2"}),
    "add-on": (AddOn, {"name": "Déjeuner", "price": "12,50", "capacity": "3", "rank": "2", "most": "4"}),
}


@pytest.fixture(params=LISTS)
def listed(request, db):
    organisation = make_organisation()
    session = make_session(make_activity(organisation))
    return request.param, *LISTS[request.param], session, Desk(make_staff(organisation))


def test_added_changed_and_taken_off(listed):
    name, model, said, session, desk = listed
    assert desk.get(f"{name}-new", session.pk).status_code == 200
    assert desk.post(f"{name}-new", session.pk, data=said).status_code == 302
    row = model.objects.get()
    assert (row.name, row.price_cents, row.capacity, row.rank, row.is_active) == (said["name"], 1_250, 3, 2, True)
    assert getattr(row, "most", 4) == 4
    assert 'value="12,50"' in words(desk.get(name, row.pk))
    desk.post(name, row.pk, data=said | {"price": "9", "capacity": ""})
    row.refresh_from_db()
    assert (row.price_cents, row.capacity) == (900, None)
    desk.post(f"{name}-offer", row.pk)
    assert not model.objects.get().is_active
    desk.post(f"{name}-offer", row.pk, data={"offer": "1"})
    assert model.objects.get().is_active
    assert said["name"] in words(desk.get("session", session.pk))


@pytest.mark.parametrize("fault", [{"name": ""}, {"price": "-1"}, {"capacity": "0"}, {"rank": "1000"}])
def test_a_fault_is_said_and_nothing_is_kept(listed, fault):
    name, model, said, session, desk = listed
    page = desk.post(f"{name}-new", session.pk, data=said | fault)
    assert page.status_code == 422
    assert not model.objects.exists()


def test_a_name_is_given_once_in_a_session(listed):
    name, model, said, session, desk = listed
    desk.post(f"{name}-new", session.pk, data=said)
    page = desk.post(f"{name}-new", session.pk, data=said | {"name": said["name"].upper()})
    assert page.status_code == 422
    assert "de ce nom" in words(page)
    assert model.objects.count() == 1


def test_a_participant_takes_no_more_than_a_score(db):
    organisation = make_organisation()
    session = make_session(make_activity(organisation))
    page = Desk(make_staff(organisation)).post("add-on-new", session.pk, data=LISTS["add-on"][1] | {"most": "21"})
    assert page.status_code == 422
    assert "de 1 à 20" in words(page)


def test_add_ons_follow_a_copy(db):
    organisation = make_organisation()
    session = make_session(make_activity(organisation))
    desk = Desk(make_staff(organisation))
    desk.post("add-on-new", session.pk, data=LISTS["add-on"][1])
    desk.post("session-copy", session.pk, data={"starts_on": "2027-03-01"})
    copied = AddOn.objects.exclude(session=session).get()
    assert (copied.name, copied.price_cents, copied.most, copied.capacity) == ("Déjeuner", 1_250, 4, 3)
