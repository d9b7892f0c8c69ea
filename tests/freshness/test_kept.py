"""What the database answered is given again until something changed; for each perimeter its own."""

from types import SimpleNamespace

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from comptoir.bookings.models import Booking, Registration
from comptoir.catalogue.models import Session
from comptoir.catalogue.queries import activity_choices, cities
from comptoir.catalogue.queries import sessions as sessions_of
from comptoir.freshness import kept
from comptoir.organisations.models import Staff
from comptoir.proposals import standing
from comptoir.proposals.models import SessionClient
from tests import factories as f

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def shop(transactional_db):
    organisation = f.make_organisation()
    session = f.make_session(f.make_activity(organisation, title="Écho"), city="Nantes")
    client = f.make_client(organisation)
    known = SessionClient.objects.create(session=session, client=client, standing="confirmed", added_at=f.NOW)
    staff = f.make_staff(organisation)
    return SimpleNamespace(
        organisation=organisation, session=session, client=client, known=known, by=f.actor_of(staff), staff=staff
    )


def counts(shop, by=None):
    rows = sessions_of(seen_by=by or shop.by)
    told = standing.counts(rows, at=f.NOW, organisation_id=shop.organisation.pk)
    return {name: n for name, n in told.items() if n}


def statements(ask):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        ask()
    return [one["sql"] for one in asked.captured_queries]


def test_asked_again_the_answer_costs_one_look_at_the_mark(shop):
    first = cities(seen_by=shop.by)
    again = statements(lambda: cities(seen_by=shop.by))
    assert first == cities(seen_by=shop.by) == ["Nantes"]
    assert len(again) == 1
    assert "freshness_change" in again[0]


def _cancel(shop):
    Session.objects.filter(pk=shop.session.pk).update(state="cancelled")


def _answer(shop):
    SessionClient.objects.update(standing="declined")


def _register(shop):
    f.make_registrations(f.make_session(shop.session.activity), booking_client=shop.client)


def _free(shop):
    _register(shop)
    assert counts(shop) == {"confirmed": 1, "to_confirm": 1}
    Registration.objects.update(state="cancelled", closed_at=f.NOW)


def _recognise(shop):
    f.make_registrations(f.make_session(shop.session.activity))
    assert counts(shop) == {"confirmed": 1, "": 1}
    Booking.objects.update(client=shop.client)


CHANGES = [
    (_cancel, {"": 1}),
    (_answer, {"declined": 1}),
    (_register, {"confirmed": 1, "to_confirm": 1}),
    (_free, {"confirmed": 1, "": 1}),
    (_recognise, {"confirmed": 1, "to_confirm": 1}),
]


@pytest.mark.parametrize(("change", "then"), CHANGES, ids=lambda one: getattr(one, "__name__", ""))
def test_whatever_changes_where_clients_stand_is_seen_at_once(shop, change, then):
    assert counts(shop) == counts(shop) == {"confirmed": 1}
    change(shop)
    assert counts(shop) == then


def test_who_may_see_less_is_told_less(shop):
    other = f.make_staff(shop.organisation, role="manager")
    manager = f.actor_of(other)
    assert counts(shop) == {"confirmed": 1}
    assert counts(shop, manager) == {}
    assert activity_choices(seen_by=manager) == []
    shop.session.managers.add(Staff.objects.get(pk=other.pk))
    assert counts(shop, manager) == {"confirmed": 1}
    assert (
        activity_choices(seen_by=manager) == activity_choices(seen_by=shop.by) == [(shop.session.activity_id, "Écho")]
    )


def test_what_was_undone_is_not_kept(shop):
    assert cities(seen_by=shop.by) == ["Nantes"]
    with transaction.atomic():
        Session.objects.update(city="Brest")
        assert cities(seen_by=shop.by) == ["Brest"]
        transaction.set_rollback(True)
    Session.objects.update(city="Vannes")  # on SQLite, its change bears the number of the one undone
    assert cities(seen_by=shop.by) == ["Vannes"]


def test_a_table_nobody_watches_is_refused(shop):
    names = f.make_client(shop.organisation).__class__.objects.values_list("legal_name")
    with pytest.raises(TypeError, match="nobody watches clients_client"):
        kept.answers(names, organisation_id=shop.organisation.pk)


def test_what_nothing_can_answer_is_not_asked(shop):
    nothing = Session.objects.filter(pk__in=[]).values_list("pk")
    assert statements(lambda: kept.answers(nothing, organisation_id=shop.organisation.pk)) == []
    assert kept.answers(nothing, organisation_id=shop.organisation.pk) == []


def test_kept_for_ten_minutes(shop, monkeypatch):
    for passed, count in ((0, 2), (0, 1), (599, 1), (601, 2)):
        monkeypatch.setattr(kept, "monotonic", lambda passed=passed: 5000.0 + passed)
        assert len(statements(lambda: cities(seen_by=shop.by))) == count


def test_one_look_reads_the_mark_once_and_the_next_reads_it_again(shop):
    cities(seen_by=shop.by), activity_choices(seen_by=shop.by)

    def look():
        with kept.one_look():
            return cities(seen_by=shop.by), activity_choices(seen_by=shop.by)

    assert len(statements(look)) == 1
    Session.objects.update(city="Brest")
    assert look()[0] == cities(seen_by=shop.by) == ["Brest"]


def test_the_oldest_leave(shop, monkeypatch):
    monkeypatch.setattr(kept, "MOST", 1)
    cities(seen_by=shop.by)
    activity_choices(seen_by=shop.by)
    assert len(statements(lambda: activity_choices(seen_by=shop.by))) == 1
    assert len(statements(lambda: cities(seen_by=shop.by))) == 2
