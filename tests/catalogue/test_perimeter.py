"""Who sees which sessions and activities: in the SQL, so that no count, search or list can forget it (§2)."""

import pytest

from comptoir.base.errors import Missing
from comptoir.catalogue import queries
from comptoir.organisations.actors import Actor, visitor
from tests.factories import NOW, actor_of, make_activity, make_seat_type, make_session, make_staff


@pytest.fixture
def scene(organisation):
    """A manager of one session; an activity they own; an activity that is nobody's."""
    manager = make_staff(organisation, "manager")
    managed = make_session(make_activity(organisation, title="Gérée"), managers=[manager], city="Nantes")
    own = make_session(make_activity(organisation, title="À moi", owner=manager), city="Évreux")
    beside = make_session(managed.activity, city="Brest")
    other = make_session(make_activity(organisation, title="Autre"), city="Lyon")
    return {"manager": actor_of(manager), "managed": managed, "own": own, "beside": beside, "other": other}


@pytest.mark.parametrize("role", ["administrator", "sales_rep", "assistant"])
def test_administration_and_sales_see_every_session_of_the_organisation(organisation, scene, stranger, role):
    reader = actor_of(make_staff(organisation, role))
    assert queries.sessions(seen_by=reader).count() == 4
    assert queries.activities(seen_by=reader).count() == 3
    assert queries.sessions(seen_by=stranger).count() == queries.activities(seen_by=stranger).count() == 0


def test_a_manager_sees_the_sessions_managed_and_those_of_activities_owned(scene):
    reader = scene["manager"]
    assert set(queries.sessions(seen_by=reader)) == {scene["managed"], scene["own"]}
    assert {one.title for one in queries.activities(seen_by=reader)} == {"Gérée", "À moi"}
    assert queries.cities(seen_by=reader) == ["Évreux", "Nantes"]
    counts = {one.title: one.session_count for one in with_facts(reader)}
    assert counts == {"Gérée": 1, "À moi": 1}, "a count tells of the perimeter only"


def with_facts(reader):
    return queries.with_session_facts(queries.activities(seen_by=reader), seen_by=reader, at=NOW)


def test_search_and_rates_stay_inside(scene):
    reader = scene["manager"]
    assert not queries.sessions(seen_by=reader, text="lyon")
    assert [one.pk for one in queries.sessions(seen_by=reader, text="EVREUX moi")] == [scene["own"].pk]
    for name in ("beside", "other"):
        with pytest.raises(Missing):
            queries.session(session_id=scene[name].pk, seen_by=reader)
        with pytest.raises(Missing):
            queries.seat_type(seat_type_id=make_seat_type(scene[name]).pk, seen_by=reader)
    with pytest.raises(Missing):
        queries.activity(activity_id=scene["other"].activity_id, seen_by=reader)
    rate = make_seat_type(scene["own"])
    assert queries.seat_type(seat_type_id=rate.pk, seen_by=reader) == rate
    assert queries.session(session_id=scene["managed"].pk, seen_by=reader) == scene["managed"]


def test_a_manager_of_two_sessions_twice_named_sees_each_once(organisation):
    staff = [make_staff(organisation, "manager") for _ in range(2)]
    activity = make_activity(organisation, owner=staff[0])
    make_session(activity, managers=staff)
    assert queries.sessions(seen_by=actor_of(staff[0])).count() == 1
    assert queries.activities(seen_by=actor_of(staff[0])).count() == 1


@pytest.mark.parametrize("nobody", [visitor, lambda organisation_id: Actor(organisation_id, "jeton")])
def test_visitors_and_tokens_see_nothing_even_what_has_no_owner(organisation, scene, nobody):
    reader = nobody(organisation.pk)
    assert not queries.sessions(seen_by=reader)
    assert not queries.activities(seen_by=reader)


def test_facts_are_of_sessions_to_come(organisation, by):
    activity = make_activity(organisation)
    later = make_session(activity)
    for fields in ({"state": "cancelled"}, {"starts_on": later.starts_on.replace(year=2020), "ends_on": later.ends_on}):
        make_session(activity, **fields)
    (row,) = with_facts(by)
    assert (row.session_count, row.next_on) == (1, later.starts_on)
    make_activity(organisation, title="Vide")
    assert [(row.session_count, row.next_on) for row in with_facts(by)][-1] == (0, None)


def test_an_assistant_owner_of_themes_counts_activities(organisation, by):
    make_activity(organisation)
    assert not queries.themes(seen_by=by)
    with pytest.raises(Missing):
        queries.theme(theme_id=1, seen_by=by)


@pytest.mark.parametrize("count", [1, 5])
def test_lists_cost_the_same_for_any_number_of_rows(organisation, by, count, django_assert_num_queries):
    for _ in range(count):
        make_session(make_activity(organisation, owner_id=by.staff_id), owner_id=by.staff_id)
    with django_assert_num_queries(1):
        rows = queries.with_slot_count(queries.sessions(seen_by=by))
        assert [(str(row.activity), str(row.owner), row.slot_count) for row in rows]
    with django_assert_num_queries(1):
        assert [(str(row), str(row.owner), row.session_count) for row in with_facts(by)]
