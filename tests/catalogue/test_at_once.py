"""Several people at once: addresses stay unique, references follow each other, a series is made once."""

import threading

import pytest
from django.db import IntegrityError, connection

from comptoir.catalogue.commands import activities, copies, rows
from comptoir.catalogue.details import ActivityDetails
from comptoir.catalogue.models import Activity, Session
from comptoir.catalogue.series import Rule
from comptoir.catalogue.states import Step
from comptoir.organisations.models import Organisation
from tests.factories import NOW, actor_of, make_activity, make_organisation, make_session, make_staff

PEOPLE = 6


@pytest.fixture
def by(transactional_db):
    return actor_of(make_staff(make_organisation()))


def all_at_once(act):
    """What happened to each of several people doing the same at the same moment: an answer or an error."""
    start, said = threading.Barrier(PEOPLE), []

    def person():
        start.wait()
        try:
            said.append(act())
        except IntegrityError as error:
            said.append(error)
        finally:
            connection.close()

    people = [threading.Thread(target=person) for _ in range(PEOPLE)]
    for one in people:
        one.start()
    for one in people:
        one.join()
    return said


def place_of(by):
    return Organisation.objects.get(pk=by.organisation_id)


def create(by):
    return activities.create_activity(details=ActivityDetails("Gestes d’urgence"), by=by, at=NOW)


def test_the_same_title_typed_by_all_gives_each_its_address(by):
    said = all_at_once(lambda: create(by))
    assert not [one for one in said if isinstance(one, IntegrityError)]
    expected = {"gestes-d-urgence", *(f"gestes-d-urgence-{n}" for n in range(2, PEOPLE + 1))}
    assert set(Activity.objects.values_list("slug", flat=True)) == expected


@pytest.mark.fault
def test_sabotage_without_waiting_for_each_other_two_take_the_same_address(by, monkeypatch, on_sqlite):
    if on_sqlite:
        pytest.skip("On SQLite a writing transaction is alone: nobody can be overtaken.")
    monkeypatch.setattr(activities, "one_at_a_time", lambda organisation_id: None)
    for _ in range(10):
        if any(isinstance(one, IntegrityError) for one in all_at_once(lambda: create(by))):
            return
    pytest.fail("nobody collided")


def test_a_series_asked_by_all_is_made_once(by):
    model = make_session(make_activity(place_of(by)))
    rule = Rule(model.starts_on.replace(day=18), Step.WEEK, times=3)
    said = all_at_once(lambda: len(copies.make_series(session_id=model.pk, rule=rule, by=by, at=NOW).done))
    assert sorted(said) == [0] * (PEOPLE - 1) + [3]
    references = list(Session.objects.order_by("pk").values_list("reference", flat=True))
    assert references == [f"S-{n:05}" for n in range(1, 5)]


def test_references_follow_each_other_whoever_copies(by):
    models = [make_session(make_activity(place_of(by))) for _ in range(2)]
    ids = iter([one.pk for one in models] * PEOPLE)
    all_at_once(lambda: copies.copy_session(session_id=next(ids), starts_on=models[0].starts_on, by=by, at=NOW))
    references = Session.objects.values_list("reference", flat=True)
    assert sorted(references) == [f"S-{n:05}" for n in range(1, PEOPLE + 3)]


@pytest.mark.fault
def test_sabotage_without_the_lock_a_series_is_made_twice(by, monkeypatch, on_sqlite):
    if on_sqlite:
        pytest.skip("On SQLite a writing transaction is alone: nobody can be overtaken.")
    model = make_session(make_activity(place_of(by)))
    monkeypatch.setattr(copies, "locked_session", lambda session_id, *, by: Session.objects.get(pk=session_id))
    assert rows.locked_session is not copies.locked_session
    looked, read = threading.Barrier(PEOPLE), copies.dates_taken

    def read_before_anybody_writes(*about):
        taken = read(*about)
        looked.wait(timeout=20)
        return taken

    monkeypatch.setattr(copies, "dates_taken", read_before_anybody_writes)
    rule = Rule(model.starts_on.replace(day=18), Step.WEEK, times=3)
    said = all_at_once(lambda: len(copies.make_series(session_id=model.pk, rule=rule, by=by, at=NOW).done))
    assert sum(said) > 3
