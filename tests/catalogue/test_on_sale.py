"""What is on sale, condition by condition and minute by minute."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from comptoir.catalogue import queries
from comptoir.catalogue.commands import publication, sessions
from comptoir.catalogue.details import SessionDetails
from comptoir.catalogue.models import Activity, Session
from tests.factories import NOW, make_activity, make_organisation, make_slot

SECOND = timedelta(seconds=1)


def is_on_sale(session, at=NOW):
    return queries.on_sale(organisation_id=session.organisation_id, at=at).filter(pk=session.pk).exists()


def obstacles(session, at=NOW):
    return queries.obstacles(Session.objects.select_related("activity").get(pk=session.pk), at=at)


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"kind": "intra"}, "INTRA"),
        ({"state": "draft"}, "Brouillon"),
        ({"state": "closed"}, "Close"),
        ({"state": "cancelled"}, "Annulée"),
        ({"is_published": False}, "session n’est pas publiée"),
        ({"begins_at": NOW}, "commencé"),
        ({"opens_at": NOW + SECOND}, "ouvrent"),
        ({"closes_at": NOW}, "closes depuis"),
    ],
)
def test_one_thing_amiss_and_it_is_not_on_sale_and_the_desk_is_told(session, fields, word):
    assert is_on_sale(session)
    assert obstacles(session) == []
    Session.objects.update(**fields)
    assert not is_on_sale(session)
    assert [word in sentence for sentence in obstacles(session)] == [True]


def test_nor_when_its_activity_is_unpublished(session):
    Activity.objects.update(is_published=False)
    assert not is_on_sale(session)
    assert "activité n’est pas publiée" in obstacles(session)[0]


def test_the_sign_up_window_is_kept_to_the_second(session):
    Session.objects.update(opens_at=NOW, closes_at=NOW + timedelta(hours=1))
    instants = (NOW - SECOND, NOW, NOW + timedelta(minutes=59, seconds=59), NOW + timedelta(hours=1))
    assert [is_on_sale(session, at) for at in instants] == [False, True, True, False]


def test_a_planned_session_is_on_sale_until_its_first_slot_begins(session):
    start = NOW + timedelta(hours=2)
    make_slot(session, start, start + timedelta(hours=3))
    make_slot(session, start + timedelta(days=1), start + timedelta(days=1, hours=3))
    assert [is_on_sale(session, at) for at in (NOW, start - SECOND, start)] == [True, True, False]


@pytest.mark.parametrize(
    ("zone", "utc_hour"),
    [
        ("Europe/Paris", 23),
        ("Pacific/Noumea", 13),
        ("America/Martinique", 28),
        ("Africa/Dakar", 24),
        ("Asia/Tokyo", 15),
    ],
)
def test_an_unplanned_session_is_on_sale_until_its_day_begins_where_it_is_held(by, activity, zone, utc_hour):
    details = SessionDetails(date(2026, 11, 24), city="Ici", time_zone=zone)
    pk = sessions.create_session(activity_id=activity.pk, details=details, by=by, at=NOW)
    publication.move_session(session_id=pk, to="open", by=by, at=NOW)
    publication.publish_session(session_id=pk, by=by, at=NOW)
    session = Session.objects.get(pk=pk)
    begins = datetime(2026, 11, 23, tzinfo=UTC) + timedelta(hours=utc_hour)
    assert [is_on_sale(session, at) for at in (begins - SECOND, begins)] == [True, False]


def test_another_organisation_s_sessions_are_not_there(session, stranger):
    assert not queries.on_sale(organisation_id=stranger.organisation_id, at=NOW)


@pytest.mark.django_db
def test_the_index_made_for_it_is_used(on_sqlite):
    """Many organisations, few open sessions each: the partial index is what finds them."""
    activities = [make_activity(make_organisation()) for _ in range(12)]
    many = [
        Session(
            organisation=activity.organisation, activity=activity, reference=f"X-{n}", created_at=NOW,
            starts_on=date(2025, 1, 1) + timedelta(n), ends_on=date(2025, 1, 1) + timedelta(n),
            begins_at=datetime(2025, 1, 1, tzinfo=UTC) + timedelta(n),
            state="open" if n % 5 == 0 else "closed", is_published=True,
        )
        for n in range(1_000)
        for activity in activities
    ]  # fmt: skip
    Session.objects.bulk_create(many, batch_size=1_000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if on_sqlite else "ANALYZE catalogue_session")
    plan = queries.on_sale(organisation_id=activities[0].organisation_id, at=NOW).select_related(None).explain()
    assert "catalogue_on_sale" in plan, plan
