"""Conflicts of a session, and the planning: who may see what, what clashes with what, at what cost."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comptoir.base.errors import Forbidden, Invalid, Missing
from comptoir.catalogue import agenda, queries
from comptoir.catalogue.commands.copies import copy_session
from comptoir.catalogue.commands.trainers import set_trainers
from comptoir.catalogue.conflicts import Sitting, clashes, room_of, with_clients
from comptoir.catalogue.models import Session, Trainer
from comptoir.catalogue.states import Shared
from tests.factories import NOW, actor_of, make_activity, make_session, make_slot, make_staff

MONDAY = date(2027, 1, 11)


def at(hour, day=11):
    return datetime(2027, 1, day, hour, tzinfo=UTC)


def held(activity, start=8, end=11, *, room="", day=11, **fields):
    session = make_session(activity, **fields)
    make_slot(session, at(start, day), at(end, day), place=room)
    return session


def nobody(session_ids):
    return {}


def met(session, by):
    return [
        (one.shared, one.other and one.other.pk, one.trainer)
        for one in agenda.conflicts(session, clients_of=nobody, seen_by=by)
    ]


def test_one_room_at_one_moment_is_said_both_ways_with_the_other(activity, by):
    one, other = held(activity), held(activity, 10, 12, place="salle LOIRE", city="nantes")
    assert met(one, by) == [(Shared.ROOM, other.pk, "")]
    assert met(other, by) == [(Shared.ROOM, one.pk, "")]


@pytest.mark.parametrize(
    ("moments", "fields"),
    [
        ((11, 12), {}), ((8, 11), {"city": "Rennes"}), ((8, 11), {"state": "cancelled"}),
        ((8, 11), {"place": "", "city": ""}), ((8, 11), {"place": "Salle B"}), ((8, 11), {"day": 12}),
    ],
)  # fmt: skip
def test_what_does_not_clash(moments, fields, activity, by):
    one = held(activity)
    other = held(activity, *moments, **fields)
    assert met(one, by) == met(other, by) == []


def test_rooms_of_two_buildings_are_not_one():
    assert room_of("Nantes", "Centre", "B") != room_of("Nantes", "Ailleurs", "B")
    assert room_of("Nantes", "", "Salle Loire") == room_of("NANTES", "salle loire", "")
    assert room_of("Nantes", "", "") == ""


def test_on_the_clients_own_premises_nobody_takes_a_room(activity, by):
    fields = {"kind": "intra", "is_published": False, "place": "Dans vos locaux"}
    one, other = held(activity, city="", **fields), held(activity, city="", **fields)
    assert met(one, by) == met(other, by) == []
    third, fourth = held(activity, city="Nantes", **fields), held(activity, city="Nantes", **fields)
    assert met(third, by) == [(Shared.ROOM, fourth.pk, "")]


def test_a_session_alone_does_not_clash_with_itself():
    one = Sitting(1, at(8), at(11), "a", frozenset({3}))
    assert clashes([one, one]) == []
    both = clashes([one, Sitting(2, at(9), at(10), "", frozenset({3}))])
    assert {clash.session_id for clash in both} == {1, 2}


def test_a_client_is_expected_once_at_a_time_when_one_session_is_its_own():
    """A firm may send one person here and another there; a session in its own house expects it whole."""
    one, other = Sitting(1, at(8), at(11)), Sitting(2, at(10), at(12))
    later = Sitting(3, at(12), at(13), is_in_house=True)
    asked = []

    def held(ids):
        asked.append(set(ids))
        return {pk: frozenset({7}) for pk in ids}

    assert clashes(with_clients([one, other, later], held)) == []
    assert asked == [{3}]
    own = replace(one, is_in_house=True)
    both = clashes(with_clients([own, other, later], held))
    assert [(clash.session_id, clash.other_id, clash.shared, clash.who) for clash in both] == [
        (2, 1, Shared.CLIENT, 7), (1, 2, Shared.CLIENT, 7),
    ]  # fmt: skip
    assert asked[1] == {1, 2, 3}


def test_one_trainer_however_spelt_is_one_person(activity, by, organisation):
    one, other = held(activity), held(activity, place="Salle B")
    set_trainers(session_id=one.pk, names=["Solène Jouan"], by=by, at=NOW)
    set_trainers(session_id=other.pk, names=["solene  JOUAN", "", "Karim Haddad"], by=by, at=NOW)
    assert met(one, by) == [(Shared.TRAINER, other.pk, "Solène Jouan")]
    assert sorted(Trainer.objects.values_list("name", flat=True)) == ["Karim Haddad", "Solène Jouan"]
    assert [one.name for one in agenda.trainers(seen_by=by)] == ["Karim Haddad", "Solène Jouan"]
    set_trainers(session_id=one.pk, names=["SOLÈNE JOUAN"], by=by, at=NOW)
    assert one.trainers.count() == 1
    copy = copy_session(session_id=other.pk, starts_on=date(2027, 2, 1), by=by, at=NOW)
    assert Session.objects.get(pk=copy).trainers.count() == 2


def test_trainers_refuses(activity, by, organisation, stranger):
    session = held(activity)
    for names in (["x" * 121], [f"Personne {n}" for n in range(13)]):
        with pytest.raises(Invalid) as refused:
            set_trainers(session_id=session.pk, names=names, by=by, at=NOW)
        assert refused.value.field == "trainers"
    with pytest.raises(Missing):
        set_trainers(session_id=session.pk, names=["A"], by=stranger, at=NOW)
    with pytest.raises(Forbidden):
        set_trainers(session_id=session.pk, names=["A"], by=actor_of(make_staff(organisation, "manager")), at=NOW)


def test_a_session_out_of_the_perimeter_is_not_named(activity, organisation):
    manager = make_staff(organisation, "manager")
    mine = held(activity, managers=[manager])
    held(activity)
    assert met(mine, actor_of(manager)) == [(Shared.ROOM, None, "")]


def test_holidays_of_the_place_are_said(activity, by):
    one = held(activity, 8, 11, day=1, address="2 rue du Fort, 67000 Strasbourg", starts_on=date(2027, 1, 1))
    assert [(found.on, found.holiday) for found in agenda.conflicts(one, clients_of=nobody, seen_by=by)] == [
        (date(2027, 1, 1), "jour de l’an")
    ]


def test_what_is_cancelled_or_has_no_slot_meets_nothing(activity, by):
    held(activity)
    assert met(held(activity, state="cancelled"), by) == met(make_session(activity), by) == []


def test_another_organisation_is_never_met(activity, by, stranger):
    one = held(activity)
    held(make_activity(Session.objects.get(pk=one.pk).organisation.__class__.objects.get(pk=stranger.organisation_id)))
    assert met(one, by) == []


def shown(by, first=MONDAY, last=date(2027, 1, 17)):
    return agenda.agenda(first, last, queries.sessions_between(first, last, seen_by=by), clients_of=nobody, seen_by=by)


def test_a_week_shows_each_session_on_the_days_it_meets(activity, by):
    planned = held(activity, 13, 16)
    make_slot(planned, at(8), at(11))
    make_slot(planned, at(8, 14), at(11, 14), place="Salle B")
    whole = make_session(activity, starts_on=date(2027, 1, 9), ends_on=date(2027, 1, 12))
    found = shown(by)
    assert [one.session.pk for one in found.meetings[MONDAY]] == [whole.pk, planned.pk]
    assert len(found.meetings[MONDAY][1].hours) == 2
    assert found.meetings[date(2027, 1, 14)][0].room == "Salle B"
    assert date(2027, 1, 13) not in found.meetings
    assert shown(by, date(2027, 1, 13), date(2027, 1, 13)).meetings == {}
    assert found.count == 2


def test_an_evening_overseas_stands_on_its_own_day(activity, by):
    session = make_session(activity, time_zone="Pacific/Noumea", starts_on=date(2027, 1, 12), ends_on=date(2027, 1, 12))
    make_slot(session, at(22), at(23))  # 9 h on the 12th there
    assert [*shown(by).meetings] == [date(2027, 1, 12)]


def test_clashes_are_marked_within_the_perimeter_only_and_cancelled_ones_never(activity, by, organisation):
    manager = make_staff(organisation, "manager")
    mine, _other = held(activity, managers=[manager]), held(activity)
    gone = held(activity, state="cancelled")
    assert shown(actor_of(manager)).clashing == {mine.pk}
    assert len(shown(by).clashing) == 2
    assert gone.pk not in shown(by).clashing
    assert shown(by).count == 3


@pytest.mark.parametrize("count", [2, 6])
def test_the_cost_is_the_same_for_any_number(count, activity, by):
    rows = [held(activity) for _ in range(count)]
    set_trainers(session_id=rows[0].pk, names=["Solène Jouan"], by=by, at=NOW)
    with CaptureQueriesContext(connection) as asked:
        shown(by)
    assert len(asked) == 3
    with CaptureQueriesContext(connection) as asked:
        agenda.conflicts(rows[0], clients_of=nobody, seen_by=by)
    assert len(asked) == 4


def test_sabotage_rooms_compared_by_name_alone_are_seen_as_one(activity, by, monkeypatch):
    monkeypatch.setattr(agenda, "room_of", lambda _city, building, room: room or building)
    one = held(activity)
    held(activity, city="Rennes")
    assert met(one, by) != []
