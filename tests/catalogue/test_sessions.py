"""Sessions made and changed: every field checked, every fault told, references in a row."""

from datetime import UTC, date, datetime, time

import pytest

from comptoir.base.errors import Forbidden, Missing, Refusal
from comptoir.catalogue.commands import sessions, slots
from comptoir.catalogue.details import SessionDetails
from comptoir.catalogue.hours import SlotTimes
from comptoir.catalogue.models import Session
from comptoir.catalogue.planning import times_of
from comptoir.catalogue.states import HalfDay
from comptoir.journal.models import Entry
from tests.catalogue.conftest import faults
from tests.factories import NOW, actor_of, make_staff

DAY = date(2027, 1, 11)


def create(by, activity, half_days=(), **fields):
    details = SessionDetails(**{"starts_on": DAY, "city": "Évreux", "place": "Salle Œuvre", **fields})
    pk = sessions.create_session(activity_id=activity.pk, details=details, half_days=half_days, by=by, at=NOW)
    return Session.objects.get(pk=pk)


def change(by, session, **fields):
    details = SessionDetails(**{"starts_on": session.starts_on, "ends_on": session.ends_on, **fields})
    sessions.change_session(session_id=session.pk, details=details, by=by, at=NOW)
    session.refresh_from_db()


def test_a_session_is_a_draft_with_the_next_reference(by, activity):
    made = [create(by, activity) for _ in range(2)]
    assert [one.reference for one in made] == ["S-00001", "S-00002"]
    assert {(one.state, one.is_published, one.ends_on) for one in made} == {("draft", False, DAY)}
    assert made[0].search_key == "s 00001 salle oeuvre evreux"
    assert list(Entry.objects.order_by("pk").values_list("what", "about")) == [
        ("session.created", "S-00001"), ("session.created", "S-00002"),
    ]  # fmt: skip


def test_half_days_are_planned_on_working_days_at_once(by, activity):
    friday, monday = date(2027, 1, 15), date(2027, 1, 18)
    made = create(by, activity, half_days=list(HalfDay), starts_on=friday, ends_on=monday)
    assert [(one.on, one.start) for one in times_of(made)] == [
        (friday, time(9)), (friday, time(13, 30)), (monday, time(9)), (monday, time(13, 30)),
    ]  # fmt: skip


def test_half_days_of_a_week_end_are_planned_on_the_week_end(by, activity):
    saturday, sunday = date(2027, 1, 16), date(2027, 1, 17)
    made = create(by, activity, half_days=["morning"], starts_on=saturday, ends_on=sunday)
    assert [one.on for one in times_of(made)] == [saturday, sunday]


def test_every_field_at_fault_is_named_at_once(by, activity, stranger):
    wrong = {
        "kind": "outer", "starts_on": date(2027, 1, 11), "ends_on": date(2027, 1, 10), "time_zone": "Europe/Paname",
        "place": "x" * 161, "remote_url": "javascript:alert(1)", "capacity": 0, "price_cents": -1, "vat_bp": 10_001,
        "opens_at": NOW, "closes_at": NOW, "owner_id": stranger.staff_id, "assistant_id": 404,
        "manager_ids": frozenset({by.staff_id, stranger.staff_id}),
    }  # fmt: skip
    with pytest.raises(Refusal) as refused:
        create(by, activity, **wrong)
    assert set(faults(refused.value)) == {
        "kind", "ends_on", "time_zone", "place", "remote_url", "capacity", "price", "vat", "closes_at", "owner",
        "assistant", "managers",
    }  # fmt: skip
    assert not Session.objects.exists()
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"starts_on": date(26, 1, 11)}, "starts_on"),
        ({"ends_on": date(2207, 1, 11)}, "ends_on"),
        ({"remote_url": "https://visio.test/salle"}, "remote_url"),
        ({"is_remote": True, "remote_url": "https://"}, "remote_url"),
        ({"is_remote": True, "remote_url": "https://[::1"}, "remote_url"),
        ({"capacity": 100_001}, "capacity"),
        ({"price_cents": 100_000_001}, "price"),
        ({"remote_url": "https://visio.test/" + "x" * 300, "is_remote": True}, "remote_url"),
    ],
)
def test_one_field_at_fault(by, activity, fields, field):
    with pytest.raises(Refusal) as refused:
        create(by, activity, **fields)
    assert set(faults(refused.value)) == {field}


def test_an_activity_of_another_organisation_is_unknown(activity, stranger):
    with pytest.raises(Refusal) as refused:
        create(stranger, activity)
    assert refused.value.field == "activity"


def test_a_change_is_written_and_journalled_with_the_fields_only(by, session, organisation):
    other = make_staff(organisation, "manager")
    keep = {"city": "Nantes", "place": "Salle Loire", "capacity": 12, "price_cents": 25_000}
    change(by, session, **keep)
    assert not Entry.objects.exists(), "nothing changed"
    change(by, session, **{**keep, "price_cents": 30_000, "city": "Rezé"}, manager_ids=frozenset({other.pk}))
    assert (session.price_cents, session.city, session.search_key[-4:]) == (30_000, "Rezé", "reze")
    assert list(session.managers.all()) == [other]
    assert Entry.objects.get().detail == {"id": session.pk, "fields": ["city", "price_cents", "managers"]}


def test_a_session_turned_intra_leaves_the_counter(by, session):
    change(by, session, kind="intra")
    assert not session.is_published


def test_the_days_of_a_planned_session_are_those_of_its_slots(by, session):
    slots.set_slots(session_id=session.pk, slots=[SlotTimes(DAY, time(9), time(12))], by=by, at=NOW)
    with pytest.raises(Refusal) as refused:
        change(by, session, ends_on=date(2027, 1, 12))
    assert refused.value.field == "starts_on"
    change(by, session, city="Rezé")
    assert session.city == "Rezé"


def test_hours_on_the_wall_stay_when_the_zone_is_put_right(by, session):
    slots.set_slots(session_id=session.pk, slots=[SlotTimes(DAY, time(9), time(12))], by=by, at=NOW)
    change(by, session, time_zone="Indian/Reunion")
    assert times_of(session) == [SlotTimes(DAY, time(9), time(12))]
    assert session.slots.get().starts_at == datetime(2027, 1, 11, 5, tzinfo=UTC)
    assert session.starts_on == DAY


def test_managers_are_set_by_themselves_too(by, session, organisation, stranger):
    pair = [make_staff(organisation, "manager") for _ in range(2)]
    for _ in range(2):
        sessions.set_managers(session_id=session.pk, staff_ids=[one.pk for one in pair], by=by, at=NOW)
    assert set(session.managers.all()) == set(pair)
    assert Entry.objects.count() == 1
    with pytest.raises(Refusal) as refused:
        sessions.set_managers(session_id=session.pk, staff_ids=[stranger.staff_id], by=by, at=NOW)
    assert refused.value.field == "managers"


@pytest.mark.parametrize("role", ["sales_rep", "manager"])
def test_readers_do_not_write(organisation, activity, session, role):
    reader = actor_of(make_staff(organisation, role))
    session.managers.add(reader.staff_id)
    with pytest.raises(Forbidden):
        create(reader, activity)
    with pytest.raises(Forbidden):
        change(reader, session)
    create(actor_of(make_staff(organisation, "assistant")), activity)


def test_another_organisation_s_session_does_not_exist(session, stranger):
    with pytest.raises(Missing):
        change(stranger, session)
    with pytest.raises(Missing):
        sessions.set_managers(session_id=session.pk, staff_ids=[], by=stranger, at=NOW)
