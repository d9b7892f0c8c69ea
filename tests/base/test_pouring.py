"""Rows poured into a table: all of them, in their order, whatever their number beside that of an insert."""

import pytest
from django.db import connection

from comptoir.base import pouring
from comptoir.base.pouring import MANY, VALUES, pour
from comptoir.clients.models import ToCompare
from tests import factories as f

WHOLE = VALUES // 2  # rows of two columns


@pytest.mark.parametrize("count", [0, 1, WHOLE - 1, WHOLE, WHOLE + 1, 2 * WHOLE + 7])
def test_every_row_is_there_once_and_in_order(db, count):
    client = f.make_client(f.make_organisation())
    ToCompare.objects.all().delete()
    rows = [(client.organisation_id, client.pk + number) for number in range(count)]
    pour(ToCompare, ("organisation_id", "client_id"), iter(rows))
    assert list(ToCompare.objects.order_by("pk").values_list("organisation_id", "client_id")) == rows
    ToCompare.objects.all().delete()


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite plans without knowing how many rows there are.")
def test_the_planner_knows_at_once_of_many_rows(db, monkeypatch):
    """Else a few rows by their numbers would be found by reading the whole table, each time."""
    client = f.make_client(f.make_organisation())
    ToCompare.objects.all().delete()
    monkeypatch.setattr(pouring, "_poured", {})

    def known(count):
        start = ToCompare.objects.count()
        rows = [(client.organisation_id, client.pk + start + number) for number in range(count)]
        pour(ToCompare, ("organisation_id", "client_id"), rows)
        with connection.cursor() as cursor:
            cursor.execute("select reltuples from pg_class where oid = 'clients_tocompare'::regclass")
            return cursor.fetchone()[0]

    before = known(MANY - 1)
    assert before < MANY - 1, "not worth a look yet"
    assert known(1) == MANY
    assert known(MANY - 1) == MANY, "it has not doubled"
    assert known(1) == 2 * MANY
    ToCompare.objects.all().delete()
