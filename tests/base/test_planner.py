"""The database knows how many rows its tables hold, and finds a few by their numbers, never by reading them all."""

import pytest
from django.db import connection

from comptoir.base import planner
from comptoir.base.planner import MANY
from comptoir.base.pouring import pour
from comptoir.clients.models import ToCompare
from comptoir.jobs.rounds import ROUNDS
from tests import factories as f
from tests.factories import NOW


@pytest.fixture
def client(db, monkeypatch):
    made = f.make_client(f.make_organisation())
    monkeypatch.setattr(planner, "_grown", {})
    ToCompare.objects.all().delete()
    yield made
    ToCompare.objects.all().delete()


def known():
    """How many rows the database thinks there are."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("select reltuples from pg_class where oid = 'clients_tocompare'::regclass")
            return int(cursor.fetchone()[0])
        cursor.execute("select name from sqlite_master where name = 'sqlite_stat1'")
        if not cursor.fetchone():
            return 0
        cursor.execute("select max(cast(stat as integer)) from sqlite_stat1 where tbl = 'clients_tocompare'")
        return cursor.fetchone()[0] or 0


def pour_more(client, count):
    start = ToCompare.objects.count()
    rows = [(client.organisation_id, client.pk + start + number) for number in range(count)]
    pour(ToCompare, ("organisation_id", "client_id"), rows)
    return known()


def test_rows_poured_are_known_of_once_the_table_has_doubled(client):
    assert pour_more(client, MANY - 1) < MANY - 1, "not worth a look yet"
    assert pour_more(client, 1) == MANY
    assert pour_more(client, MANY - 1) == MANY, "it has not doubled"
    assert pour_more(client, 1) == 2 * MANY


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL has rounds of its own.")
def test_a_round_looks_at_what_came_one_by_one(client):
    ToCompare.objects.bulk_create([ToCompare(organisation_id=client.organisation_id, client_id=1)] * 50)
    assert known() == 0
    assert ROUNDS["database.refresh"].run(at=NOW, limit=1).done == []
    assert known() == 50


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL has rounds of its own.")
def test_a_few_rows_are_found_by_their_numbers(client):
    """Unaware, SQLite reads the organisation (sabotage: the plan before the round)."""
    activity = f.make_activity(f.make_organisation("autre"))
    session = f.make_session(activity, capacity=None)
    f.make_registrations(session, 40)
    few = "explain query plan select id from bookings_registration where organisation_id = 1 and id in (1, 2, 3)"

    def plan():
        with connection.cursor() as cursor:
            cursor.execute(few)
            return str(cursor.fetchall())

    assert "INTEGER PRIMARY KEY" not in plan()
    planner.refresh(at=NOW)
    assert "INTEGER PRIMARY KEY" in plan()
